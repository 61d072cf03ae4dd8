import { isQuestionByItsAnswer } from './answered-question.ts'
import { isClosingText, isOnlyGreeting } from './closing-text.ts'
import type { Conversation, SeenMessage } from './conversation.ts'
import { doesNotBelongHere } from './does-not-belong-here.ts'
import { promises } from './office-promise.ts'
import { asksSomething, isFormal, saysOf } from './said-of-matter.ts'
import type { Signal, SignalDetail } from './signal.ts'
import { signalSentences } from './signal-sentences.ts'
import { datesIn } from './written-date.ts'

/**
 * S17: whether the matter is still open, by everything that both sides wrote. Whatever can go is asked this first: an open matter is
 * proposed for nothing. When in doubt it is open, because a wrong "done" loses something and a wrong "open" costs a look.
 *
 * `null` says that nothing was found that is open, and for what does not belong here at all (S9).
 */
export function openMatter(conversation: Conversation): Signal | null {
  const { messages } = conversation
  if (messages.length === 0 || doesNotBelongHere(conversation) !== null) return null
  const inbound = messages.filter(({ direction }) => direction === 'IN')
  if (inbound.some(({ text }) => isFormal(text))) return open('FORMAL_REQUEST')
  if (hasUnanswered(messages)) return open('UNANSWERED')
  if (hasUnsettled(messages) && citizenSettled(messages) === null) return open('UNANSWERED')
  if (officeAsked(messages)) return open('OFFICE_ASKED')
  if (officePromised(messages) && citizenSettled(messages) !== 'CONFIRMED') return open('PROMISE')
  if (appointmentAhead(messages)) return open('APPOINTMENT')
  return citizenAnnounced(messages) ? open('ANNOUNCED') : null
}

/** Something that is no thanks and no greeting came in behind the last answer. */
function hasUnanswered(messages: readonly SeenMessage[]): boolean {
  const lastAnswer = messages.findLastIndex(({ direction }) => direction === 'OUT')
  const answer = messages[lastAnswer]?.text ?? ''
  return messages
    .slice(lastAnswer + 1)
    .some(({ text }) => !isClosingText(text, answer) && !isOnlyGreeting(text))
}

/**
 * "Hat geklappt, danke": the citizen says that it is done, or that the answer was enough. Counts for one matter only: everything else that
 * came in before must have been asked and answered, too.
 */
function citizenSettled(messages: readonly SeenMessage[]): 'CONFIRMED' | 'HELPED' | null {
  const lastAnswer = messages.findLastIndex(({ direction }) => direction === 'OUT')
  const said = messages.slice(lastAnswer + 1)
  const asked = messages.slice(0, lastAnswer).findLastIndex(({ direction }) => direction === 'IN')
  if (asked === -1 || hasUnsettled(messages.slice(0, messages.indexOf(turnStart(messages, asked)))))
    return null
  if (said.some(({ text }) => saysOf(text, 'CONFIRMED'))) return 'CONFIRMED'
  return said.some(({ text }) => saysOf(text, 'HELPED')) ? 'HELPED' : null
}

function turnStart(messages: readonly SeenMessage[], index: number): SeenMessage {
  return turnOf(messages, index)[0] as SeenMessage
}

/**
 * Something was reported, ordered or asked to be done, and no answer says that it is. A question is settled by its answer; "Ampel kaputt"
 * or "Können Sie mich anrufen?" only by the deed.
 */
function hasUnsettled(messages: readonly SeenMessage[]): boolean {
  return messages.some(({ text, direction }, index) => {
    if (direction !== 'IN' || isClosingText(text, answerBefore(messages, index)) || isOnlyGreeting(text))
      return false
    const turn = turnOf(messages, index)
    if (
      turn.some((each) => asksSomething(each.text)) &&
      !turn.some((each) => saysOf(each.text, 'TO_BE_DONE'))
    )
      return false
    const answers = messages.slice(index + 1).filter((later) => later.direction === 'OUT')
    if (isQuestionByItsAnswer(turn, answers[0]?.text ?? '')) return false
    return !answers.some((later) => saysOf(later.text, 'DONE') || isOnlyHours(later.text))
  })
}

/** What the office wrote last before this message. */
export function answerBefore(messages: readonly SeenMessage[], index: number): string {
  return messages.slice(0, index).findLast(({ direction }) => direction === 'OUT')?.text ?? ''
}

/** "Di bis Fr 10 bis 18 Uhr.": whoever is answered with nothing but opening hours had asked for them. */
function isOnlyHours(text: string): boolean {
  return (
    text.length <= maxHoursLength &&
    openingHours.test(text) &&
    !promises(text) &&
    !saysOf(text, 'APPOINTMENT')
  )
}

const maxHoursLength = 60

/** What came in between two answers. */
function turnOf(messages: readonly SeenMessage[], index: number): readonly SeenMessage[] {
  const before = messages.slice(0, index).findLastIndex(({ direction }) => direction === 'OUT')
  const behind = messages.findIndex(({ direction }, at) => at > index && direction === 'OUT')
  return messages.slice(before + 1, behind === -1 ? messages.length : behind)
}

/** The last answer asks something or wants something, and not out of courtesy. */
function officeAsked(messages: readonly SeenMessage[]): boolean {
  const last = messages.findLastIndex(({ direction }) => direction === 'OUT')
  const text = messages[last]?.text ?? ''
  if (saysOf(text, 'DEMAND') || asksUntil.test(text)) return true
  return text.includes('?') && !saysOf(text, 'COURTESY')
}

/** "Bitte bringen Sie … bis Ende Juli": a deadline that the office set. */
const asksUntil =
  /(?<!\p{L})(?:bitte|müssen sie|please)(?!\p{L})[^.!?]{0,80}?(?<!\p{L})(?:bis|spätestens|by|until) (?:zum |ende |anfang |mitte |spätestens |montag|dienstag|mittwoch|donnerstag|freitag|morgen|[0-9]{1,2}\.[0-9]{0,2}(?!\d| ?uhr)|the |monday|friday)/iu

/** The office promised something, and no later answer says that it is done. */
function officePromised(messages: readonly SeenMessage[]): boolean {
  const promised = messages.findLastIndex(({ text, direction }) => direction === 'OUT' && promises(text))
  if (promised === -1) return false
  return !messages
    .slice(promised + 1)
    .some(({ text, direction }) => direction === 'OUT' && saysOf(text, 'DONE') && !promises(text))
}

/** An appointment was spoken of, and a day or hour given for it that does not lie before the last message. */
function appointmentAhead(messages: readonly SeenMessage[]): boolean {
  const outbound = messages.filter(({ direction }) => direction === 'OUT')
  const inbound = messages.filter(({ direction }) => direction === 'IN')
  const spokenOf = messages.some(({ text }) => saysOf(text, 'APPOINTMENT'))
  const offered = inbound.some(({ text }) => offersToCome.test(text))
  // "Wann ist die Ratssitzung?" asks for a day and an hour and gets them; whoever did not ask is to come then.
  const asked = inbound.some(({ text }) => asksWhen.test(text) && !asksWhenToCome.test(text))
  if (outbound.some(({ text }) => saysOf(text, 'NO_APPOINTMENT'))) return false
  const named = inbound.some(({ text }) => saysOf(text, 'WEEKDAY') || datesIn(text).length > 0)
  const lastOn = messages.at(-1)?.writtenOn ?? ''
  return outbound.some(({ text }) => {
    if (openingHours.test(text) || (closed.test(text) && !clock.test(text))) return false
    const dates = datesIn(text)
    if (dates.length > 0 && dates.every((date) => isBefore(date, lastOn))) return false
    const day = dates.length > 0 || saysOf(text, 'WEEKDAY')
    if (spokenOf) return day || clock.test(text)
    if (offered && clock.test(text) && !hourLimit.test(text)) return true
    return !asked && saysOf(text, 'WEEKDAY') && !named && !pastOrLimit.test(text)
  })
}

const closed = /(?<!\p{L})(?:geschlossen|geöffnet|closed|feiertag)(?!\p{L})/iu
const clock =
  /(?<!\d)(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?!\d)|(?<!\d)[0-9]{1,2} ?(?:uhr|h|am|pm)(?![\p{L}])/iu
/** "Kann ich heute noch kommen?": an hour in the answer is an appointment, "bis 18 Uhr" is none. */
const offersToCome =
  /(?<!\p{L})(?:kann|könnte|darf|soll|ko|kon|derf) (?:ich|i|man|wir|mir|er|sie)(?!\p{L})[^.!?]{0,50}?(?<!\p{L})(?:kommen|komma|kemma|vorbei\p{L}*|bringen|abholen|holen|abgeben)(?!\p{L})|(?<!\p{L})(?:can|could|may) (?:i|we)(?!\p{L})[^.!?]{0,50}?(?<!\p{L})(?:come|drop|pick|bring|collect)(?!\p{L})/iu
const hourLimit = /(?<!\p{L})(?:bis|ab|von|nach|vor|zwischen|until|till|from|after|before) (?:um )?[0-9]/iu
const pastOrLimit = /(?<!\p{L})(?:heute früh|seit|bis|until|since|gestern|letzte)(?!\p{L})/iu
const asksWhen =
  /(?<!\p{L})(?:wann|when|what time|ne zaman|kaçta|saat kaç|متى|коли|когда|о котрій|во сколько|kiedy|o której|când|cand|la ce oră)(?!\p{L})/iu
const asksWhenToCome =
  /(?<!(?:bis|ab|seit) )(?:wann|when|kiedy|коли|когда|când) (?:kann|könnte|könnten|darf|soll|muss|müssen|können|passt|hätten|can|could|should|shall|mogę|można|можу|можна|могу|можно|pot|я)/iu
/** "Mo–Fr 8–12 Uhr", "8 bis 16 Uhr", "dienstags": when the office is open, not when somebody has to come. */
const openingHours =
  /(?<!\d)[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:uhr)? ?(?:-|–|bis|und) ?[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:uhr|h)?|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag)s(?!\p{L})|\b(?:mo|di|mi|do|fr)\.? ?(?:-|–|bis|\+|und) ?(?:di|mi|do|fr|sa)\b/iu

function isBefore(
  date: { year: number | null; month: number; day: number; shortYear: boolean },
  on: string,
): boolean {
  const year = date.year === null ? Number(on.slice(0, 4)) : date.shortYear ? 2000 + date.year : date.year
  const written = `${year}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`
  // Without a year January is next January when it is December now.
  if (date.year === null && written < on) return Number(on.slice(5, 7)) - date.month < 6
  return written < on
}

/** The citizen will send, bring or say something, and the office has not received it since. */
function citizenAnnounced(messages: readonly SeenMessage[]): boolean {
  const announced = messages.findLastIndex(
    ({ text, direction }) =>
      direction === 'IN' && !text.includes('?') && !asksWhatToDo.test(text) && saysOf(text, 'ANNOUNCED'),
  )
  if (announced === -1) return false
  // "Hier ist das Foto, der Rest folgt": what is received then is not the rest.
  if (announcesRest.test(messages[announced]?.text ?? '')) return true
  return !messages
    .slice(announced + 1)
    .some(({ text, direction }) => direction === 'OUT' && saysOf(text, 'DONE'))
}

/** Turkish asks "how much will I pay" in the words that announce. */
const asksWhatToDo = /(?<!\p{L})(?:kaç|nereye|nasıl|ne zaman|neyle|hangi)(?!\p{L})/iu
const announcesRest = /(?<!\p{L})(?:rest|alles (?:weitere|andere)|den rest|remaining|the rest)(?!\p{L})/iu

type OpenDetail = Extract<
  SignalDetail,
  'FORMAL_REQUEST' | 'UNANSWERED' | 'OFFICE_ASKED' | 'PROMISE' | 'APPOINTMENT' | 'ANNOUNCED'
>

function open(detail: OpenDetail): Signal {
  return { code: 'S17', weight: 100, detail, reason: signalSentences[detail] }
}
