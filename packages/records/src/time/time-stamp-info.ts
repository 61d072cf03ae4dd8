import { joinedBytes } from './bytes.ts'
import { extensionsIn } from './certificate.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readBoolean,
  readDer,
  readObjectIdentifier,
  readSmallInteger,
  requireDer,
  tags,
} from './der.ts'
import { readGeneralizedTime } from './der-time.ts'
import { type DigestAlgorithm, digestAlgorithmOf } from './digest-algorithm.ts'

/** What an authority signs: TSTInfo (RFC 3161 section 2.4.2). */
export type TimeStampInfo = {
  policy: string
  /** Undefined for a hash function that is unknown here. */
  algorithm: DigestAlgorithm | undefined
  imprint: Uint8Array
  serialNumber: Uint8Array
  at: Date
  /** In microseconds; undefined when the authority does not say. */
  accuracy: number | undefined
  nonce: Uint8Array | undefined
  /** Whom the authority says it is: a GeneralName. */
  authority: Der | undefined
  /** Whether it calls itself a qualified electronic time stamp (EN 319 422 section 9.1). A claim, not a fact. */
  claimsQualified: boolean
}

const qualifiedStatements = '1.3.6.1.5.5.7.1.3'
const qualifiedTimeStamp = '0.4.0.19422.1.1'

/**
 * Reads TSTInfo as strictly as the standard writes it, because only the authority can have put something else there and
 * two readers must not date it differently: DER everywhere, version 1, no field beyond those known, no default written
 * out, no critical extension, a moment that exists. @throws NotDer
 */
export function readTimeStampInfo(bytes: Uint8Array): TimeStampInfo {
  const fields = childrenOf(requireDer(bytes), tags.sequence)
  const [version, policy, imprint, serialNumber, genTime, ...rest] = fields
  if (readSmallInteger(version) !== 1) throw new NotDer('TSTInfo is not of version 1')
  function take(tag: number) {
    return rest[0]?.tag === tag ? rest.shift() : undefined
  }
  const [accuracy, ordering, nonce] = [take(tags.sequence), take(tags.boolean), take(tags.integer)]
  const [authority, extensions] = [take(tags.context(0)), take(tags.context(1))]
  if (rest.length > 0) throw new NotDer('TSTInfo has an unknown field')
  if (ordering !== undefined && !readBoolean(ordering)) throw new NotDer('TSTInfo writes a default out')
  const [algorithm, hashed, extra] = childrenOf(imprint, tags.sequence)
  if (extra !== undefined) throw new NotDer('The imprint has an unknown field')
  return {
    policy: readObjectIdentifier(policy),
    algorithm: digestAlgorithmOf(childrenOf(algorithm, tags.sequence)),
    imprint: contentOf(hashed, tags.octetString),
    serialNumber: contentOf(serialNumber, tags.integer),
    at: readGeneralizedTime(genTime),
    accuracy: accuracy && microseconds(childrenOf(accuracy, tags.sequence)),
    nonce: nonce && contentOf(nonce, tags.integer),
    authority: authority && onlyChild(authority),
    claimsQualified: extensions !== undefined && readExtensions(extensions),
  }
}

/** seconds, millis [0], micros [1]; the two last from 1 to 999. */
function microseconds(fields: Der[]): number {
  let sum = 0
  let last = -1
  for (const field of fields) {
    const unit = [tags.integer, tags.contextPrimitive(0), tags.contextPrimitive(1)].indexOf(field.tag)
    const count = unit > last ? readSmallInteger(requireInteger(field), field.tag) : undefined
    if (count === undefined || (unit > 0 && (count < 1 || count > 999)))
      throw new NotDer('The accuracy is none')
    sum += count * ([1_000_000, 1000, 1][unit] ?? 0)
    last = unit
  }
  return sum
}

/** An integer under another tag must be as short as any. */
function requireInteger(field: Der): Der {
  requireDer(joinedBytes([Uint8Array.of(tags.integer), field.raw.subarray(1)]))
  return field
}

function onlyChild(value: Der): Der {
  const [child, extra] = childrenOf(value, value.tag)
  if (child === undefined || extra !== undefined) throw new NotDer('A choice has not exactly one value')
  return child
}

/** Implicitly tagged: the fields stand in [1] itself. Answers whether the time stamp calls itself qualified. */
function readExtensions(value: Der): boolean {
  const extensions = extensionsIn(children(value))
  if (extensions.length === 0) throw new NotDer('There are no extensions')
  if (extensions.some(({ critical }) => critical)) throw new NotDer('TSTInfo has a critical extension')
  const statements = extensions.find(({ id }) => id === qualifiedStatements)
  if (statements === undefined) return false
  return childrenOf(readDer(statements.value), tags.sequence).some(
    (statement) => readObjectIdentifier(childrenOf(statement, tags.sequence)[0]) === qualifiedTimeStamp,
  )
}
