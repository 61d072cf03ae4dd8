import { z } from 'zod'
import { packageStates, sealingFailures } from './archive-package-states.ts'
import { CheckpointProof } from './checkpoint-proof.ts'
import { endpoint } from './endpoint.ts'

const base64 = z.string()

const Summary = z.object({
  id: z.uuid(),
  state: z.enum(packageStates),
  conversationId: z.uuid(),
  /** Name null: the team is gone. */
  team: z.object({ id: z.uuid(), name: z.string().nullable() }),
  /** Of its matter, from 1: what happened after the first is a further package. Null: not sealed yet. */
  number: z.int().nullable(),
  /** For records management alone; null for others, where there is none, and once it is erased. */
  fileReference: z.string().nullable(),
  openedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  /** Since when it has waited to be sealed; null: it is sealed. */
  wantedAt: z.iso.datetime().nullable(),
  sealedAt: z.iso.datetime().nullable(),
  /** What people wrote, and what the system noted between ("closed"). */
  messages: z.int().nullable(),
  systemLines: z.int().nullable(),
  files: z.int().nullable(),
  items: z.int().nullable(),
  erasedItems: z.int(),
  sizeBytes: z.number().nullable(),
  /** Its place in the archive log. */
  leafIndex: z.int().nullable(),
  /** Whether a time stamp over its checkpoint is in it. */
  stamped: z.boolean(),
  /** What happened after sealing is gathered for one further package, until `nextTryAt`. */
  gathering: z.boolean(),
  /** Why it is not sealed yet, how often that was tried, and when it is tried again. */
  failure: z.enum(sealingFailures).nullable(),
  attempts: z.int(),
  nextTryAt: z.iso.datetime().nullable(),
})
export type PackageSummary = z.infer<typeof Summary>

const Finding = z.object({ code: z.string(), place: z.string() })

const choice = {
  state: z.enum(packageStates).optional(),
  /** A file reference or its beginning, which records management alone finds by; or the beginning of a package's id, or of its last eight digits. */
  q: z.string().trim().max(200).optional(),
  team: z.uuid().optional(),
  /** Closed within these days. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  cursor: z.string().max(200).optional(),
}
const PageOfSummaries = z.object({ items: z.array(Summary), nextCursor: z.string().nullable() })

export const listPackages = endpoint({
  method: 'GET',
  path: '/archive/packages',
  summary:
    'What waits to be sealed and what is sealed, newest first; and how it stands with the archive as a whole.',
  access: 'see-archive',
  query: z.object({ ...choice, limit: z.coerce.number().int().min(1).max(100).default(50) }),
  status: 200,
  reply: PageOfSummaries,
  refusals: [],
})

export const searchPackages = endpoint({
  method: 'POST',
  path: '/archive/packages/search',
  summary: 'The same; what is searched for stands in no address, and so in no log of whatever is in front.',
  access: 'see-archive',
  body: z.object({ ...choice, limit: z.int().min(1).max(100).default(50) }),
  status: 200,
  reply: PageOfSummaries,
  refusals: [],
})
export type PackageQuery = z.output<typeof listPackages.query>
export type PageOfPackages = z.output<typeof listPackages.reply>

export const readArchiveState = endpoint({
  method: 'GET',
  path: '/archive',
  summary:
    'Whether anything is wrong with the archive, what waits, what is sealed, and by what it is verified.',
  access: 'see-archive',
  status: 200,
  reply: z.object({
    /** Whether somebody has said whose records are sealed here; else they say a placeholder, for ever. */
    authorityNamed: z.boolean(),
    /** `gathering`: of those that wait, what is gathered for a further package until a quiet day is over. */
    counts: z.object({
      waiting: z.int(),
      gathering: z.int(),
      failed: z.int(),
      sealed: z.int(),
      erased: z.int(),
    }),
    /** Of which anything is in the list, by their names; null: the team is gone. */
    teams: z.array(z.object({ id: z.uuid(), name: z.string().nullable() })),
    /** The one that has waited longest; null: none waits. */
    oldestWaitingAt: z.iso.datetime().nullable(),
    /** Leaves of the log, and its newest signed checkpoint; null: nothing is sealed yet. */
    leaves: z.int(),
    checkpoint: z.object({ size: z.int(), at: z.iso.datetime(), note: z.string() }).nullable(),
    /** What others say of the log's checkpoints; nothing where nobody is asked. */
    proofs: z.array(CheckpointProof),
    /** The newest self-check, and what it found; null: there has been none. */
    check: z
      .object({
        at: z.iso.datetime(),
        leaves: z.int(),
        packages: z.int(),
        contents: z.int(),
        findings: z.array(Finding),
      })
      .nullable(),
    /** c2sp.org/signed-note; what is sealed and what is erased are verified with both. */
    verifierKeys: z.object({ archive: z.string(), ledger: z.string() }),
  }),
  refusals: [],
})
export type ArchiveState = z.output<typeof readArchiveState.reply>

const Item = z.object({
  id: z.uuid(),
  kind: z.enum(['METADATA', 'MESSAGE', 'ATTACHMENT', 'NOTE', 'RENDERING']),
  mediaType: z.string(),
  /** Of the content, in bytes. */
  size: z.number(),
  /** As the manifest has them, in base64. */
  commit: base64,
  cipherHash: base64,
  secondCipherHash: base64,
  /** Under which rule, on which day and by which entry of the deletion ledger it was erased; null: it is there. */
  erased: z.object({ rule: z.string(), on: z.iso.date(), ledgerEntry: z.int() }).nullable(),
})

/** Everything with which a page draws why a package holds: from its items to the signed root. */
const Proof = z.object({
  /** H(0x00 || manifest), the leaf; base64. */
  leaf: base64,
  index: z.int(),
  /** From the leaf to the root: each hash is joined on its side. */
  path: z.array(z.object({ hash: base64, side: z.enum(['left', 'right']) })),
  root: base64,
  /** The checkpoint in the package. */
  size: z.int(),
  note: z.string(),
  /** By this office's key. */
  signed: z.boolean(),
  /** Whether leaf and path give the root of the checkpoint, reckoned now. */
  holds: z.boolean(),
  /** Names of those who have cosigned it. */
  cosignedBy: z.array(z.string()),
})

const Event = z.object({
  type: z.enum(['MADE', 'SEALED', 'ERASED']),
  at: z.iso.datetime(),
  /** Of ERASED: how many items, and by which entry. */
  items: z.int().nullable(),
  ledgerEntry: z.int().nullable(),
})

/** Something that the verifier found, in the words of docs/archive-format.md section 8. */
const VerifierFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'indeterminate', 'notice', 'unusable']),
  location: z.string(),
  detail: z.string(),
  de: z.string(),
  en: z.string(),
})

const params = z.object({ id: z.uuid() })

export const readPackage = endpoint({
  method: 'GET',
  path: '/archive/packages/:id',
  summary: 'One package with its items, its proof, and what has happened to it. No content.',
  access: 'see-archive',
  params,
  status: 200,
  reply: Summary.extend({
    /** Of the same matter, by number; this one among them. */
    siblings: z.array(z.object({ id: z.uuid(), number: z.int() })),
    /** From the manifest; null as long as it is not sealed, like what follows. */
    cluster: z.string().nullable(),
    rule: z.string().nullable(),
    class: z.string().nullable(),
    createdAt: z.iso.datetime().nullable(),
    entries: z.array(Item),
    proof: Proof.nullable(),
    /** RFC 3161 response over the checkpoint, and the evidence record (RFC 4998), as they lie in the package; base64. */
    timeStamp: base64.nullable(),
    evidence: base64.nullable(),
    /** What the verifier finds here and now of both, by the roots and the calendar that this office trusts (`readTimeStampRoots`). */
    times: z.array(VerifierFinding.omit({ de: true, en: true })),
    events: z.array(Event),
    verifierKeys: z.object({ archive: z.string(), ledger: z.string() }),
  }),
  refusals: [],
})
export type PackageRead = z.output<typeof readPackage.reply>

export const readPackageContent = endpoint({
  method: 'GET',
  path: '/archive/packages/:id/content',
  summary:
    'The package itself, a zip. Nothing in it can be read without keys. The reason stands in the header X-Reason and in the audit log.',
  access: 'take-packages',
  params,
  status: 200,
  reply: 'stream',
  refusals: ['not-sealed'],
})

export const readPackageKeys = endpoint({
  method: 'GET',
  path: '/archive/packages/:id/keys',
  summary:
    'The keys of the items of a package: with them its contents can be read. The reason stands in the header X-Reason and in the audit log.',
  access: 'open-packages',
  params,
  status: 200,
  /** By item, base64; what is erased has none. As `--item-keys` of the verifier takes it. */
  reply: z.record(z.uuid(), base64),
  refusals: ['not-sealed', 'step-up-required'],
})

export const VerificationReport = z.object({
  verdict: z.enum(['valid', 'invalid', 'unusable', 'indeterminate']),
  findings: z.array(VerifierFinding),
  notChecked: z.array(z.string()),
  /** How many contents that the file holds this office has erased since: then it is an older state of the package. */
  erasedSince: z.int().nonnegative(),
})
export type VerificationReport = z.infer<typeof VerificationReport>

export const verifyPackage = endpoint({
  method: 'POST',
  path: '/archive/verification',
  summary:
    'Verify a package from wherever: the file in the part `package`, more verifier keys in fields `key`. By the code of the verifier that auditors have; nothing is kept.',
  access: 'see-archive',
  body: 'multipart',
  parts: z.object({ key: z.array(z.string()).optional(), package: z.file() }),
  status: 200,
  reply: VerificationReport,
  refusals: ['package-too-large', 'encoding-refused'],
})
