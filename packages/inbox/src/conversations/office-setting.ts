import type { OfficeSettings } from '@buergerdraht/contract'
import { asViewer, type Db, recordAct, requireMay, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

const fields = { answeringTakes: true } as const

/** What the office has decided; every field has a default. */
export async function officeSettings(db: Db): Promise<OfficeSettings> {
  const row = await db.officeSetting.findUnique({ where: { one: true }, select: fields })
  return row ?? { answeringTakes: true }
}

/** @throws Refusal `not-allowed` */
export async function readOfficeSettings(inbox: Inbox, viewer: Viewer): Promise<OfficeSettings> {
  requireMay(viewer, 'change-office-settings')
  return asViewer(inbox, viewer, ({ tx }) => officeSettings(tx))
}

/** Holds from the next act on. @throws Refusal `not-allowed` */
export async function changeOfficeSettings(
  inbox: Inbox,
  viewer: Viewer,
  { answeringTakes }: { readonly answeringTakes?: boolean | undefined },
): Promise<OfficeSettings> {
  requireMay(viewer, 'change-office-settings')
  const change = answeringTakes === undefined ? {} : { answeringTakes }
  return asViewer(inbox, viewer, async ({ tx }) => {
    await recordAct(tx, inbox.now(), viewer, { act: 'settings-changed', facts: change })
    return tx.officeSetting.upsert({
      where: { one: true },
      create: { one: true, ...change },
      update: change,
      select: fields,
    })
  })
}
