import { type OfficeSettings, rolesFor } from '@buergerdraht/contract'
import { asViewer, type Db, recordAct, requireMay, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

const fields = { answeringTakes: true, downloadRoles: true, requestAcknowledgement: true } as const

type Stored = {
  readonly answeringTakes: boolean
  readonly downloadRoles: readonly string[]
  readonly requestAcknowledgement: string | null
}

function presented({ answeringTakes, downloadRoles, requestAcknowledgement }: Stored): OfficeSettings {
  return {
    answeringTakes,
    downloadRoles: rolesFor('download-files').filter((role) => downloadRoles.includes(role)),
    requestAcknowledgement,
  }
}

/** What the office has decided; every field has a default. */
export async function officeSettings(db: Db): Promise<OfficeSettings> {
  const row = await db.officeSetting.findUniqueOrThrow({ where: { one: true }, select: fields })
  return presented(row)
}

/** @throws Refusal `not-allowed` */
export async function readOfficeSettings(inbox: Inbox, viewer: Viewer): Promise<OfficeSettings> {
  requireMay(viewer, 'change-office-settings')
  return asViewer(inbox, viewer, ({ tx }) => officeSettings(tx))
}

type ChangedOfficeSettings = {
  readonly [Field in keyof OfficeSettings]?: OfficeSettings[Field] | undefined
}

/** Holds from the next act on. @throws Refusal `not-allowed` */
export async function changeOfficeSettings(
  inbox: Inbox,
  viewer: Viewer,
  { answeringTakes, downloadRoles, requestAcknowledgement }: ChangedOfficeSettings,
): Promise<OfficeSettings> {
  requireMay(viewer, 'change-office-settings')
  const taking = answeringTakes === undefined ? {} : { answeringTakes }
  const change = {
    ...taking,
    ...(downloadRoles === undefined ? {} : { downloadRoles }),
    ...(requestAcknowledgement === undefined ? {} : { requestAcknowledgement }),
  }
  return asViewer(inbox, viewer, async ({ tx }) => {
    await recordAct(tx, inbox.now(), viewer, {
      act: 'settings-changed',
      facts: {
        ...taking,
        downloads: downloadRoles !== undefined,
        acknowledgement: requestAcknowledgement !== undefined,
      },
    })
    return presented(
      await tx.officeSetting.upsert({
        where: { one: true },
        create: { one: true, ...change },
        update: change,
        select: fields,
      }),
    )
  })
}
