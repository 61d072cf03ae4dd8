import type { DeletionRun, HandOver, PackageSummary, Proposal } from '@buergerdraht/contract'
import { type DemoClerk, until } from './demo-people.ts'
import { dayMs, hourMs, type Stage } from './demo-stage.ts'

/** Matters that were closed to the file. What became of their packages is played at the end. */
const filedMatters = {
  /** Lies sealed. */
  kept: {
    days: 700,
    identity: '491713920201',
    name: 'Hannelore Busch',
    question: 'Ich beantrage die Befreiung von der Hundesteuer für meinen Blindenführhund.',
    answer: 'Guten Tag Frau Busch, der Antrag ist eingegangen; der Bescheid kommt mit der Post.',
    fileReference: '022.31-4/118',
  },
  /** Has gone to the electronic file, which has taken it in. */
  takenIn: {
    days: 520,
    identity: '491713920202',
    name: 'Tarek Aziz',
    question: 'Ich möchte Akteneinsicht in meine Bauakte, Flurstück 14.',
    answer: 'Guten Tag Herr Aziz, Sie können die Akte ab Montag im Zimmer 12 einsehen.',
    fileReference: '063.10-2/77',
  },
  /** Was sent to the electronic file, which has refused it. */
  rejected: {
    days: 410,
    identity: '491713920203',
    name: 'Gudrun Paulsen',
    question: 'Ich lege Widerspruch gegen den Gebührenbescheid ein.',
    answer: 'Guten Tag Frau Paulsen, Ihr Widerspruch liegt vor und wird bearbeitet.',
    fileReference: '022.31-9/204',
  },
  /** Held what should never have been sent, and was erased: its package shows where it was. */
  erased: {
    days: 365,
    identity: '491713920204',
    name: 'Ole Jansen',
    question: 'Hier die Befunde meiner Nachbarin, damit Sie sehen, warum sie Hilfe braucht.',
    answer: 'Guten Tag Herr Jansen, solche Unterlagen dürfen wir von Ihnen nicht annehmen.',
    fileReference: '050.20-1/9',
  },
} as const
type Filed = keyof typeof filedMatters

async function packagesOf(records: DemoClerk): Promise<readonly PackageSummary[]> {
  return (await records.ask<{ items: PackageSummary[] }>('GET', '/archive/packages')).items
}

/** The sealed package of a filed matter; undefined: it is erased, or has gone. */
async function packageOf(records: DemoClerk, filed: Filed): Promise<PackageSummary | undefined> {
  const { fileReference } = filedMatters[filed]
  return (await packagesOf(records)).find(
    (one) => one.fileReference === fileReference && one.state === 'sealed',
  )
}

/** Matters of two years that were closed to the file, oldest first; each is sealed before the next one begins. */
export async function fileMatters({ phones, ago, at, arriveAt }: Stage): Promise<void> {
  await arriveAt('Bürgeramt')
  for (const { days, identity, name, question, answer, fileReference } of Object.values(filedMatters)) {
    await ago(days * dayMs)
    const records = await at('martin')
    if ((await packagesOf(records)).some((one) => one.fileReference === fileReference)) continue
    await phones.introduce(identity, { profileName: name })
    await phones.writes(identity, question)
    const aylin = await at('aylin')
    const { id } = await aylin.finds(question)
    await aylin.answers(id, { text: answer })
    await aylin.closes(id, { relevance: 'to-file', fileReference })
    await until(async () =>
      (await packagesOf(records)).find(
        (one) => one.fileReference === fileReference && one.state === 'sealed',
      ),
    )
  }
}

async function handOver(records: DemoClerk, filed: Filed): Promise<void> {
  const sealed = await packageOf(records, filed)
  if (sealed === undefined) return
  const before = await records.ask<{ items: HandOver[] }>('GET', `/archive/hand-overs?package=${sealed.id}`)
  if (before.items.length > 0) return
  await records.ask('POST', '/archive/hand-overs', { packageId: sealed.id, message: '0605', way: 'folder' })
}

/** Sends one of them to a file that is closed; the answer comes while other things are played. */
export async function handOverInVain({ phones, ago, at }: Stage): Promise<void> {
  await ago(filedMatters.erased.days * dayMs - hourMs)
  await phones.letRecordsAnswer('reject')
  await handOver(await at('martin'), 'rejected')
}

/** What became of the others. */
export async function handOverAndErase({ phones, ago, at }: Stage): Promise<void> {
  await ago(2 * hourMs)
  const records = await at('martin')
  await until(async () => {
    const { counts } = await records.ask<{ counts: { open: number } }>('GET', '/archive/hand-overs')
    return counts.open === 0 ? true : null
  })
  await phones.letRecordsAnswer('accept')
  await handOver(records, 'takenIn')
  const unlawful = await packageOf(records, 'erased')
  if (unlawful === undefined) return
  const { items: runs } = await records.ask<{ items: DeletionRun[] }>('GET', '/deletion-runs')
  if (runs.some(({ kind }) => kind === 'emergency')) return
  const { id } = await records.ask<DeletionRun>('POST', '/deletion-runs', {
    kind: 'emergency',
    conversationIds: [unlawful.conversationId],
  })
  const dpo = await at('sabine')
  const { items } = await dpo.ask<{ items: Proposal[] }>('GET', '/proposals')
  const open = items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')
  await dpo.ask('POST', `/proposals/${open?.id}/approval`)
  await until(async () => {
    const { state } = await dpo.ask<DeletionRun>('GET', `/deletion-runs/${id}`)
    return state === 'completed' ? true : null
  })
}
