import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type OpeningReason, openingReasons, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { asViewer, recordActOn, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import { isThere, packagePath } from './package-folder.ts'

type Office = Pick<Inbox, 'prisma' | 'pool' | 'keys' | 'now' | 'notify' | 'log'>

/** What the header says, as the audit log can hold it. @throws Refusal `invalid-input` where it says nothing */
export function openingReason(stated: string | undefined): OpeningReason {
  const word = stated?.trim().toLowerCase() ?? ''
  if (word === '') throw new Refusal('invalid-input', [{ path: 'x-reason', fault: 'missing' }])
  return openingReasons.find((reason) => reason === word) ?? 'other'
}

/** Items of a sealed package; that somebody asks for it is recorded in the same transaction. @throws Refusal `not-found`, `not-sealed` */
async function itemsAsked(
  office: Office,
  viewer: Viewer,
  id: string,
  act: 'package-taken' | 'package-opened',
  reason: OpeningReason,
): Promise<string[]> {
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ id: string }>(
        'select id from archive_item where package_id = $1',
        [id],
      )
      if (rows.length === 0) {
        const { rows: tasks } = await client.query('select from archive_task where package_id = $1', [id])
        throw new Refusal(tasks.length > 0 ? 'not-sealed' : 'not-found')
      }
      await recordActOn(client, office.now(), viewer, {
        act,
        object: { kind: 'archive-package', id },
        facts: { reason },
      })
      return rows.map((row) => row.id)
    }),
  )
}

/**
 * The package as it lies there, for whoever takes it away: it opens for nobody without keys. Recorded before the first byte leaves.
 * @throws Refusal `not-allowed`, `not-found`, `not-sealed`, `package-missing`
 */
export async function takePackage(
  office: Office,
  viewer: Viewer,
  { archiveDir }: { readonly archiveDir: string },
  id: string,
  reason: OpeningReason,
): Promise<{ readonly stream: Readable; readonly sizeBytes: number }> {
  requireMay(viewer, 'take-packages')
  await itemsAsked(office, viewer, id, 'package-taken', reason)
  const path = packagePath(archiveDir, id)
  if (!(await isThere(path))) throw new Refusal('package-missing')
  return { sizeBytes: (await stat(path)).size, stream: createReadStream(path) }
}

/** The keys of what is in a package and not erased, by item; base64. @throws Refusal `not-allowed`, `not-found`, `not-sealed` */
export async function packageKeys(
  office: Office,
  viewer: Viewer,
  id: string,
  reason: OpeningReason,
): Promise<Record<string, string>> {
  requireMay(viewer, 'open-packages')
  const items = await itemsAsked(office, viewer, id, 'package-opened', reason)
  const keys = await office.keys.getMany(items)
  return Object.fromEntries([...keys].map(([item, key]) => [item, key.toString('base64')]))
}
