import type { AccessCopy, PortableCopy } from '@buergerdraht/contract'
import { europeBerlin, instantAt } from '@buergerdraht/records'
import { statusWords, wayWords } from '../archive/chat-words.ts'
import { actWords, roleWords, waitWords } from './copy-words.ts'

/** `16.11.2026 13:05`, in the town hall. */
function moment(iso: string): string {
  const instant = instantAt(Date.parse(iso))
  if (instant === undefined) throw new Error('A moment outside the years of the law')
  const day = europeBerlin.localDate(instant).split('-').toReversed().join('.')
  const time = new Intl.DateTimeFormat('de-DE', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
  })
  return `${day} ${time.format(new Date(iso))}`
}

type Rule = AccessCopy['personRule']
function ruleLine({ cluster, title, version, dueAt, waitsFor }: Rule): string {
  const when = dueAt === null ? (waitWords[waitsFor ?? ''] ?? 'steht noch nicht fest') : `am ${moment(dueAt)}`
  return `${cluster} ${title}, Regel LR-${cluster}@${version}; Löschung: ${when}`
}

function noticeLine({
  version,
  variant,
  sentAt,
  status,
  deliveredAt,
  rule,
}: AccessCopy['notices'][number]): string {
  const arrived = deliveredAt === null ? statusWords[status] : `zugestellt ${moment(deliveredAt)}`
  return `Fassung ${version}${variant === 'easy' ? ' in Leichter Sprache' : ''}, gesendet ${moment(sentAt)}, ${arrived}. ${ruleLine(rule)}`
}

type Matters = (AccessCopy | PortableCopy)['matters']
type Message = Matters[number]['messages'][number]

const withheldWords = {
  'another-person': 'geschwärzt: betrifft eine andere Person',
  unavailable: 'nicht vorhanden oder nicht lesbar',
} as const

function messageOf(message: Message) {
  const {
    from,
    kind,
    way,
    sentAt,
    deliveredAt,
    readAt,
    revokedAt,
    advertisement,
    wordings,
    files,
    reactions,
    corrections,
  } = message
  const status = [
    way === undefined ? null : `${wayWords[way]} beantwortet, ${statusWords.elsewhere}`,
    deliveredAt === null ? null : `zugestellt ${moment(deliveredAt)}`,
    readAt === null ? null : `gelesen ${moment(readAt)}`,
    revokedAt === null ? null : `zurückgenommen ${moment(revokedAt)}; wird niemandem mehr gezeigt`,
    advertisement === null ? null : `über die Anzeige „${advertisement}“`,
    ...reactions.map((one) => `Reaktion ${one.from === 'person' ? 'von Ihnen' : 'des Amts'}: ${one.emoji}`),
  ].filter((line) => line !== null)
  return {
    who: from === 'person' ? 'Sie' : kind === 'system' ? 'Vermerk' : 'Amt',
    at: moment(sentAt),
    status: status.join('; '),
    wordings: wordings.map(({ text, until }) => ({
      text: text ?? '',
      until: until === null ? '' : `galt bis ${moment(until)}`,
    })),
    files: files.map(({ name, path, withheld, mediaType, sizeBytes, cluster, dueAt }) =>
      [
        withheld === null ? `${name} (im Paket: ${path})` : `Datei, ${withheldWords[withheld]}`,
        mediaType,
        sizeBytes === null ? null : `${sizeBytes} Byte`,
        cluster,
        dueAt === null ? null : `Löschung am ${moment(dueAt)}`,
      ]
        .filter((part) => part !== null)
        .join(', '),
    ),
    corrections: corrections.map(correctionLine),
  }
}

function correctionLine({
  at,
  contested,
  correct,
  withdrawn,
}: AccessCopy['matters'][number]['corrections'][number]): string {
  const mark = `Berichtigung vermerkt am ${moment(at)}. Bestritten: ${contested ?? ''}. Richtig nach Ihren Angaben: ${correct ?? ''}.`
  if (withdrawn === null) return mark
  return `${mark} ${withdrawn.replaced ? 'Durch einen anderen Vermerk ersetzt' : 'Zurückgenommen'} am ${moment(withdrawn.at)}. Grund: ${withdrawn.reason ?? ''}.`
}

function matterOf(matter: Matters[number]) {
  const own = 'rule' in matter ? matter : null
  return {
    title: `Vorgang vom ${moment(matter.openedAt)}`,
    facts: [
      own === null ? null : `Team: ${own.team}`,
      matter.closedAt === null ? 'offen' : `geschlossen am ${moment(matter.closedAt)}`,
      own === null ? null : ruleLine(own.rule),
      own?.fileReference == null ? null : `Aktenzeichen: ${own.fileReference}`,
      matter.readable ? null : 'Der Schlüssel ist vernichtet; den Inhalt kann niemand mehr lesen.',
    ].filter((line) => line !== null),
    corrections: own?.corrections.map(correctionLine) ?? [],
    messages: matter.messages.map(messageOf),
    notes: own?.notes.map(({ savedAt, text }) => ({ at: moment(savedAt), text: text ?? '' })) ?? [],
  }
}

const identityWords = {
  phone: 'Telefonnummer',
  bsuid: 'WhatsApp-Kennung',
  'parent-bsuid': 'WhatsApp-Kennung (übergeordnet)',
} as const

/** What the template says, all of it words. */
export function copyData(copy: AccessCopy | PortableCopy) {
  const { person, madeAt, request, elsewhere, matters } = copy
  const [year, month, day] = madeAt.slice(0, 10).split('-').map(Number)
  const access = copy.article === 15 ? copy : null
  return {
    title: access === null ? 'Ihre Daten (Art. 20 DSGVO)' : 'Auskunft über Ihre Daten (Art. 15 DSGVO)',
    made: { year, month, day, text: moment(madeAt) },
    request: `Antrag vom ${moment(request.receivedAt)}, Kennzeichen ${request.id}`,
    person: [
      ...(person.profileName === null ? [] : [`Name im Profil: ${person.profileName}`]),
      ...(person.username === null ? [] : [`Benutzername: ${person.username}`]),
      ...person.identities.map(
        ({ kind, value, since, until }) =>
          `${identityWords[kind]}: ${value}, seit ${moment(since)}${until === null ? '' : ` bis ${moment(until)}`}`,
      ),
      ...(access === null ? [] : [ruleLine(access.personRule)]),
    ],
    information: access?.information ?? [],
    notices: access?.notices.map(noticeLine) ?? [],
    recipients: access?.recipients ?? [],
    matters: matters.map(matterOf),
    elsewhere: elsewhere.map(({ team, matters: count }) => `${team}: ${count}`),
    accesses:
      access?.accesses.map(({ at, act, role }) => ({
        at: moment(at),
        act: actWords[act] ?? act,
        role: roleWords[role] ?? role,
      })) ?? [],
    blackedOut: access?.blackedOut ?? 0,
  }
}

/** The copy for people, in Typst (A4, tagged). Whatever it says of comes as JSON under `data`: words that citizens wrote are never markup. */
export const copyTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(lang: "de", size: 10pt)
#set page(paper: "a4", margin: 20mm, footer: context align(right)[#data.title, Seite #counter(page).display("1 / 1", both: true)])
#set table(stroke: 0.4pt + luma(60%), inset: 4pt)
#show table.cell.where(y: 0): strong
#let quiet(body) = text(size: 8.5pt, fill: luma(30%), body)

= #data.title

#data.request. Erstellt am #data.made.text. #if data.blackedOut > 0 [Was andere Personen betrifft, ist geschwärzt (#data.blackedOut Stellen oder Dateien, Art. 15 Abs. 4 DSGVO).]

#if data.elsewhere.len() > 0 [
  Weitere Vorgänge von Ihnen liegen bei anderen Stellen, die ihren Teil gesondert geben: #data.elsewhere.join(", ").
]

== Wer Sie hier sind

#if data.person.len() == 0 [Dazu ist nichts mehr gespeichert.] else [#list(..data.person.map(line => [#line]))]

#if data.information.len() > 0 [
  == Was Sie wissen sollen (Art. 15 Abs. 1 und 2 DSGVO)

  #for one in data.information [+ #one.text

  ]

  == Empfänger

  #table(columns: (1fr, 2fr), table.header([Wer], [Wofür]), ..data.recipients.map(one => (one.who, one.what)).flatten())
]

#if data.notices.len() > 0 [
  == Was Ihnen zum Datenschutz gesendet wurde

  #list(..data.notices.map(line => [#line]))
]

#for matter in data.matters [
  == #matter.title

  #list(..matter.facts.map(line => [#line]))
  #for line in matter.corrections [#par[*#line*]]

  #for message in matter.messages [
    #block(breakable: true, above: 1em)[
      *#message.who*, #message.at #if message.status != "" [#quiet[(#message.status)]]
      #for wording in message.wordings [#par[#if wording.until != "" [#quiet[#wording.until:] ]#wording.text]]
      #for file in message.files [#par[#quiet[Datei: #file]]]
      #for line in message.corrections [#par[*#line*]]
    ]
  ]
  #if matter.notes.len() > 0 [
    === Begonnene, nicht gesendete Antworten

    #for note in matter.notes [#par[#quiet[#note.at:] #note.text]]
  ]
]

#if data.accesses.len() > 0 [
  == Wer zugegriffen hat, nach Rolle

  #table(columns: (auto, 1fr, auto), table.header([Zeitpunkt], [Was], [Rolle]), ..data.accesses.map(one => (one.at, one.act, one.role)).flatten())
]
`
