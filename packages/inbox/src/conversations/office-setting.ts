import { type OfficeSettings, rolesFor } from '@buergerdraht/contract'
import { asViewer, type Db, recordAct, requireMay, type Viewer } from '@buergerdraht/office'
import { remindOfQueued } from '../channels/remind-of-queued.ts'
import type { Inbox } from '../inbox.ts'

const fields = {
  answeringTakes: true,
  downloadRoles: true,
  requestAcknowledgement: true,
  receivesOnly: true,
} as const

type Stored = {
  readonly answeringTakes: boolean
  readonly downloadRoles: readonly string[]
  readonly requestAcknowledgement: string | null
  readonly receivesOnly: boolean
}

function presented({
  answeringTakes,
  downloadRoles,
  requestAcknowledgement,
  receivesOnly,
}: Stored): OfficeSettings {
  return {
    answeringTakes,
    downloadRoles: rolesFor('download-files').filter((role) => downloadRoles.includes(role)),
    requestAcknowledgement,
    receivesOnly,
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

/**
 * Holds from the next act on. Where the office now receives only, what still waits to be sent is refused, and whoever wrote it is told.
 * @throws Refusal `not-allowed` */
export async function changeOfficeSettings(
  inbox: Inbox,
  viewer: Viewer,
  { answeringTakes, downloadRoles, requestAcknowledgement, receivesOnly }: ChangedOfficeSettings,
): Promise<OfficeSettings> {
  requireMay(viewer, 'change-office-settings')
  const taking = answeringTakes === undefined ? {} : { answeringTakes }
  const receiving = receivesOnly === undefined ? {} : { receivesOnly }
  const change = {
    ...taking,
    ...receiving,
    ...(downloadRoles === undefined ? {} : { downloadRoles }),
    ...(requestAcknowledgement === undefined ? {} : { requestAcknowledgement }),
  }
  return asViewer(inbox, viewer, async ({ tx, afterCommit }) => {
    if (receivesOnly === true) afterCommit(() => remindOfQueued(inbox, null))
    await recordAct(tx, inbox.now(), viewer, {
      act: 'settings-changed',
      facts: {
        ...taking,
        ...receiving,
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
