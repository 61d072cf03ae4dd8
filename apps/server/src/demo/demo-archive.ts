import type { DeletionRun, HandOver, PackageSummary } from '@buergerdraht/contract'
import { playOfficeHour } from './demo-office-hour.ts'
import { type DemoClerk, until } from './demo-people.ts'
import { approveAndFinish } from './demo-runs.ts'
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
  /** Lies sealed; whoever asked has asked the same again. */
  asked: {
    days: 520,
    identity: '491713920205',
    name: 'Regina Thoms',
    question: 'Bis wann liegen die Pläne für die Umgehungsstraße im Rathaus aus?',
    answer: 'Guten Tag Frau Thoms, noch zwei Wochen, montags bis freitags von 8 bis 12 Uhr.',
    fileReference: '621.41-1/3',
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

/** Whose matter stands in two conversations, word for word. */
export const askedTwice = filedMatters.asked

/** How many days ago something was closed to the file. */
export const filedOn: ReadonlySet<number> = new Set(Object.values(filedMatters).map(({ days }) => days))

/** Closes what was filed on that day to the file, and waits until it is sealed. */
export async function fileMatter(stage: Stage, day: number): Promise<void> {
  const filed = Object.values(filedMatters).filter(({ days }) => days === day)
  await playOfficeHour(stage, {
    days: day,
    clerk: 'aylin',
    matters: filed.map(({ identity, name, question, answer, fileReference }) => ({
      identity,
      name,
      exchange: [question, answer],
      ends: { relevance: 'to-file', fileReference },
    })),
  })
  const records = await stage.at('martin')
  await until(async () => {
    const packages = await packagesOf(records)
    return filed.every(({ fileReference }) =>
      packages.some((one) => one.fileReference === fileReference && one.state === 'sealed'),
    )
      ? true
      : null
  })
}

async function send(records: DemoClerk, filed: Filed): Promise<void> {
  const sealed = await packageOf(records, filed)
  if (sealed === undefined) return
  const before = await records.ask<{ items: HandOver[]; messages: HandOver['message'][] }>(
    'GET',
    `/archive/hand-overs?package=${sealed.id}`,
  )
  if (before.items.length > 0) return
  // 0605, or what the version that is set up has instead.
  const [message] = before.messages
  await records.ask('POST', '/archive/hand-overs', { packageId: sealed.id, message, way: 'folder' })
}

/** Sends one of them to a file that is closed; the answer comes while other things are played. */
export async function handOverInVain({ phones, ago, at }: Stage): Promise<void> {
  await ago(filedMatters.erased.days * dayMs - hourMs)
  await phones.letRecordsAnswer('reject')
  await send(await at('martin'), 'rejected')
}

/** What should never have been sent goes at once, by two persons; its package shows where it was. */
export async function eraseUnlawful({ ago, at }: Stage, days: number): Promise<void> {
  await ago(days * dayMs)
  const records = await at('martin')
  const { items } = await records.ask<{ items: DeletionRun[] }>('GET', '/deletion-runs')
  const begun = items.find(({ kind }) => kind === 'emergency')
  const unlawful = await packageOf(records, 'erased')
  if (unlawful === undefined && begun === undefined) return
  const run =
    begun ??
    (await records.ask<DeletionRun>('POST', '/deletion-runs', {
      kind: 'emergency',
      conversationIds: [unlawful?.conversationId],
    }))
  await approveAndFinish(await at('sabine'), run.id)
}

/** One more is sent to the electronic file, which is open again. */
export async function handOver({ phones, ago, at }: Stage): Promise<void> {
  await ago(2 * hourMs)
  const records = await at('martin')
  await until(async () => {
    const { counts } = await records.ask<{ counts: { open: number } }>('GET', '/archive/hand-overs')
    return counts.open === 0 ? true : null
  })
  await phones.letRecordsAnswer('accept')
  await send(records, 'takenIn')
}
