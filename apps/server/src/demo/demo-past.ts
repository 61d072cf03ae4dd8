import type { DeletionRun, Proposal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import type { Config } from '../config.ts'
import type { createLog } from '../monitoring/log.ts'
import { officeClock } from '../process/office-clock.ts'
import { startApi } from '../process/start-api.ts'
import { startWorker } from '../process/start-worker.ts'
import { fileMatters, handOverAndErase, handOverInVain } from './demo-archive.ts'
import type { Demo } from './demo-file.ts'
import { DemoClerk, DemoPhones } from './demo-people.ts'
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

/** Old matters that nobody has closed: what the Löschwerkstatt is for. Who wrote, what, and what was answered; the last word is the office's. */
type OldMatter = { readonly days: number; readonly identity: string; readonly name: string } & Record<
  'question' | 'answer',
  string
>
const oldMatters = {
  aylin: [
    {
      days: 310,
      identity: '491713920101',
      name: 'Sven Albers',
      question: 'Hallo, hat das Bürgeramt am Brückentag offen?',
      answer: 'Guten Tag, ja: wie immer von 8 bis 12 Uhr.',
    },
    {
      days: 260,
      identity: '491713920102',
      name: 'Marlies Kuhn',
      question: 'Kann ich den Reisepass meiner Mutter mit abholen?',
      answer: 'Guten Tag, ja, mit ihrer Vollmacht und Ihrem Ausweis.',
    },
    {
      days: 215,
      identity: '491713920103',
      name: 'Dragan P.',
      question: 'Ich lege Widerspruch gegen den Bescheid vom 12. ein. Die Begründung reiche ich nach.',
      answer: 'Guten Tag, wir haben Ihren Widerspruch und melden uns.',
    },
    {
      days: 170,
      identity: '491713920104',
      name: 'Fatma Y.',
      question: 'Was kostet eine Meldebescheinigung?',
      answer: 'Guten Tag, fünf Euro, mit Karte oder bar.',
    },
  ],
  jonas: [
    {
      days: 240,
      identity: '491713920105',
      name: 'Bernd Oster',
      question: 'Darf ich am Sonntag den Rasen mähen?',
      answer: 'Guten Tag, nein, an Sonn- und Feiertagen ist das nicht erlaubt.',
    },
    {
      days: 190,
      identity: '491713920106',
      name: 'Lena Fuchs',
      question: 'Wo melde ich ein Fundfahrrad?',
      answer: 'Guten Tag, im Fundbüro, Rathaus, Zimmer 3. Danke, dass Sie sich melden!',
    },
    {
      days: 150,
      identity: '491713920107',
      name: 'Klaus Reiter',
      question: 'Die Laterne vor Hausnummer 8 flackert.',
      answer: 'Guten Tag, danke, die Stadtwerke wissen Bescheid.',
    },
  ],
} as const satisfies Readonly<Record<'aylin' | 'jonas', readonly OldMatter[]>>
const teamOf = { aylin: 'Bürgeramt', jonas: 'Ordnungsamt' } as const

/** What the archive has waived: without that nothing may be deleted. */
async function agreeWithArchive({ at }: Stage): Promise<void> {
  const [records, dpo] = [await at('martin'), await at('sabine')]
  const path = '/retention/archive-agreement'
  const { current } = await dpo.ask<{ current: object | null }>('GET', path)
  if (current !== null) return
  const waiver = { basis: 'GV-2026-01', category: 'DA01', validFrom: '2026-01-01', validUntil: null }
  await records.ask('POST', path, {
    land: 'HE',
    answerWithinMonths: 6,
    silence: 'RELEASES_NOTHING',
    mode: { kind: 'GENERAL_WAIVER', waivers: [waiver] },
  })
  const { items } = await dpo.ask<{ items: Proposal[] }>('GET', '/proposals')
  const open = items.find(({ kind, state }) => kind === 'agree-with-archive' && state === 'open')
  await dpo.ask('POST', `/proposals/${open?.id}/approval`)
}

async function monthsAgo(stage: Stage): Promise<void> {
  const { phones, ago, at, arriveAt } = stage
  for (const clerk of ['aylin', 'jonas'] as const) {
    await arriveAt(teamOf[clerk])
    for (const { days, identity, name, question, answer } of oldMatters[clerk]) {
      await ago(days * dayMs)
      await phones.introduce(identity, { profileName: name })
      await phones.writes(identity, question)
      const sitting = await at(clerk)
      await sitting.answers((await sitting.finds(question)).id, { text: answer })
    }
  }
  await arriveAt('Bürgeramt')
}

/** Questions that were answered and closed without a file: in the next weeks their time is up, one after the other. */
const closedMatters: readonly OldMatter[] = [
  {
    days: 38,
    identity: '491713920111',
    name: 'Karin Voss',
    question: 'Wann wird der Sperrmüll in der Gartenstraße geholt?',
    answer: 'Guten Tag, am ersten Dienstag im Monat, bitte ab 6 Uhr hinausstellen.',
  },
  {
    days: 33,
    identity: '491713920112',
    name: 'Milan Horvat',
    question: 'Gibt es für die Anmeldung des Hundes ein Formular?',
    answer: 'Guten Tag, ja, es liegt im Bürgeramt und auf unserer Seite.',
  },
  {
    days: 27,
    identity: '491713920113',
    name: 'Sabine Lorenz',
    question: 'Ist das Freibad bei Regen geöffnet?',
    answer: 'Guten Tag, ja, bei Gewitter schließt es.',
  },
  {
    days: 21,
    identity: '491713920114',
    name: 'Ahmad K.',
    question: 'Wo finde ich den Antrag auf Wohngeld?',
    answer: 'Guten Tag, im Zimmer 4 oder zum Ausfüllen auf unserer Seite.',
  },
  {
    days: 14,
    identity: '491713920115',
    name: 'Jutta Brandl',
    question: 'Bis wann kann ich Grünschnitt abgeben?',
    answer: 'Guten Tag, bis Ende November, samstags von 9 bis 13 Uhr.',
  },
  {
    days: 7,
    identity: '491713920116',
    name: 'Nils Petersen',
    question: 'Kann ich meinen Termin auf Donnerstag legen?',
    answer: 'Guten Tag, ja, Donnerstag um 10 Uhr ist frei und für Sie eingetragen.',
  },
]

async function weeksAgo({ phones, ago, at }: Stage): Promise<void> {
  for (const { days, identity, name, question, answer } of closedMatters) {
    await ago(days * dayMs)
    await phones.introduce(identity, { profileName: name })
    await phones.writes(identity, question)
    const aylin = await at('aylin')
    const { id } = await aylin.finds(question)
    await aylin.answers(id, { text: answer })
    await aylin.closes(id)
  }
}

/** What waits for each of the others: a hold to look at, a request to decide, a run that wants its second person. */
async function forTheOthers({ phones, now, ago, at }: Stage): Promise<void> {
  await ago(30 * minuteMs)
  const wish = 'LÖSCHEN'
  await phones.writes(max, wish)
  await (await at('aylin')).finds(wish)
  const objection = await (await at('aylin')).finds(oldMatters.aylin[2].question)
  const records = await at('martin')
  const { items: holds } = await records.ask<{ items: object[] }>('GET', '/holds')
  if (holds.length === 0)
    await records.ask('POST', '/holds', {
      scope: { kind: 'CONVERSATION', id: objection.id },
      protection: {
        kind: 'hold',
        reason: 'OBJECTION_PROCEDURE',
        basis: 'ART17_3E',
        reference: '63 W 17/26',
        reviewOn: dayIn(now(), 90),
        expiresOn: dayIn(now(), 180),
      },
    })
  const { items: runs } = await records.ask<{ items: DeletionRun[] }>('GET', '/deletion-runs')
  if (!runs.some(({ kind, state }) => kind === 'planned' && state === 'planned'))
    await records.ask('POST', '/deletion-runs', { kind: 'planned' })
}

function dayIn(today: Date, days: number): string {
  return new Date(today.getTime() + days * dayMs).toISOString().slice(0, 10)
}

async function sixWeeksAgo(stage: Stage): Promise<void> {
  const { phones, ago, at, arriveAt } = stage
  await ago(41 * dayMs + 2 * hourMs)
  await agreeWithArchive(stage)
  const question = 'Guten Tag, was brauche ich für einen neuen Personalausweis?'
  await phones.writes(erika, question)
  const { id } = await (await at('aylin')).finds(question)
  await ago(41 * dayMs + hourMs)
  const aylin = await at('aylin')
  await aylin.answers(id, {
    text: 'Guten Tag Frau Musterfrau, Sie brauchen den alten Ausweis und ein Foto, das nicht älter als ein Jahr ist. Einen Termin brauchen Sie nicht.',
  })
  const thanks = 'Vielen Dank, das ging schnell.'
  await phones.writes(erika, thanks)
  await aylin.finds(thanks)
  await aylin.closes(id)

  await arriveAt('Ordnungsamt')
  await ago(40 * dayMs)
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

/**
 * Plays the past of a demo office, or what is left of it: a step that was taken is not taken again. With the whole office in this
 * process and the simulated provider on real HTTP, each at the time at which it happens: matters answered and closed, windows that have
 * closed, and citizens of both teams who wait, among them one whose answer failed and one who changed what was answered; old matters for the
 * Löschwerkstatt, a hold, a request, and a run that waits for its second person; and filed matters of two years, sealed, handed over, refused and erased.
 * The ports must be free.
 */
export async function playDemoPast(
  { prisma }: Pick<Inbox, 'prisma'>,
  config: Config,
  demo: Demo,
  log: ReturnType<typeof createLog>,
): Promise<void> {
  const phones = new DemoPhones(demo.simulatorUrl)
  const present = officeClock(config)
  let backMs = 0
  let clerks = new Map<string, DemoClerk>()
  const clock = { log, now: () => new Date(present().getTime() - backMs) }
  const stage: Stage = {
    phones,
    now: clock.now,
    ago: async (ms) => {
      if (Math.abs(backMs - ms) > sessionMs) clerks = new Map()
      backMs = ms
      await phones.setClock(clock.now())
    },
    at: async (name) => {
      const login = demo.logins.find(({ email }) => email.startsWith(`${name}.`))
      if (login === undefined) throw new Error(`Nobody in the demo office is called ${name}.`)
      const clerk = clerks.get(name) ?? (await DemoClerk.signedIn(demo.baseUrl, login))
      clerks.set(name, clerk)
      return clerk
    },
    arriveAt: async (name) => {
      const team = await prisma.team.findUniqueOrThrow({ where: { name } })
      await prisma.channel.update({
        where: { id: demo.channel.id },
        data: { teamId: team.id, revision: { increment: 1 } },
      })
    },
  }
  const api = await startApi(config, clock)
  const worker = await startWorker(config, clock)
  try {
    if (!(await registerDemoWebhook(demo))) throw new Error('The simulator does not answer.')
    await Promise.all(
      Object.entries(people).map(([identity, profile]) => phones.introduce(identity, profile)),
    )
    await fileMatters(stage)
    await handOverInVain(stage)
    await monthsAgo(stage)
    await sixWeeksAgo(stage)
    await weeksAgo(stage)
    await daysAgo(stage)
    await handOverAndErase(stage)
    await today(stage)
    await forTheOthers(stage)
  } finally {
    await phones.setClock(null)
    await worker.stop()
    await api.stop()
  }
  // Counted while it was the past, when what had expired was still there.
  await prisma.coverage.deleteMany()
}
