import { Refusal } from '@buergerdraht/contract'
import { type Inbox, sendReply } from '@buergerdraht/inbox'
import {
  asInstant,
  asViewer,
  type Change,
  contentTeamsOf,
  type OfficeContext,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { europeBerlin, type LocalDate } from '@buergerdraht/records'
import { readAllEntries } from '../broken-ledger/broken-ledger.ts'
import type { ObjectKind } from '../destroy/objects.ts'
import { countsOf, type DeleteEntry, titleOf } from '../protocol/protocol-words.ts'
import { typeset } from '../protocol/typeset.ts'
import { decideByLaw } from '../runs/decide-by-law.ts'
import { sentenceOf } from '../runs/read-runs.ts'
import { residueUntil } from '../runs/residue.ts'
import { askedBy } from './erase-on-request.ts'
import { letterTemplate } from './letter-template.ts'
import { type RequestRow, requestColumns } from './read-requests.ts'

type AtProviders = { readonly until: Date | null; readonly open: boolean }
type Run = { readonly ended_at: Date; readonly ledger_entries: readonly number[] }

type Letter = {
  readonly receivedOn: string
  /** What was chosen, in words; null: it was about everything. */
  readonly about: string | null
  /** By cluster and kind of object. */
  readonly went: readonly string[]
  /** How many of what, and why. */
  readonly stays: readonly { readonly what: string; readonly sentence: string }[]
  /** The last day on which a rest lies in backups or with the provider. */
  readonly residueUntil: string
  /** With a provider something is still to be deleted: of that the day is not known yet. */
  readonly openAtProvider: boolean
}

/** `16.11.2026` */
function dayName(date: LocalDate | string): string {
  return date.split('-').toReversed().join('.')
}

/** The runs that were carried out for an erasure, and what the law says now of what is left. */
async function readErasure(office: OfficeContext, { client }: Change, id: string) {
  const { rows } = await client.query<RequestRow>(
    `select ${requestColumns} from data_subject_request where id = $1 and kind = 'ERASURE'`,
    [id],
  )
  const [request] = rows
  if (request === undefined) throw new Refusal('not-found')
  const { rows: runs } = await client.query<Run>(
    `select ended_at, ledger_entries from deletion_run where id = any($1::uuid[]) and state = 'completed' order by ended_at`,
    [request.run_ids],
  )
  if (runs.length === 0) throw new Refusal('nothing-erased-yet')
  const fates = await decideByLaw(
    client,
    await askedBy(client, request, null),
    office.now(),
    'as-planned-now',
  )
  const { rows: tasks } = await client.query<AtProviders>(
    `select max(residue_until) as until, coalesce(bool_or(residue_until is null), false) as open from processor_task where ledger_entry = any($1::int[])`,
    [runs.flatMap((run) => run.ledger_entries)],
  )
  return { request, runs, fates, atProviders: tasks[0] ?? { until: null, open: false } }
}

/** Of the ledger alone: what was destroyed, and until when a rest lies somewhere. */
async function wentIn({ pool }: Pick<OfficeContext, 'pool'>, folder: string, places: readonly number[]) {
  const wanted = new Set(places)
  const totals = new Map<string, number>()
  let until = ''
  if (wanted.size > 0)
    for await (const { place, entry } of readAllEntries(pool, folder, Math.min(...wanted))) {
      if (entry?.type !== 'DELETE' || !wanted.delete(place)) continue
      for (const [kind, n] of countsOf(entry)) {
        const line = `${titleOf((entry satisfies DeleteEntry).cluster)}: ${kind}`
        totals.set(line, (totals.get(line) ?? 0) + n)
      }
      if (entry.residueUntil > until) until = entry.residueUntil
    }
  const went = [...totals].map(([line, n]) => `${line}: ${n}`)
  // What stood in a ledger that was given up is deleted all the same.
  const lost = wanted.size === 0 ? [] : ['Weiteres, dessen Verzeichnis nicht mehr lesbar ist']
  return { went: [...went, ...lost], until }
}

async function readLetter(
  office: OfficeContext,
  folder: string,
  viewer: Viewer,
  id: string,
): Promise<Letter> {
  requireMay(viewer, 'see-requests')
  const { request, runs, fates, atProviders } = await asViewer(office, viewer, async (changing) => {
    const { rowCount } = await changing.client.query('select 1 from data_subject_request where id = $1', [id])
    if (rowCount === 0) throw new Refusal('not-found')
    return withOwnRights(changing, () => readErasure(office, changing, id))
  })
  const { went, until } = await wentIn(
    office,
    folder,
    runs.flatMap((run) => run.ledger_entries),
  )
  // In backups, and with the provider: what it was asked for says until when.
  const last = runs.at(-1)?.ended_at ?? office.now()
  const days = [
    until,
    residueUntil(europeBerlin.localDate(asInstant(last))),
    ...(atProviders.until === null ? [] : [europeBerlin.localDate(asInstant(atProviders.until))]),
  ]
  const residue = days.toSorted().at(-1) ?? until
  const reasons = new Map<string, Map<ObjectKind, number>>()
  for (const fate of fates) {
    // What could go by now is what came since; a run of its own takes it.
    const sentence =
      'fallenOut' in fate
        ? sentenceOf(fate.fallenOut).de
        : 'Das ist seither dazugekommen, oder es wird gesondert gelöscht.'
    const counts = reasons.get(sentence) ?? new Map<ObjectKind, number>()
    counts.set(fate.item.kind, (counts.get(fate.item.kind) ?? 0) + 1)
    reasons.set(sentence, counts)
  }
  return {
    receivedOn: dayName(europeBerlin.localDate(asInstant(request.received_at))),
    about:
      request.chosen_at === null
        ? null
        : inWords([
            ['message', request.chosen_messages.length],
            ['attachment', request.chosen_files.length],
          ]),
    went,
    stays: [...reasons].map(([sentence, counts]) => ({ sentence, what: inWords([...counts]) })),
    residueUntil: dayName(residue),
    openAtProvider: atProviders.open,
  }
}

const words: Readonly<Partial<Record<ObjectKind, readonly [string, string]>>> = {
  conversation: ['ein Vorgang', 'Vorgänge'],
  message: ['eine Nachricht', 'Nachrichten'],
  attachment: ['eine Datei', 'Dateien'],
}

/** `2 Nachrichten und eine Datei` */
function inWords(counts: readonly (readonly [ObjectKind, number])[]): string {
  return counts
    .flatMap(([kind, n]) => {
      const [one, many] = words[kind] ?? ['ein Eintrag', 'Einträge']
      return n === 0 ? [] : n === 1 ? one : `${n} ${many}`
    })
    .join(' und ')
}

function textOf({ receivedOn, about, went, stays, residueUntil: until, openAtProvider }: Letter): string {
  return [
    `Ihr Antrag auf Löschung vom ${receivedOn} (Art. 17 DSGVO)`,
    '',
    ...(about === null ? [] : [`Ihr Antrag betraf ${about}. Was er nicht betraf, bleibt gespeichert.`, '']),
    went.length === 0 ? 'Es wurde nichts gelöscht.' : 'Gelöscht wurde:',
    ...went.map((line) => `– ${line}`),
    '',
    ...(stays.length === 0
      ? [
          about === null
            ? 'Von Ihnen ist hier kein Vorgang mehr gespeichert.'
            : 'Davon ist hier nichts mehr gespeichert.',
        ]
      : ['Es bleibt:', ...stays.map(({ what, sentence }) => `– ${what}: ${sentence}`)]),
    '',
    `In Sicherungen und bei unserem Dienstleister kann bis zum ${until} ein Rest liegen. Was in Sicherungen liegt, ist ohne seinen vernichteten Schlüssel nicht lesbar. Nach diesem Tag ist auch er fort.`,
    ...(openAtProvider
      ? ['Unser Dienstleister hat die Löschung noch nicht überall bestätigt; wir fordern sie weiter ein.']
      : []),
    '',
    `Dieser Antrag und unsere Antwort bleiben als Nachweis drei Jahre gespeichert (Art. 5 Abs. 2 DSGVO). Sie können sich bei der Datenschutz-Aufsichtsbehörde Ihres Landes beschweren (Art. 77 DSGVO) oder klagen.`,
  ].join('\n')
}

/**
 * What the person is told of an erasure (Art. 12 (3) GDPR): what went, from the deletion ledger; what stays and why, as the law says it now; and the day
 * until which a rest lies in backups or with the provider. It names nobody, and is kept nowhere.
 * @throws Refusal `not-allowed`, `not-found`, `nothing-erased-yet`; LogUnusable
 */
export async function erasureLetter(
  office: OfficeContext,
  folder: string,
  viewer: Viewer,
  id: string,
  format: 'pdf' | 'text',
): Promise<Uint8Array | string> {
  const letter = await readLetter(office, folder, viewer, id)
  if (format === 'text') return textOf(letter)
  const [year, month, day] = europeBerlin.localDate(asInstant(office.now())).split('-').map(Number)
  const data = { made: { year, month, day }, text: textOf(letter).split('\n') }
  return typeset({ template: letterTemplate, data: JSON.stringify(data) })
}

/**
 * Answers with the letter in the newest matter of the person that is open and that this viewer is shown. @param clientId the same one is sent once
 * @throws Refusal `not-allowed`, `not-found`, `nothing-erased-yet`, `no-open-matter`, `window-closed`, `channel-stopped`, `receives-only`, `client-id-reused`; LogUnusable
 */
export async function sendErasureLetter(
  inbox: Inbox,
  folder: string,
  viewer: Viewer,
  id: string,
  clientId: string,
): Promise<void> {
  requireMay(viewer, 'open-requests')
  const text = textOf(await readLetter(inbox, folder, viewer, id))
  const matter = await asViewer(inbox, viewer, async ({ tx, client }) => {
    const { rows } = await client.query<{ contact_id: string }>(
      'select contact_id from data_subject_request where id = $1',
      [id],
    )
    const open = await tx.conversation.findFirst({
      where: {
        contactId: rows[0]?.contact_id ?? '',
        state: 'open',
        condemnedBy: null,
        teamId: { in: contentTeamsOf(viewer) },
      },
      orderBy: { openedAt: 'desc' },
      select: { id: true },
    })
    if (open === null) throw new Refusal('no-open-matter')
    // What stays is said anew each time; what was sent is not sent again with other words.
    const sent = await tx.message.count({ where: { conversationId: open.id, clientId } })
    return sent > 0 ? null : open
  })
  if (matter === null) return
  await sendReply(inbox, viewer, matter.id, { clientId, text })
}
