import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type LogName,
  type PageOfCheckpoints,
  Refusal,
  type SignedCheckpoint,
  type TimeStampRoots,
} from '@buergerdraht/contract'
import {
  type AlgorithmCalendar,
  type Certificate,
  checkTimeStamp,
  cosignedAt,
  digest,
  type GoodTimeStamp,
  LogUnusable,
  type NoteKey,
  nameForPeople,
  parseCheckpoint,
  parseNoteKey,
  proveGrowth,
  type SignedNote,
  TimeStampFault,
  tokenInResponse,
  verifyNote,
} from '@buergerdraht/records'
import { requireMay } from '../access/access.ts'
import { asViewer, withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { OfficeContext } from '../office-context.ts'
import { logKeyOf } from '../sealing/log-key.ts'
import { calendarInForce } from './algorithm-calendar.ts'
import { readRoots, type StampFault } from './time-authorities.ts'

/** Where the logs of an office lie, and by what is judged what others say of them. */
export type InspectedLogs = {
  readonly folders: Readonly<Record<LogName, string>>
  /** File with the roots of time-stamping authorities; null: none is asked. */
  readonly rootsFile: string | null
  readonly witnesses: readonly NoteKey[]
}

type Trusted = {
  readonly key: NoteKey
  readonly witnesses: readonly NoteKey[]
  readonly roots: readonly Certificate[]
  readonly calendar: AlgorithmCalendar
}

/** Newest first. */
async function sizesIn(folder: string): Promise<number[]> {
  const checkpoints = join(folder, 'checkpoints')
  const names = existsSync(checkpoints) ? await readdir(checkpoints) : []
  const sizes = names.flatMap((name) => (/^\d+\.txt$/.test(name) ? [Number.parseInt(name, 10)] : []))
  return sizes.toSorted((a, b) => b - a)
}

function judged(
  response: Uint8Array,
  checkpoint: Uint8Array,
  { roots, calendar }: Pick<Trusted, 'roots' | 'calendar'>,
): GoodTimeStamp | { readonly ok: false; readonly code: StampFault } {
  if (roots.length === 0) return { ok: false, code: 'TIME_STAMP_ROOTS' }
  try {
    return checkTimeStamp(tokenInResponse(response), {
      roots,
      calendar,
      digestOf: (algorithm) => digest(algorithm, checkpoint),
    })
  } catch (error) {
    return { ok: false, code: error instanceof TimeStampFault ? error.code : 'TIME_STAMP_UNREADABLE' }
  }
}

function presented(
  response: Uint8Array,
  stamp: ReturnType<typeof judged>,
): NonNullable<SignedCheckpoint['stamp']> {
  const given = { response: Buffer.from(response).toString('base64') }
  if (!stamp.ok) return { ...given, at: null, fault: stamp.code, certificates: [] }
  const certificates = stamp.path.map(({ subject, notBefore, notAfter }) => ({
    name: nameForPeople(subject),
    validFrom: notBefore.toISOString(),
    validUntil: notAfter.toISOString(),
  }))
  return { ...given, at: stamp.at.toISOString(), fault: null, certificates }
}

/** The time stamp over the newest checkpoint of a log that has one, as far as it holds; null: none does. */
export async function newestStamp(
  folder: string,
  trusted: Pick<Trusted, 'roots' | 'calendar'>,
): Promise<GoodTimeStamp | null> {
  for (const size of await sizesIn(folder)) {
    const path = join(folder, 'checkpoints', `${size}`)
    const response = await readFile(`${path}.tsr`).catch(() => null)
    if (response === null) continue
    const stamp = judged(response, await readFile(`${path}.txt`), trusted)
    return stamp.ok ? stamp : null
  }
  return null
}

/** Of a witness that is known, when it signed; of others, that they did. One whose signature is wrong has not. */
function witnessesOf(
  note: SignedNote,
  origin: string,
  known: readonly NoteKey[],
): SignedCheckpoint['witnesses'] {
  return note.signatures.flatMap<SignedCheckpoint['witnesses'][number]>((one) => {
    if (one.name === origin) return []
    const key = known.find(({ name, keyId }) => name === one.name && keyId === one.keyId)
    if (key === undefined) return [{ name: one.name, at: null }]
    return key.verify(note.text, one.signature)
      ? [{ name: one.name, at: cosignedAt(one.signature).toISOString() }]
      : []
  })
}

async function shown(
  folder: string,
  size: number,
  at: Date | null,
  trusted: Trusted,
): Promise<SignedCheckpoint> {
  const path = join(folder, 'checkpoints', `${size}`)
  const bytes = await readFile(`${path}.txt`)
  const { checkpoint, note } = parseCheckpoint(bytes)
  const response = await readFile(`${path}.tsr`).catch(() => null)
  return {
    size,
    root: Buffer.from(checkpoint.root).toString('base64'),
    note: bytes.toString('utf8'),
    at: at?.toISOString() ?? null,
    signed: verifyNote(note, [trusted.key]).ok,
    stamp: response === null ? null : presented(response, judged(response, bytes, trusted)),
    witnesses: witnessesOf(note, checkpoint.origin, trusted.witnesses),
  }
}

/** Tables that say when what was signed; the ledger's is its folder alone. */
const signings = {
  'archive-log': 'archive_checkpoint',
  'audit-log': 'audit_checkpoint',
  'deletion-ledger': null,
} as const

/**
 * Checkpoints of a log as they lie in its folder, newest first, each with what its signatures and its time stamp say now.
 * @param before a size: those of fewer leaves; null: from the newest on
 * @throws Refusal `not-allowed`
 */
export async function listCheckpoints(
  office: OfficeContext,
  viewer: Viewer,
  { folders, rootsFile, witnesses }: InspectedLogs,
  log: LogName,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<PageOfCheckpoints> {
  requireMay(viewer, 'see-archive')
  const { verifierKey } = await logKeyOf(office.keys, log)
  const left = (await sizesIn(folders[log])).filter((size) => before === null || size < before)
  const sizes = left.slice(0, limit)
  const { calendar, signedAt } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const table = signings[log]
      const { rows } =
        table === null
          ? { rows: [] }
          : await client.query<{ size: string; at: Date }>(
              `select size, at from ${table} where size = any($1::bigint[])`,
              [sizes],
            )
      const signedAt = new Map(rows.map(({ size, at }) => [Number(size), at]))
      return { calendar: await calendarInForce(client), signedAt }
    }),
  )
  const roots = rootsFile === null ? [] : await readRoots(rootsFile)
  const trusted = { key: parseNoteKey(verifierKey), witnesses, roots, calendar }
  const items = await Promise.all(
    sizes.map((size) => shown(folders[log], size, signedAt.get(size) ?? null, trusted)),
  )
  return { items, nextCursor: left.length > limit ? `${sizes.at(-1)}` : null, verifierKey }
}

/**
 * With what anybody reckons that a log had `from` leaves on its way to the checkpoint of `to` leaves; null: the stored nodes do not give its root.
 * @throws Refusal `not-allowed`; `invalid-input` where there is no such checkpoint, or it has fewer leaves
 */
export async function growthOf(
  viewer: Viewer,
  { folders }: Pick<InspectedLogs, 'folders'>,
  log: LogName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ proof: string[] | null }> {
  requireMay(viewer, 'see-archive')
  const note = await readFile(join(folders[log], 'checkpoints', `${to}.txt`)).catch(() => null)
  if (note === null) throw new Refusal('invalid-input', [{ path: 'to', fault: 'not-possible' }])
  if (from > to) throw new Refusal('invalid-input', [{ path: 'from', fault: 'not-possible' }])
  try {
    const proof = await proveGrowth(folders[log], from, parseCheckpoint(note).checkpoint)
    return { proof: proof.map((hash) => Buffer.from(hash).toString('base64')) }
  } catch (error) {
    if (error instanceof LogUnusable) return { proof: null }
    throw error
  }
}

/** By what the office judges time stamps; no certificates where no authority is asked. @throws Refusal `not-allowed` */
export async function timeStampRoots(
  office: Pick<OfficeContext, 'pool'>,
  viewer: Viewer,
  { rootsFile }: Pick<InspectedLogs, 'rootsFile'>,
): Promise<TimeStampRoots> {
  requireMay(viewer, 'see-archive')
  const roots = rootsFile === null ? [] : await readRoots(rootsFile)
  const calendar = await calendarInForce(office.pool)
  return {
    items: roots.map(({ raw, subject, notAfter }) => ({
      name: nameForPeople(subject),
      validUntil: notAfter.toISOString(),
      fingerprint: Buffer.from(digest('sha256', raw)).toString('hex'),
      pem: new X509Certificate(raw).toString(),
    })),
    calendar: { ...calendar, signature: [...calendar.signature] },
  }
}
