import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What the office tells of itself from its own configuration: Löschkonzept, Art. 30 GDPR, Art. 32 GDPR, and a skeleton for Art. 35 GDPR. */
export const documentKinds = [
  'deletion-concept',
  'processing-record',
  'security-measures',
  'impact-assessment',
] as const
export type DocumentKind = (typeof documentKinds)[number]

const kind = z.enum(documentKinds)

export const listDocuments = endpoint({
  method: 'GET',
  path: '/retention/documents',
  summary: 'The documents of the office, their issues, and what has changed in the configuration since.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        kind,
        /** Newest first, 100 at most. */
        issues: z.array(z.object({ number: z.int(), issuedAt: z.iso.datetime(), issuedRole: z.string() })),
        /** What would stand otherwise in the next issue, a German sentence each, as in the document; null: there is no issue yet. */
        changes: z.array(z.string()).nullable(),
      }),
    ),
  }),
  refusals: [],
})

export const issueDocument = endpoint({
  method: 'POST',
  path: '/retention/documents/:kind/issues',
  summary: 'Issue a document as the configuration is now.',
  access: 'issue-documents',
  params: z.object({ kind }),
  body: z.object({
    /** The newest issue that was seen; 0: there was none. */
    after: z.int().min(0).max(100_000),
  }),
  status: 201,
  reply: z.object({ number: z.int() }),
  refusals: ['changed-meanwhile'],
})

export const readDocument = endpoint({
  method: 'GET',
  path: '/retention/documents/:kind/issues/:number',
  summary: 'An issue of a document as it was, or as `draft` what would be issued now; PDF or Markdown.',
  access: 'watch-retention',
  params: z.object({
    kind,
    number: z.union([
      z.literal('draft'),
      z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .transform(Number),
    ]),
  }),
  query: z.object({ format: z.enum(['pdf', 'md']).default('pdf') }),
  status: 200,
  reply: 'stream',
  refusals: [],
})
