import { latin1Of } from './bytes.ts'
import { children, childrenOf, type Der, NotDer, readObjectIdentifier, tags } from './der.ts'
import { nameKey } from './name.ts'

/** Which names may stand below an authority (RFC 5280 section 4.2.1.10). */
export type NameConstraints = { permitted: Der[]; excluded: Der[] }

const mail = 0x81
const host = 0x82
const directory = 0xa4
const uri = 0x86
const address = 0x87
const emailAddress = '1.2.840.113549.1.9.1'

/** @throws NotDer */
export function readNameConstraints(value: Der): NameConstraints {
  const fields = childrenOf(value, tags.sequence)
  function basesOf(n: number) {
    return fields
      .filter(({ tag }) => tag === tags.context(n))
      .flatMap(children)
      .map((subtree) => {
        const [base, extra] = childrenOf(subtree, tags.sequence)
        // minimum is 0 and left out, maximum must be absent.
        if (base === undefined || extra !== undefined) throw new NotDer('A subtree has limits')
        return base
      })
  }
  if (fields.some(({ tag }) => tag !== tags.context(0) && tag !== tags.context(1)))
    throw new NotDer('Name constraints have an unknown field')
  return { permitted: basesOf(0), excluded: basesOf(1) }
}

/**
 * Whether a subject and its alternative names are within the constraints: every name of a constrained form must match one
 * that is permitted and none that is excluded. A form of names that cannot be compared here, and is constrained, is not
 * within (section 6.1.4 (g): process or reject). @throws NotDer
 */
export function isWithin(
  { permitted, excluded }: NameConstraints,
  subject: Der,
  alternatives: readonly Der[],
): boolean {
  const names = [...alternatives]
  if (children(subject).length > 0) names.push({ tag: directory, content: subject.raw, raw: subject.raw })
  // Section 4.2.1.10: an e-mail address in the subject counts where there is no alternative name.
  if (alternatives.length === 0) names.push(...mailIn(subject))
  return names.every((name) => {
    function ofForm(base: Der) {
      return base.tag === name.tag
    }
    const allowed = permitted.filter(ofForm)
    if (excluded.filter(ofForm).some((base) => matches(name, base) !== false)) return false
    return allowed.length === 0 || allowed.some((base) => matches(name, base) === true)
  })
}

function mailIn(subject: Der): Der[] {
  return children(subject)
    .flatMap(children)
    .map(children)
    .filter(([type]) => readObjectIdentifier(type) === emailAddress)
    .flatMap(([, value]) => (value === undefined ? [] : [{ ...value, tag: mail }]))
}

/** Undefined when this form of name cannot be compared. */
function matches(name: Der, base: Der): boolean | undefined {
  const [text, limit] = [name, base].map(({ content }) => latin1Of(content).toLowerCase())
  if (text === undefined || limit === undefined) return undefined
  switch (name.tag) {
    case directory:
      return startsWith(nameKey(children(name)[0]), nameKey(children(base)[0]))
    case mail:
      return limit.includes('@') ? text === limit : isHostWithin(text.slice(text.lastIndexOf('@') + 1), limit)
    case host:
      return isHostWithin(text, limit === '' ? '' : `.${limit.replace(/^\./, '')}`) || text === limit
    case uri:
      return isHostWithin(/^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^:/?#]+)/.exec(text)?.[1] ?? '', limit)
    case address:
      return isAddressWithin(name.content, base.content)
    default:
      return undefined
  }
}

function startsWith(name: readonly string[], base: readonly string[]): boolean {
  return base.every((relative, at) => relative === name[at])
}

/** A limit that begins with a dot means hosts below it, another one exactly that host. */
function isHostWithin(name: string, limit: string): boolean {
  return limit === '' || (limit.startsWith('.') ? name.endsWith(limit) : name === limit)
}

function isAddressWithin(name: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== name.length * 2) return false
  return name.every(
    (byte, at) =>
      (byte & (base[name.length + at] ?? 0)) === ((base[at] ?? 0) & (base[name.length + at] ?? 0)),
  )
}
