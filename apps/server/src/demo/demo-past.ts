import { Readable } from 'node:stream'
import { type Inbox, listConversations, readDraft, saveDraft, storeUpload } from '@buergerdraht/inbox'
import type { Config } from '../config.ts'
import type { createLog } from '../monitoring/log.ts'
import { officeClock } from '../process/office-clock.ts'
import { openOffice } from '../process/open-office.ts'
import { startApi } from '../process/start-api.ts'
import { startWorker } from '../process/start-worker.ts'
import { agreeOnFilingPlan, agreeWithArchive } from './demo-agreements.ts'
import { eraseUnlawful, filedOn, fileMatter, handOver, handOverInVain } from './demo-archive.ts'
import type { Demo } from './demo-file.ts'
import { officeHours } from './demo-hours.ts'
import { type OfficeHour, playOfficeHour } from './demo-office-hour.ts'
import { DemoClerk, DemoPhones } from './demo-people.ts'
import { askForRights, deleteWhatIsDue, fileRefused, grantErasure, protect, tidyUp } from './demo-runs.ts'
import { dayMs, hourMs, minuteMs, type Stage } from './demo-stage.ts'
import { registerDemoWebhook } from './demo-webhook.ts'

/** Nobody stays signed in over a longer pause. */
const sessionMs = 45 * minuteMs

const erika = '491713920011'
const max = 'DE.7001000000000000022'
const jannik = '491713920033'
const ayse = '491713920044'
const inge = '493023125077'
const thomas = '491713920055'
const otherThomas = '491713920056'
const behrens = '491713920066'
const pawel = '491713920077'
const yusuf = '491713920088'

const people: Readonly<Record<string, object>> = {
  [erika]: { profileName: 'Erika Musterfrau' },
  [max]: { profileName: 'Max M.', username: 'max.beispiel' },
  [jannik]: { profileName: 'Jannik B.' },
  [ayse]: { profileName: 'Ayşe Demir' },
  [inge]: { profileName: 'Oma Inge' },
  [thomas]: { profileName: 'Thomas Müller' },
  [otherThomas]: { profileName: 'Thomas Müller' },
  [behrens]: { profileName: 'Irmgard Behrens' },
  [pawel]: { profileName: 'Paweł Nowak' },
  [yusuf]: { profileName: 'Yusuf' },
}

/** What was begun to answer in an old matter, with a file that nobody has sent. */
async function leaveFileUnsent({ ago, office, viewer }: Stage, days: number, name: string): Promise<void> {
  await ago(days * dayMs)
  const who = await viewer('aylin')
  const { items } = await listConversations(office, who, { status: 'all', order: 'latest', limit: 50 })
  const id = items.find(({ contact }) => contact.displayName === name)?.id
  if (id === undefined) throw new Error('Nobody of that name has written in this office hour.')
  if ((await readDraft(office, who, id)).draft !== null) return
  const leaflet = Buffer.from('Merkblatt: Öffnungszeiten, Gebühren und Wege der Stadtverwaltung\n')
  const file = await storeUpload(office, who, {
    conversationId: id,
    fileName: 'Merkblatt.txt',
    mediaType: 'text/plain',
    body: Readable.from([leaflet]),
  })
  await saveDraft(office, who, id, {
    text: 'Guten Tag, dazu haben wir ein Merkblatt:',
    replyTo: null,
    attachments: [file.id],
    unsent: [],
  })
}

/** A wish that nobody has looked at yet. */
async function wishAtLast({ phones, ago, at }: Stage): Promise<void> {
  await ago(30 * minuteMs)
  const wish = 'LÖSCHEN'
  await phones.writes(max, wish)
  await (await at('aylin')).finds(wish)
}

/** Matters that were closed, of people who have written again since. */
async function weeksAgo({ phones, ago, at, arriveAt }: Stage): Promise<void> {
  await ago(24 * dayMs + 2 * hourMs)
  const question = 'Guten Tag, was brauche ich für einen neuen Personalausweis?'
  await phones.writes(erika, question)
  const { id } = await (await at('aylin')).finds(question)
  await ago(24 * dayMs + hourMs)
  const aylin = await at('aylin')
  await aylin.answers(id, {
    text: 'Guten Tag Frau Musterfrau, Sie brauchen den alten Ausweis und ein Foto, das nicht älter als ein Jahr ist. Einen Termin brauchen Sie nicht.',
  })
  const thanks = 'Vielen Dank, das ging schnell.'
  await phones.writes(erika, thanks)
  await aylin.finds(thanks)
  await aylin.closes(id)

  await arriveAt('Ordnungsamt')
  await ago(23 * dayMs)
  const jonas = await at('jonas')
  const wreck = 'Vor unserem Haus steht seit Wochen ein Auto ohne Kennzeichen. Wer kümmert sich darum?'
  await phones.writes(yusuf, wreck)
  const reported = await jonas.finds(wreck)
  await jonas.answers(reported.id, {
    text: 'Danke für den Hinweis. Wir bringen heute eine Aufforderung an; steht es in vier Wochen noch dort, wird es abgeschleppt.',
  })
  await jonas.closes(reported.id)
  await arriveAt('Bürgeramt')
}

/** Windows that have closed since: from here only a template goes on. */
async function daysAgo({ phones, ago, at }: Stage): Promise<void> {
  await ago(3 * dayMs)
  const aylin = await at('aylin')
  const school =
    'Unser Sohn kommt im Sommer in die Schule. Ist der Antrag auf Schülerbeförderung vollständig?'
  await phones.writes(ayse, school)
  const { id } = await aylin.finds(school)
  await aylin.answers(id, { text: 'Guten Tag Frau Demir, wir sehen nach und melden uns.' })
  await ago(26 * hourMs)
  await phones.writes(behrens, 'Wo kann ich meine alte Brille für den guten Zweck abgeben?')
  await ago(25 * hourMs)
  const admin = await at('tom')
  const { items } = await admin.ask<{ items: { id: string }[] }>('GET', '/channels')
  await admin.ask('POST', `/channels/${items[0]?.id}/templates/refresh`)
  await (await at('aylin')).answers(id, {
    template: {
      name: 'unterlagen_fehlen',
      language: 'de',
      parameters: { name: 'Frau Demir', unterlage: 'die Schulbescheinigung', frist: 'Ende des Monats' },
    },
  })
}

async function today({ phones, ago, at, arriveAt }: Stage): Promise<void> {
  await ago(3 * hourMs)
  const parking = 'Moin, brauche ich für den Bewohnerparkausweis einen Termin?'
  const clarified = 'Moin, brauche ich für den Bewohnerparkausweis mit Wohnmobil einen Termin?'
  const asked = await phones.writes(jannik, parking, clarified)
  const { id } = await (await at('aylin')).finds(parking, clarified)
  await ago(150 * minuteMs)
  await (await at('aylin')).answers(id, {
    text: 'Nein, kommen Sie einfach vorbei: montags bis donnerstags ab 8 Uhr.',
  })

  await ago(2 * hourMs)
  const market = 'Wann ist nächste Woche Markt? Und darf mein Hund mit?'
  await phones.writes(inge, market)
  const asking = await (await at('aylin')).finds(market)
  await phones.introduce(inge, { blocked: true })
  await (await at('aylin')).answers(asking.id, {
    text: 'Mittwoch und Samstag von 7 bis 13 Uhr, der Hund bitte an der Leine.',
  })
  await phones.introduce(inge, { blocked: false })

  await ago(55 * minuteMs)
  await phones.writes(thomas, 'Guten Tag, ich bin umgezogen. Kann ich mich hier ummelden?')
  await ago(50 * minuteMs)
  await phones.writes(
    erika,
    'Guten Tag, in der *Lindenstraße* vor der Bäckerei ist ein tiefes Loch in der Fahrbahn. An wen kann ich mich wenden?',
  )
  await ago(49 * minuteMs)
  await phones.sends(erika, 'photo', 'So sieht es seit gestern aus.')
  await ago(40 * minuteMs)
  await phones.edits(jannik, asked, clarified)
  await ago(35 * minuteMs)
  await phones.writes(max, 'Hallo, wann hat der Wertstoffhof am Samstag offen?')
  await ago(12 * minuteMs)
  const birth = 'Bekomme ich die Geburtsurkunde meiner Tochter auch auf Englisch?'
  await phones.writes(otherThomas, birth)
  await (await at('aylin')).finds(birth)

  await arriveAt('Ordnungsamt')
  await ago(10 * minuteMs)
  await phones.writes(pawel, 'Darf ich am Samstag für den Umzug eine Halteverbotszone aufstellen?')
  await ago(9 * minuteMs)
  await phones.sends(pawel, 'pdf', 'Mein Antrag dazu.')
  await ago(8 * minuteMs)
  const again = 'Das Auto von neulich steht immer noch da.'
  await phones.writes(yusuf, again)
  await (await at('jonas')).finds(again)
  await arriveAt('Bürgeramt')
}

/** Nobody has written to the office yet. */
export async function isUntouched({ prisma }: Pick<Inbox, 'prisma'>): Promise<boolean> {
  return (await prisma.contact.count()) === 0
}

/** Whoever left a matter in an office hour of this many days ago; the last of them. */
function lastOf(hours: readonly OfficeHour[], days: number): string {
  return hours.find((hour) => hour.days === days)?.matters.at(-1)?.name ?? ''
}

/** Whose matter of an office hour of this many days ago was left without a word more; the first of them. */
function silentOf(hours: readonly OfficeHour[], days: number): string {
  return hours.find((hour) => hour.days === days)?.matters[0]?.name ?? ''
}

/** From so many days on nobody asks when an answer was delivered. */
const longAgoDays = 4

type Step = { readonly days: number; readonly play: (stage: Stage) => Promise<void> }

/** What happened on other days than in office hours, by how many days ago it was. */
function otherDays(hours: readonly OfficeHour[]): readonly Step[] {
  return [
    { days: 1090, play: agreeWithArchive },
    { days: 1080, play: agreeOnFilingPlan },
    ...[...filedOn].map((days) => ({ days, play: (stage: Stage) => fileMatter(stage, days) })),
    { days: 395, play: (stage) => deleteWhatIsDue(stage, 395) },
    { days: 364, play: handOverInVain },
    { days: 190, play: (stage) => deleteWhatIsDue(stage, 190) },
    { days: 159, play: (stage) => leaveFileUnsent(stage, 159, silentOf(hours, 160)) },
    {
      days: 125,
      play: (stage) =>
        protect(stage, 125, lastOf(hours, 125), (dayIn) => ({
          kind: 'hold',
          reason: 'OBJECTION_PROCEDURE',
          basis: 'ART17_3E',
          reference: '63 W 17/26',
          reviewOn: dayIn(150),
          expiresOn: dayIn(300),
        })),
    },
    { days: 118, play: (stage) => tidyUp(stage, 118, { deleted: 6, kept: 2 }, 'approval') },
    { days: 50, play: (stage) => tidyUp(stage, 50, { deleted: 2, kept: 0 }, 'refusal') },
    { days: 48, play: (stage) => fileRefused(stage, 48, '022.31-4/131') },
    { days: 24, play: weeksAgo },
    { days: 21, play: (stage) => eraseUnlawful(stage, 21) },
    {
      days: 20,
      play: (stage) =>
        protect(stage, 20, lastOf(hours, 20), (dayIn) => ({
          kind: 'hold',
          reason: 'LITIGATION',
          basis: 'ART17_3E',
          reference: '3 K 1234/26',
          reviewOn: dayIn(25),
          expiresOn: dayIn(180),
        })),
    },
    {
      days: 13,
      play: (stage) =>
        protect(stage, 13, lastOf(hours, 13), (dayIn) => ({
          kind: 'restriction',
          reason: 'ART18_1A',
          reviewOn: dayIn(60),
        })),
    },
    { days: 12, play: askForRights },
    { days: 3, play: daysAgo },
    { days: 2.5, play: (stage) => deleteWhatIsDue(stage, 2.5) },
    // Whoever has no matter left goes with the next run.
    { days: 1, play: (stage) => deleteWhatIsDue(stage, 1) },
    { days: 0.1, play: handOver },
    { days: 0, play: today },
    { days: 0, play: wishAtLast },
    { days: 0, play: grantErasure },
  ]
}

/** In their order in time. */
function stepsOfThePast(): readonly Step[] {
  const hours = officeHours()
  const inHours = hours.map((hour) => ({
    days: hour.days,
    play: (stage: Stage) => playOfficeHour(stage, hour),
  }))
  return [...inHours, ...otherDays(hours)].toSorted((one, other) => other.days - one.days)
}

/**
 * Plays the past of a demo office, or what is left of it: a step that was taken is not taken again. With the whole office in this
 * process and the simulated provider on real HTTP, each at the time at which it happens: office hours of three years, whose matters are silent, open,
 * closed, or in the file; runs that have deleted what was due, tidying days that data protection has approved and refused, holds, a restriction, requests, and a run
 * that waits for its second person; filed matters of two years, sealed, handed over, refused and erased; and citizens of both teams who wait, among them
 * one whose answer failed and one who changed what was answered. The ports must be free.
 * @param taken how many steps were taken before @param took told after each further one
 */
export async function playDemoPast(
  { prisma }: Pick<Inbox, 'prisma'>,
  config: Config,
  demo: Demo,
  log: ReturnType<typeof createLog>,
  taken: number,
  took: (steps: number) => Promise<void>,
): Promise<void> {
  const phones = new DemoPhones(demo.simulatorUrl)
  const present = officeClock(config)
  const left = stepsOfThePast().slice(taken)
  // What the worker finds when it starts happens then, too: a ledger that was told something today lets nothing be destroyed in the past.
  let backMs = (left[0]?.days ?? 0) * dayMs
  let clerks = new Map<string, DemoClerk>()
  const clock = { log, now: () => new Date(present().getTime() - backMs) }
  function loginOf(name: string): Demo['logins'][number] {
    const login = demo.logins.find(({ email }) => email.startsWith(`${name}.`))
    if (login === undefined) throw new Error(`Nobody in the demo office is called ${name}.`)
    return login
  }
  await phones.setClock(clock.now())
  const api = await startApi(config, clock)
  const worker = await startWorker(config, clock)
  const asApi = await openOffice(config, { process: 'api', ...clock })
  const asWorker = await openOffice(config, { process: 'worker', ...clock })
  const stage: Stage = {
    office: asApi.office,
    worker: asWorker.office,
    prisma,
    phones,
    now: clock.now,
    ago: async (ms) => {
      if (Math.abs(backMs - ms) > sessionMs) clerks = new Map()
      backMs = ms
      await phones.setClock(clock.now())
    },
    at: async (name) => {
      const clerk = clerks.get(name) ?? (await DemoClerk.signedIn(demo.baseUrl, loginOf(name)))
      clerks.set(name, clerk)
      return clerk
    },
    viewer: async (name) => {
      const { email, role } = loginOf(name)
      const { id, displayName, teams } = await prisma.account.findUniqueOrThrow({
        where: { email },
        include: { teams: true },
      })
      return { accountId: id, displayName, role, teamIds: teams.map(({ teamId }) => teamId) }
    },
    arriveAt: async (name) => {
      const team = await prisma.team.findUniqueOrThrow({ where: { name } })
      await prisma.channel.update({
        where: { id: demo.channel.id },
        data: { teamId: team.id, revision: { increment: 1 } },
      })
    },
  }
  try {
    if (!(await registerDemoWebhook(demo))) throw new Error('The simulator does not answer.')
    await Promise.all(
      Object.entries(people).map(([identity, profile]) => phones.introduce(identity, profile)),
    )
    for (const [place, { days, play }] of left.entries()) {
      await phones.tellAllStatuses(days < longAgoDays)
      await play(stage)
      await took(taken + place + 1)
    }
  } finally {
    await phones.tellAllStatuses(true)
    await phones.setClock(null)
    await asApi.close()
    await asWorker.close()
    await worker.stop()
    await api.stop()
  }
  // Counted while it was the past, when what had expired was still there, and planned for weeks that are over; by nobody any more.
  await prisma.coverage.deleteMany()
  await prisma.plannedWeek.deleteMany()
}
