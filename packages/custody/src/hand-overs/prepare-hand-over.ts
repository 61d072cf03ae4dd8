import { type HandOver, type HandOverMessage, type HandOverWay, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  newId,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { type HandOverPlace, mayWrite, versionOf, waysOf } from './place.ts'
import { carriedPackage } from './read-package.ts'
import { type Client, lockHandOver, readShown, sealedWords } from './rows.ts'

export type HandOverWish = {
  readonly packageId: string
  readonly message: HandOverMessage
  readonly way: HandOverWay
}

/** The archive takes over what it has decided to (A), and nothing is forced on it. @throws Refusal `archive-does-not-want-it` */
async function requireWanted(client: Client, packageId: string): Promise<void> {
  const { rows } = await client.query(
    `select from archive_offer_item i join archive_package p on p.conversation_id = i.conversation_id where p.id = $1 and i.valuation = 'A'`,
    [packageId],
  )
  if (rows.length === 0) throw new Refusal('archive-does-not-want-it')
}

async function requireDocument(
  { keys }: OfficeContext,
  client: Client,
  { archiveDir }: HandOverPlace,
  packageId: string,
): Promise<void> {
  const carried = await carriedPackage({ keys, client }, archiveDir, packageId)
  if (carried === 'no-document') throw new Refusal('no-document')
  if (typeof carried === 'string') throw new Refusal('hand-over-not-possible')
  await carried.close()
}

/**
 * Prepares that a sealed package is handed over: the worker sends it, or somebody downloads it. With the commit it is on its way; nothing of ours goes by
 * it.
 * @throws Refusal `not-allowed`, `not-found`, `way-not-set-up`, `not-in-version`, `no-document`, `hand-over-not-possible`, `handed-over-already`, `archive-does-not-want-it`
 */
export async function prepareHandOver(
  office: OfficeContext,
  viewer: Viewer,
  place: HandOverPlace,
  { packageId, message, way }: HandOverWish,
): Promise<HandOver> {
  requireMay(viewer, 'hand-over')
  if (!waysOf(place).includes(way)) throw new Refusal('way-not-set-up')
  if (!mayWrite(place, message)) throw new Refusal('not-in-version')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const { rows } = await client.query('select from archive_package where id = $1', [packageId])
    if (rows.length === 0) throw new Refusal('not-found')
    if (message === '0503') await requireWanted(client, packageId)
    await requireDocument(office, client, place, packageId)
    const id = newId(now)
    const { rowCount } = await client.query(
      `insert into hand_over (id, package_id, message, version, way, prepared_at, prepared_by, prepared_role) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict do nothing`,
      [id, packageId, message, versionOf(place, message), way, now, viewer.accountId, viewer.role],
    )
    if (rowCount === 0) throw new Refusal('handed-over-already')
    await recordActOn(client, now, viewer, {
      act: 'hand-over-prepared',
      object: { kind: 'hand-over', id },
      facts: { message: `xdomea-${message}`, way },
    })
    return readShown(client, now, id)
  })
}

/** In a transaction of the viewer's, with the program's own rights to the tables of hand-overs. */
export function asRecords<T>(
  office: OfficeContext,
  viewer: Viewer,
  work: (changing: Change) => Promise<T>,
): Promise<T> {
  return asViewer(office, viewer, (changing) => withOwnRights(changing, () => work(changing)))
}

/**
 * A person says that what they have carried by hand was taken in. From the commit on it counts as a message that says so.
 * @throws Refusal `not-allowed`, `not-found`, `way-not-set-up` where it went another way, `hand-over-not-sent`, `hand-over-ended`
 */
export async function confirmHandOver(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  reason: string,
): Promise<HandOver> {
  requireMay(viewer, 'hand-over')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const row = await lockHandOver(client, id)
    if (row.ended_at !== null) throw new Refusal('hand-over-ended')
    if (row.way !== 'download') throw new Refusal('way-not-set-up')
    if (row.sent_at === null) throw new Refusal('hand-over-not-sent')
    await client.query(
      `update hand_over set state = 'confirmed', ended_at = $2, ended_by = $3, words_sealed = $4 where id = $1`,
      [id, now, viewer.accountId, await sealedWords(office, row, { confirmation: reason })],
    )
    await recordActOn(client, now, viewer, {
      act: 'hand-over-confirmed',
      object: { kind: 'hand-over', id },
      facts: {},
    })
    return readShown(client, now, id)
  })
}

/** Gives it up, sent or not, so that the package can be handed over anew. @throws Refusal `not-allowed`, `not-found`, `hand-over-ended` */
export async function withdrawHandOver(office: OfficeContext, viewer: Viewer, id: string): Promise<HandOver> {
  requireMay(viewer, 'hand-over')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const row = await lockHandOver(client, id)
    if (row.ended_at !== null) throw new Refusal('hand-over-ended')
    await client.query(
      `update hand_over set state = 'withdrawn', ended_at = $2, ended_by = $3 where id = $1`,
      [id, now, viewer.accountId],
    )
    await recordActOn(client, now, viewer, {
      act: 'hand-over-withdrawn',
      object: { kind: 'hand-over', id },
      facts: {},
    })
    return readShown(client, now, id)
  })
}
