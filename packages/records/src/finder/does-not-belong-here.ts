import { isClosingText, isOnlyGreeting } from './closing-text.ts'
import type { Conversation } from './conversation.ts'
import {
  namesOtherTown,
  namesPlaceForAnotherReason,
  postalCodesIn,
  soundsLikeSpam,
  soundsMisdirected,
  soundsPrivate,
  tellsOfFraud,
} from './misplaced.ts'
import { isFormal } from './said-of-matter.ts'
import type { Signal } from './signal.ts'
import { signalSentences } from './signal-sentences.ts'
import { sameWording, wordingOf } from './wording.ts'

/**
 * S9: spam, misdirected, for another municipality, or said already elsewhere; the strongest of them. Never for what objects, applies,
 * complains or demands something: that is somebody's right, wherever it arrived.
 */
export function doesNotBelongHere(conversation: Conversation): Signal | null {
  const { messages, wordingsElsewhere, ownPostalCodes } = conversation
  const inbound = messages.filter(({ direction }) => direction === 'IN').map(({ text }) => text)
  if (inbound.some(soundsLikeSpam) && !inbound.some(tellsOfFraud)) {
    return misplaced(80, 'SPAM')
  }
  if (inbound.some(isFormal)) return null
  if (isMisdirected(inbound)) {
    return misplaced(70, 'MISDIRECTED')
  }
  if (isSaidElsewhere(inbound, wordingsElsewhere)) {
    return misplaced(65, 'DUPLICATE')
  }
  if (isForOtherTown(messages, ownPostalCodes)) {
    return misplaced(50, 'OTHER_MUNICIPALITY')
  }
  return null
}

function isMisdirected(inbound: readonly string[]): boolean {
  const said = inbound.findLastIndex((text) => soundsMisdirected([text]))
  if (said === -1 && !soundsMisdirected(inbound))
    return inbound.length > 0 && inbound.every((text) => soundsPrivate(text) && text.length < 160)
  // "Falsche Nummer, sorry. Aber wann habt ihr denn auf?": then it is for the office after all.
  const asksOn = inbound
    .slice(said + 1)
    .some((text) => text.includes('?') || !(isClosingText(text) || isOnlyGreeting(text) || text.length < 40))
  return (
    !asksOn &&
    !/\?[^?]{0,3}$/.test((inbound[said] ?? '').replace(/(?:nummer|number|numara|номер\p{L}*|chat) ?\?/iu, ''))
  )
}

function isSaidElsewhere(inbound: readonly string[], elsewhere: ReadonlySet<string>): boolean {
  if (elsewhere.size === 0) return false
  const wordings = inbound.map(wordingOf).filter((wording) => wording !== '')
  if (wordings.length === 0) return false
  const others = [...elsewhere].filter((wording) => wording !== '')
  function known(wording: string): boolean {
    return others.some((other) => sameWording(wording, other))
  }
  return wordings.every(known) || (wordings.length > 1 && known(wordings.join(' ')))
}

function isForOtherTown(messages: Conversation['messages'], own: ReadonlySet<string>): boolean {
  const inbound = messages.filter(({ direction }) => direction === 'IN').map(({ text }) => text)
  if (own.size > 0) {
    const codes = inbound.flatMap(postalCodesIn)
    if (codes.some((code) => own.has(code))) return false
    if (codes.length > 0) return !inbound.some(namesPlaceForAnotherReason)
  }
  return messages.some(({ text }) => namesOtherTown(text)) && !inbound.some(namesPlaceForAnotherReason)
}

function misplaced(weight: number, detail: Signal['detail']): Signal {
  return { code: 'S9', weight, detail, reason: signalSentences[detail] }
}
