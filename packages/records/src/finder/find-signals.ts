import type { Calendar } from '../law/calendar.ts'
import { type RuleHistory, ruleInForce } from '../law/deletion-rule.ts'
import { dueOn, type SubjectEvents } from '../law/due-on.ts'
import type { Instant } from '../law/instant.ts'
import { holdInForce, type LegalHold } from '../law/legal-hold.ts'
import type { Filing } from '../law/subject.ts'
import { isClosingText } from './closing-text.ts'
import type { Conversation } from './conversation.ts'
import { doesNotBelongHere } from './does-not-belong-here.ts'
import { answerBefore, openMatter } from './open-matter.ts'
import { personalDataIn } from './personal-data.ts'
import type { Signal } from './signal.ts'
import { signalSentences } from './signal-sentences.ts'
import { readingOnce } from './words.ts'

/** Grows with every change after which the same conversation may have other signals: whoever keeps them computes them anew. */
export const finderVersion = 3

/** S2: the last message came from the citizen and only says thanks or yes, and nothing is open. */
export function lastMessageIsThanks(conversation: Conversation): Signal | null {
  const thanks = thanksAtTheEnd(conversation)
  return thanks === null || openMatter(conversation) !== null ? null : thanks
}

/** Of a matter that is not open. */
function thanksAtTheEnd({ messages }: Conversation): Signal | null {
  const last = messages.at(-1)
  if (last === undefined || last.direction !== 'IN') return null
  if (!isClosingText(last.text, answerBefore(messages, messages.length - 1))) return null
  return {
    code: 'S2',
    weight: 40,
    detail: 'LAST_MESSAGE_IS_THANKS',
    reason: signalSentences.LAST_MESSAGE_IS_THANKS,
  }
}

const dayMs = 24 * 60 * 60 * 1000
/** From then on a matter that nobody closed counts as silent. */
export const silentAfterDays = 90

/** S1: nobody has written for a long time, and nobody has closed it. The longer, the heavier. */
export function silentAndOpen(
  { closedAt, lastMessageAt }: { readonly closedAt: Instant | null; readonly lastMessageAt: Instant },
  on: Instant,
): Signal | null {
  const days = Math.floor((Date.parse(on) - Date.parse(lastMessageAt)) / dayMs)
  if (closedAt !== null || days < silentAfterDays) return null
  return {
    code: 'S1',
    weight: Math.min(70, 30 + Math.floor(days / 30)),
    detail: 'SILENT',
    reason: signalSentences.SILENT,
  }
}

/** S3: closed, and nobody has decided whether it belongs to a file. */
export function closedUndecided({
  closedAt,
  filing,
}: {
  readonly closedAt: Instant | null
  readonly filing: Filing
}): Signal | null {
  if (closedAt === null || filing !== 'UNDECIDED') return null
  return { code: 'S3', weight: 45, detail: 'CLOSED_UNDECIDED', reason: signalSentences.CLOSED_UNDECIDED }
}

/** S5: no file reference and no note. */
export function neitherFileNorNote({ hasFileReference, hasNote }: Conversation): Signal | null {
  if (hasFileReference || hasNote) return null
  return {
    code: 'S5',
    weight: 25,
    detail: 'NEITHER_FILE_NOR_NOTE',
    reason: signalSentences.NEITHER_FILE_NOR_NOTE,
  }
}

/** S7: media that no message refers to. */
export function mediaWithoutReference({ media }: Conversation): Signal | null {
  const loose = media.filter((each) => !each.referencedByMessage).length
  if (loose === 0) return null
  return {
    code: 'S7',
    weight: 60,
    detail: 'MEDIA_WITHOUT_REFERENCE',
    reason: {
      de: `Dateien ohne zugehörige Nachricht: ${loose} von ${media.length}.`,
      en: `Files that belong to no message: ${loose} of ${media.length}.`,
    },
  }
}

/** S8: personal data in the citizen's texts, by density; special categories weigh more than any number. */
export function personalDataDensity({ messages }: Conversation): Signal | null {
  const inbound = messages.filter((message) => message.direction === 'IN')
  const found = inbound.flatMap((message) => personalDataIn(message.text, message.writtenOn))
  if (found.length === 0) return null
  const sensitive = found.filter((match) => match.kind === 'SPECIAL_CATEGORY').length
  const density = Math.min(1, found.length / inbound.length)
  return {
    code: 'S8',
    weight: Math.round((sensitive > 0 ? 50 : 20) + density * 30),
    detail: sensitive > 0 ? 'SPECIAL_CATEGORY' : 'PERSONAL_DATA',
    reason: {
      de: `Personenbezogene Daten erkannt: ${found.length}, davon Hinweise auf besondere Kategorien (Art. 9, 10 DSGVO): ${sensitive}.`,
      en: `Personal data recognised: ${found.length}, hints at special categories (Art. 9, 10 GDPR) among them: ${sensitive}.`,
    },
  }
}

/** S10: a contact to whom no conversation belongs any more. */
export function contactWithoutConversation(contact: { readonly conversations: number }): Signal | null {
  if (contact.conversations > 0) return null
  return {
    code: 'S10',
    weight: 95,
    detail: 'CONTACT_WITHOUT_CONVERSATION',
    reason: signalSentences.CONTACT_WITHOUT_CONVERSATION,
  }
}

/** S12: a hold that expired without being released, or one in force whose review is overdue. */
export function holdNeedsAttention(holds: readonly LegalHold[], on: Instant): Signal | null {
  const notReleased = holds.filter((hold) => hold.releasedAt === null || on < hold.releasedAt)
  const expired = notReleased.filter((hold) => hold.expiresAt <= on).length
  if (expired > 0) {
    return {
      code: 'S12',
      weight: 70,
      detail: 'HOLD_EXPIRED',
      reason: { de: `Abgelaufene Aussetzungen: ${expired}.`, en: `Expired holds: ${expired}.` },
    }
  }
  const overdue = notReleased.filter((hold) => holdInForce(hold, on) && hold.reviewAt <= on).length
  if (overdue === 0) return null
  return {
    code: 'S12',
    weight: 45,
    detail: 'HOLD_REVIEW_OVERDUE',
    reason: {
      de: `Aussetzungen mit überfälliger Prüfung: ${overdue}.`,
      en: `Holds with an overdue review: ${overdue}.`,
    },
  }
}

/** S13: came in outside office hours and was never accepted by anybody. */
export function neverAccepted({ receivedOutsideOfficeHours, acceptedAt }: Conversation): Signal | null {
  if (!receivedOutsideOfficeHours || acceptedAt !== null) return null
  return {
    code: 'S13',
    weight: 55,
    detail: 'NEVER_ACCEPTED',
    reason: signalSentences.NEVER_ACCEPTED,
  }
}

/** S14: the rule now in force would have this object deleted earlier than the version it was classified under. */
export function ruleWasShortened(
  classified: { readonly history: RuleHistory; readonly ruleVersion: number; readonly events: SubjectEvents },
  on: Instant,
  calendar: Calendar,
): Signal | null {
  const { history, ruleVersion, events } = classified
  const current = ruleInForce(history, on)
  const assigned = history.find((rule) => rule.version === ruleVersion)
  if (current === undefined || assigned === undefined) return null
  const now = dueOn(current, events, calendar)
  const before = dueOn(assigned, events, calendar)
  if (now.state !== 'DUE_AT' || (before.state === 'DUE_AT' && before.at <= now.at)) return null
  return {
    code: 'S14',
    weight: now.at <= on ? 75 : 20,
    detail: 'RULE_SHORTENED',
    reason:
      now.at <= on
        ? {
            de: 'Nach der verkürzten Löschregel bereits fällig.',
            en: 'Already due under the shortened rule.',
          }
        : signalSentences.RULE_SHORTENED,
  }
}

/** What the finder says of a conversation: why its matter is open (S17), null: it is not; and the signals of its content, strongest first. */
export type Examined = { readonly open: Signal | null; readonly signals: readonly Signal[] }

/** Looks through a conversation once. Of an open matter only what warns of its content is a signal: it is proposed for nothing. */
export function examine(conversation: Conversation): Examined {
  return readingOnce(() => examined(conversation))
}

function examined(conversation: Conversation): Examined {
  const warning = personalDataDensity(conversation)
  const open = openMatter(conversation)
  if (open !== null) return { open, signals: warning === null ? [] : [warning] }
  const signals = [
    thanksAtTheEnd(conversation),
    neitherFileNorNote(conversation),
    mediaWithoutReference(conversation),
    warning,
    doesNotBelongHere(conversation),
    neverAccepted(conversation),
  ]
    .filter((signal) => signal !== null)
    .sort((one, other) => other.weight - one.weight)
  return { open, signals }
}

/** The signals of a conversation's content alone, as {@link examine} finds them. */
export function conversationSignals(conversation: Conversation): Signal[] {
  return [...examine(conversation).signals]
}
