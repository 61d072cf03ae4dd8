import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { parseInstant } from '../law/instant.ts'
import { jsonIn, mediaTypes } from './manifest.ts'

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const instant = z.string().refine((text) => parseInstant(text) === text)
const text = z.string().min(1).max(500)
const objectIdentifier = z.string().regex(/^[0-2](?:\.(?:0|[1-9][0-9]{0,17})){1,30}$/)
/** PRONOM unique identifier (PUID). */
const puid = z.string().regex(/^(?:x-)?fmt\/[1-9][0-9]{0,5}$/)

/**
 * What happened, in this order in the PREMIS eventType vocabulary of the Library of Congress: creation, information package
 * creation, digital signature generation, fixity check, transfer.
 */
const eventTypes = ['MADE', 'SEALED', 'RENEWED', 'CHECKED', 'HANDED_OVER'] as const

const formatSchema = z.strictObject({
  /** Which items have it. */
  items: z.array(uuid).min(1).max(100_000),
  mediaType: z.enum(mediaTypes),
  puid: puid.exactOptional(),
})

/** A PREMIS 3 event (sections 2.1 to 2.6), with its agent. */
const eventSchema = z.strictObject({
  id: uuid,
  type: z.enum(eventTypes),
  at: instant,
  outcome: z.enum(['SUCCESS', 'FAILURE']),
  agent: z.strictObject({
    type: z.enum(['ORGANIZATION', 'SOFTWARE']),
    name: text,
    version: text.exactOptional(),
  }),
  /** The package it is about; this one when left out. What happens after sealing stands in a later package. */
  package: uuid.exactOptional(),
  /** The policy under which an authority stamped a renewal. */
  policy: objectIdentifier.exactOptional(),
  /** To whom something was handed over. */
  recipient: text.exactOptional(),
})

/** The result of checking a signature that came in with a content (DIN 31647 section 6: the report stays with it). */
const verificationSchema = z.strictObject({
  item: uuid,
  /** The item that is the report itself, where one was made (ETSI TS 119 102-2). */
  report: uuid.exactOptional(),
  at: instant,
  indication: z.enum(['TOTAL-PASSED', 'TOTAL-FAILED', 'INDETERMINATE']),
  subIndication: z
    .string()
    .regex(/^[A-Z][A-Z_]{2,60}$/)
    .exactOptional(),
  agent: text,
})

const metadataSchema = z
  .strictObject({
    format: z.literal('buergerdraht-archive-metadata'),
    v: z.literal(1),
    /** Who is responsible for the record: the authority, and its office. */
    producer: z.strictObject({ authority: text, office: text.exactOptional() }),
    /** The provision on which the record is kept. */
    legalBasis: text,
    fileReference: text.exactOptional(),
    title: text.exactOptional(),
    formats: z.array(formatSchema).max(100_000),
    events: z.array(eventSchema).min(1).max(10_000),
    signatureVerifications: z.array(verificationSchema).max(100_000),
  })
  .refine(({ events }) => events.every(({ type, policy }) => policy === undefined || type === 'RENEWED'))
  .refine(({ events }) =>
    events.every(({ type, recipient }) => (recipient !== undefined) === (type === 'HANDED_OVER')),
  )

/**
 * What the METADATA item of a package says: whose record it is, why it is kept, in which formats, and what happened to it.
 * It is content, encrypted like all content: file reference and title may name a person.
 */
export type PackageMetadata = z.infer<typeof metadataSchema>

/** The bytes of the item. @throws ZodError when it is none */
export function encodeMetadata(metadata: PackageMetadata): Uint8Array {
  return Buffer.from(canonicalJson(metadataSchema.parse(metadata)))
}

/** Undefined for bytes that are not the canonical form of metadata. */
export function parseMetadata(bytes: Uint8Array): PackageMetadata | undefined {
  const parsed = metadataSchema.safeParse(jsonIn(bytes))
  return parsed.success ? parsed.data : undefined
}
