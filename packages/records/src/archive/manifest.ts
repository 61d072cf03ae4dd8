import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { parseInstant } from '../law/instant.ts'
import { classField, clusterField, ruleField } from '../ledger/entry-fields.ts'
import { bytesFromBase64 } from '../log/base64.ts'
import { hashLength } from '../log/merkle-tree.ts'

const maxItems = 100_000
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const hash = z.string().refine((text) => bytesFromBase64(text)?.length === hashLength)
const secondHash = z.string().refine((text) => bytesFromBase64(text)?.length === 64)
const instant = z.string().refine((text) => parseInstant(text) === text)

/** Media types that items have; a free text here could carry a name. What is none of these is an octet stream. */
export const mediaTypes = [
  'application/json',
  'application/octet-stream',
  'application/pdf',
  'application/zip',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
  'text/vcard',
  'video/3gpp',
  'video/mp4',
] as const

/** METADATA holds file reference and title, which may be personal and therefore are content. */
const itemKinds = ['METADATA', 'MESSAGE', 'ATTACHMENT', 'NOTE', 'RENDERING'] as const

const itemSchema = z.strictObject({
  id: uuid,
  kind: z.enum(itemKinds),
  mediaType: z.enum(mediaTypes),
  size: z.number().int().min(0),
  commit: hash,
  cipherHash: hash,
  secondCipherHash: secondHash,
})

const manifestSchema = z
  .strictObject({
    format: z.literal('buergerdraht-archive-package'),
    v: z.literal(1),
    package: uuid,
    createdAt: instant,
    cluster: clusterField,
    rule: ruleField,
    class: classField,
    algorithms: z.strictObject({
      cipher: z.literal('aes-256-gcm'),
      hash: z.literal('sha256'),
      /** Of another family than the first: one of them may fall and the items are still bound. */
      secondHash: z.literal('sha3-512'),
    }),
    items: z.array(itemSchema).min(1).max(maxItems),
  })
  .refine(({ cluster, rule }) => rule.startsWith(`LR-${cluster}@`))

const erasureSchema = z.strictObject({
  format: z.literal('buergerdraht-archive-erasure'),
  v: z.literal(1),
  package: uuid,
  items: z.array(uuid).min(1).max(maxItems),
  rule: ruleField,
  on: z.string().regex(/^20\d{2}-\d{2}-\d{2}$/),
  ledger: z.strictObject({ seq: z.number().int().min(0) }),
})

/**
 * What a package holds, without a word of its content: ids, kinds, sizes, salted commitments and hashes of ciphertext.
 * Its canonical JSON is the leaf of the archive log and the data of the evidence record, so it stays as it is when an
 * item is erased.
 */
export type Manifest = z.infer<typeof manifestSchema>
export type ManifestItem = Manifest['items'][number]

/**
 * That items of a package were erased under a rule, as a leaf of the archive log. It ties the package to an entry of
 * the deletion ledger, which itself must not name packages.
 */
export type ErasureStatement = z.infer<typeof erasureSchema>

export type Parsed<Value> =
  | { ok: true; value: Value }
  | { ok: false; reason: 'UNKNOWN_VERSION' | 'MALFORMED' }

/** The bytes that are hashed, signed for and stored. @throws ZodError when the manifest is not one */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const value = manifestSchema.parse(manifest)
  if (!hasDistinctItems(value)) throw new RangeError('Two items have the same id')
  return Buffer.from(canonicalJson(value))
}

export function encodeErasure(statement: ErasureStatement): Uint8Array {
  return Buffer.from(canonicalJson(erasureSchema.parse(statement)))
}

export function parseManifest(bytes: Uint8Array): Parsed<Manifest> {
  const parsed = parsedCanonical(bytes, manifestSchema)
  return parsed.ok && !hasDistinctItems(parsed.value) ? { ok: false, reason: 'MALFORMED' } : parsed
}

export function parseErasure(bytes: Uint8Array): Parsed<ErasureStatement> {
  return parsedCanonical(bytes, erasureSchema)
}

/** Reads canonical JSON of a closed schema. A version we do not know is told from a broken text. */
function parsedCanonical<Value>(bytes: Uint8Array, schema: z.ZodType<Value>): Parsed<Value> {
  const value = jsonIn(bytes)
  const version = z.looseObject({ v: z.number() }).safeParse(value)
  if (version.success && version.data.v !== 1) return { ok: false, reason: 'UNKNOWN_VERSION' }
  const parsed = schema.safeParse(value)
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: 'MALFORMED' }
}

/** The JSON value whose canonical form is exactly these bytes, or undefined. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    if (commasIn(bytes) > maxCommas) return undefined
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    return canonicalJson(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** An item has seven members: JSON with more commas than that is none of ours, and would cost gigabytes to take apart. */
const maxCommas = 10 * maxItems

function commasIn(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0x2c); at >= 0; at = bytes.indexOf(0x2c, at + 1)) count += 1
  return count
}

function hasDistinctItems({ items }: Manifest): boolean {
  return new Set(items.map(({ id }) => id)).size === items.length
}
