import type { MessageDetails } from '@buergerdraht/contract'
import { europeBerlin, instantAt } from '@buergerdraht/records'
import { roleWords } from '../copies/copy-words.ts'
import { fontFamilies } from '../protocol/fonts.ts'
import { type Written, written } from '../protocol/written.ts'
import type { ChatCorrection, ChatFile, ChatMessage, ChatRecord } from './chat-record.ts'
import {
  eventWords,
  fileWords,
  forwardedWords,
  missingWords,
  relevanceWords,
  statusWords,
  wayWords,
} from './chat-words.ts'

/** What a file of the record became in the document. */
export type PlacedFile = {
  readonly file: ChatFile
  /** Its place among the attachments, from 1. */
  readonly number: number
  /** The name under which it is embedded; null: it is not, for `reason`. */
  readonly embeddedAs: string | null
  readonly reason: string | null
  /** Where the typesetting process finds a small picture of it. */
  readonly picture: string | null
}

/** How much of a quoted message is repeated. */
const maxQuoted = 280

const dayFormat = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'full' })
const timeFormat = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
})

function dayOf(at: string): string {
  const instant = instantAt(Date.parse(at))
  if (instant === undefined) throw new Error('A moment outside the years of the law')
  return europeBerlin.localDate(instant)
}

function time(at: string): string {
  return timeFormat.format(new Date(at))
}

/** `23.11.2026, 14:05 Uhr` in the town hall; on the day itself the time alone. */
function moment(at: string, day?: string): string {
  const own = dayOf(at)
  return own === day ? `${time(at)} Uhr` : `${own.split('-').toReversed().join('.')}, ${time(at)} Uhr`
}

function sizeOf(bytes: number | null): string {
  if (bytes === null) return '–'
  const units = ['Byte', 'kB', 'MB', 'GB'] as const
  const unit = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), 3)
  const value = bytes / 1000 ** unit
  return `${value.toLocaleString('de-DE', { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${units[unit]}`
}

/** `1:05 min` */
function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`
}

function degrees(value: number, [positive, negative]: readonly [string, string]): string {
  const sign = value < 0 ? negative : positive
  return `${Math.abs(value).toLocaleString('de-DE', { maximumFractionDigits: 6 })}° ${sign}`
}

type Fact = { readonly label: string; readonly text: readonly Written[] }

function facts(...all: readonly (readonly [string, string | null])[]): readonly Fact[] {
  return all.flatMap(([label, text]) =>
    text === null || text === '' ? [] : [{ label, text: written(text) }],
  )
}

/** What a kind carries besides its text, as labels and what stands beside them. */
function factsOf(details: MessageDetails | null): readonly Fact[] {
  switch (details?.kind) {
    case 'location':
      return facts(
        ['Standort', details.name],
        ['Anschrift', details.address],
        [
          'Koordinaten',
          `${degrees(details.latitude, ['N', 'S'])}, ${degrees(details.longitude, ['O', 'W'])} (WGS 84)`,
        ],
        ['Verweis', details.url],
      )
    case 'contacts':
      return details.contacts.flatMap(({ name, organisation, phones, emails, requested }) =>
        facts(
          [requested ? 'Kontakt (auf Bitte des Amts)' : 'Kontakt', name ?? 'ohne Namen'],
          ['Organisation', organisation],
          ['Telefon', phones.join(', ')],
          ['E-Mail', emails.join(', ')],
        ),
      )
    case 'choice':
      return facts(['Ausgewählt', details.title], ['Erläuterung', details.description])
    case 'form':
      return details.answers === null
        ? facts(['Formular', 'Die Antworten waren nicht lesbar.'])
        : Object.entries(details.answers).flatMap(([question, answer]) =>
            facts(['Frage', question], ['Antwort', answer === '' ? '–' : answer]),
          )
    case 'order':
      return details.items.flatMap(({ productId, quantity }) =>
        facts(['Bestellt', `${quantity === null ? '' : `${quantity} × `}${productId}`]),
      )
    case 'template':
      return facts(
        ['Vorlage', details.name],
        ...details.buttons.map((button) => ['Schaltfläche', button] as const),
      )
    case 'system':
      return facts(['Grund', details.reason])
    case 'elsewhere':
      return facts(['Anders beantwortet', wayWords[details.way]])
    case 'unsupported':
      return facts(
        ['Art laut WhatsApp', details.type],
        [
          'Inhalt',
          details.unavailable ? 'nur auf dem Telefon der Person vorhanden' : 'hier nicht darstellbar',
        ],
      )
    case undefined:
      return []
  }
}

function correctionOf({ contested, correct, markedAt, withdrawn }: ChatCorrection) {
  return {
    at: `Berichtigung vermerkt am ${moment(markedAt)} (Art. 16 DSGVO)`,
    facts: facts(
      ['Bestritten wird', contested],
      ['Richtig nach Angaben der Person', correct],
      ...(withdrawn === undefined
        ? []
        : ([
            [withdrawn.replaced ? 'Ersetzt' : 'Zurückgenommen', moment(withdrawn.at)],
            ['Grund', withdrawn.reason],
          ] as const)),
    ),
  }
}

const citizen = 'Bürgerin/Bürger'

function whoOf({ direction, kind, sending }: ChatMessage): string {
  if (kind === 'system') return 'Vermerk'
  if (direction === 'inbound') return citizen
  const by = sending?.fromApp === true ? 'Telefon-App' : (roleWords[sending?.role ?? ''] ?? null)
  return by === null ? 'Amt' : `Amt (${by})`
}

function statusOf({ sending, receivedAt, sentAt, kind }: ChatMessage, day: string): readonly string[] {
  if (sending === null) {
    const late = Date.parse(receivedAt) - Date.parse(sentAt) >= 60_000
    return late && kind !== 'system' ? [`eingegangen ${moment(receivedAt, day)}`] : []
  }
  const { deliveredAt, readAt, playedAt, failedAt, errorCode, pseudonym, status } = sending
  const steps = [
    ['zugestellt', deliveredAt],
    ['gelesen', readAt],
    ['abgespielt', playedAt],
    [`nicht zugestellt${errorCode === null ? '' : ` (Fehler ${errorCode})`}`, failedAt],
  ] as const
  const said = steps.flatMap(([word, at]) => (at === null ? [] : [`${word} ${moment(at, day)}`]))
  return [
    ...(said.length === 0 ? [statusWords[status]] : said),
    ...(pseudonym === null ? [] : [`Kennzeichen ${pseudonym}`]),
  ]
}

function shortened(text: string): string {
  const signs = [...text]
  return signs.length <= maxQuoted ? text : `${signs.slice(0, maxQuoted).join('')} …`
}

function fileLines(placed: PlacedFile) {
  const { file, number, picture, embeddedAs } = placed
  const { kind, fileName, state, sizeBytes, durationMs, pages, waveform } = file
  const about = [
    durationMs === null ? null : durationOf(durationMs),
    pages === null ? null : pages === 1 ? '1 Seite' : `${pages} Seiten`,
    sizeBytes === null ? null : sizeOf(sizeBytes),
    state === 'ready' && embeddedAs === null ? 'nicht eingebettet, siehe Anlagen und Prüfsummen' : null,
  ].filter((part) => part !== null)
  return {
    title: fileWords[kind],
    name: written(fileName),
    about: [`Anlage ${number}`, ...about].join(' · '),
    missing: state === 'ready' ? null : `Die Datei ${missingWords[state]}.`,
    picture,
    /** Said to whoever cannot see it. */
    alternative: `${fileWords[kind]}, Anlage ${number}`,
    waveform: kind === 'voice' || kind === 'audio' ? (waveform ?? []) : [],
  }
}

/** So many signs, in a few lines, fit onto any page: such a message is never parted. */
const maxTogether = 400
function isShort({
  text,
  details,
  quoted,
  referral,
  versions,
  reactions,
  files,
  corrections,
}: ChatMessage): boolean {
  const written = text ?? ''
  const beside = [versions, reactions, files, corrections].every(({ length }) => length === 0)
  const isFlat = written.length <= maxTogether && written.split('\n').length <= 6
  return (
    isFlat && beside && quoted === null && referral === null && JSON.stringify(details).length <= maxTogether
  )
}

function messageOf(message: ChatMessage, day: string, placed: ReadonlyMap<string, PlacedFile>) {
  const { kind, text, details, versions, editedAt, revokedAt, quoted, reactions, referral, files } = message
  const system = details?.kind === 'system' ? eventWords[details.event] : null
  return {
    at: time(message.sentAt),
    way: kind === 'system' ? '' : message.direction === 'inbound' ? 'Eingang' : 'Ausgang',
    own: message.direction === 'outbound' && kind !== 'system',
    system: kind === 'system',
    short: isShort(message),
    who: whoOf(message),
    marks: [
      forwardedWords[message.forwarded],
      referral === null ? null : 'Über eine Anzeige gekommen',
      editedAt === null ? null : `Bearbeitet ${moment(editedAt, day)}`,
      revokedAt === null ? null : `Vom Absender zurückgenommen ${moment(revokedAt, day)}`,
    ].filter((mark) => mark !== null),
    quoted:
      quoted === null
        ? null
        : {
            from:
              quoted.direction === null
                ? 'Antwort auf eine Nachricht, die hier nicht vorliegt'
                : `Antwort auf ${quoted.direction === 'inbound' ? citizen : 'Amt'}`,
            text: quoted.text === null ? [] : written(shortened(quoted.text)),
          },
    advertisement: referral?.headline == null ? [] : written(referral.headline),
    text: written(text ?? system ?? ''),
    empty: text === null && system === null && files.length === 0 && details === null,
    facts: factsOf(details),
    files: files.flatMap(({ id }) => {
      const file = placed.get(id)
      return file === undefined ? [] : [fileLines(file)]
    }),
    versions: versions.map((version) => ({
      at: `Fassung von ${moment(version.saidAt, day)}`,
      text: written(version.text ?? '–'),
    })),
    reactions: reactions.map(({ from, emoji, at }) => ({
      emoji: emoji === null ? [] : written(emoji),
      by: `${emoji === null ? 'Reaktion entfernt, ' : ''}${from === 'citizen' ? citizen : 'Amt'}, ${moment(at, day)}`,
    })),
    status: statusOf(message, day).join(', '),
    corrections: message.corrections.map(correctionOf),
  }
}

function daysOf({ messages }: ChatRecord, placed: ReadonlyMap<string, PlacedFile>) {
  const days: { day: string; title: string; messages: ReturnType<typeof messageOf>[] }[] = []
  for (const message of messages) {
    const day = dayOf(message.sentAt)
    if (days.at(-1)?.day !== day)
      days.push({ day, title: dayFormat.format(new Date(message.sentAt)), messages: [] })
    days.at(-1)?.messages.push(messageOf(message, day, placed))
  }
  return days.map(({ title, messages: all }) => ({ title, messages: all }))
}

function headOf(record: ChatRecord): readonly Fact[] {
  const { citizen: person, channel, filing, openedAt, closedAt, sealedAt } = record
  const names = [person.name, person.username === null ? null : `@${person.username}`]
  const decided = [
    relevanceWords[filing.relevance],
    filing.decidedAt === null ? null : `am ${moment(filing.decidedAt)}`,
    filing.role === null ? null : `durch ${roleWords[filing.role] ?? filing.role}`,
  ]
  return facts(
    ['Aktenzeichen', record.fileReference ?? 'ohne Aktenzeichen'],
    [citizen, names.filter((name) => name !== null).join(', ') || 'ohne Namen'],
    ['Nummer', person.number ?? person.maskedNumber ?? 'nicht bekannt'],
    ['Kanal', `WhatsApp, ${channel.name} (${channel.number})`],
    ['Vorgang', `${moment(openedAt)} bis ${moment(closedAt)}`],
    ['Entscheidung', decided.filter((part) => part !== null).join(' ')],
    [
      'Archivwürdig',
      filing.archiveBasis === null
        ? null
        : `nach Entscheidung des öffentlichen Archivs ${filing.archiveBasis}`,
    ],
    ['Aufbewahrung', `${filing.rule}, ${filing.class}`],
    ['Versiegelt', moment(sealedAt)],
    ['Kennung', record.conversation],
    ['Fortsetzung von', record.continues],
  )
}

function listed({ file, number, embeddedAs, reason }: PlacedFile) {
  return {
    number: String(number),
    name: written(embeddedAs ?? file.fileName),
    about: `${file.mediaType}, ${sizeOf(file.sizeBytes)}${reason === null ? '' : `; nicht eingebettet: ${reason}`}`,
    sha256: file.sha256 ?? 'keine Prüfsumme',
  }
}

/** The name under which the record itself is embedded. */
export const recordName = 'gespraech.json'

/** What the template says of a record, all of it words and places of pictures. */
export function chatPage(record: ChatRecord, files: readonly PlacedFile[], recordSha256: string) {
  const placed = new Map(files.map((one) => [one.file.id, one]))
  const [year, month, day] = dayOf(record.sealedAt).split('-').map(Number)
  return {
    fonts: fontFamilies,
    title: `Gesprächsniederschrift ${(record.fileReference ?? record.conversation).replace(/\p{C}/gu, ' ')}`,
    made: { year, month, day },
    office: written(record.office.name),
    team: written(record.office.team),
    reference: written(shortened(record.fileReference ?? 'ohne Aktenzeichen')),
    head: headOf(record),
    corrections: record.corrections.map(correctionOf),
    nothingWritten:
      record.continues === null
        ? 'In diesem Vorgang wurde nichts geschrieben.'
        : 'Seit der Versiegelung hat sich an den Nachrichten nichts geändert.',
    days: daysOf(record, placed),
    files: [
      {
        number: '–',
        name: written(recordName),
        about: 'application/json; alle Nachrichten dieses Vorgangs',
        sha256: recordSha256,
      },
      ...files.map(listed),
    ],
    notices: record.notices.map(({ version, sentAt, deliveredAt, status }) => [
      version,
      moment(sentAt),
      deliveredAt === null ? statusWords[status] : `zugestellt ${moment(deliveredAt)}`,
    ]),
    numberMasked: record.citizen.number === null && record.citizen.maskedNumber !== null,
  }
}
