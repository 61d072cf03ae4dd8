import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { europeBerlin } from '../law/calendar.ts'
import { catalogue } from '../law/catalogue.ts'
import type { StandardPeriod } from '../law/deletion-class.ts'
import { approveRule, ruleHistory } from '../law/deletion-rule.ts'
import { type Instant, type LocalDate, parseInstant } from '../law/instant.ts'
import { type LegalHold, placeHold, releaseHold } from '../law/legal-hold.ts'
import { type Checked, personId } from '../law/person.ts'
import { isClosingText } from './closing-text.ts'
import type { Conversation } from './conversation.ts'
import { doesNotBelongHere } from './does-not-belong-here.ts'
import {
  contactWithoutConversation,
  conversationSignals,
  holdNeedsAttention,
  lastMessageIsThanks,
  mediaWithoutReference,
  neitherFileNorNote,
  neverAccepted,
  personalDataDensity,
  ruleWasShortened,
} from './find-signals.ts'
import { type Signal, signalCodes } from './signal.ts'
import { wordingOf } from './wording.ts'

function accepted<Value>(checked: Checked<Value, string>): Value {
  if ('refused' in checked) throw new Error(checked.refused)
  return checked.accepted
}

function at(text: string): Instant {
  return parseInstant(text) ?? expect.fail(text)
}

const writtenOn = '2026-06-03' as LocalDate

function conversation(texts: string[], over: Partial<Conversation> = {}): Conversation {
  return {
    messages: texts.map((text) => ({ text, direction: 'IN', writtenOn })),
    media: [],
    hasFileReference: true,
    hasNote: true,
    receivedOutsideOfficeHours: false,
    acceptedAt: at('2026-06-03T08:00:00Z'),
    wordingsElsewhere: new Set(),
    ownPostalCodes: new Set(),
    ...over,
  }
}

const closingVectors = new URL('../../vectors/signals/closing-words.json', import.meta.url)
const closing: { closing: string[]; notClosing: string[] } = JSON.parse(readFileSync(closingVectors, 'utf8'))

/** A question, an answer that leaves nothing open, and a last word. */
function answered(last: string): Conversation {
  const question = { text: 'Wann ist offen?', direction: 'IN', writtenOn } as const
  const answer = { text: 'Von 8 bis 12 Uhr.', direction: 'OUT', writtenOn } as const
  return { ...conversation([]), messages: [question, answer, { ...question, text: last }] }
}

describe('S2, the last message is thanks', () => {
  it.each(closing.closing)('%j only closes', (text) => {
    expect(isClosingText(text)).toBe(true)
    expect(lastMessageIsThanks(answered(text))?.code).toBe('S2')
  })

  it.each(closing.notClosing)('%j says more', (text) => {
    expect(isClosingText(text)).toBe(false)
  })

  it('counts only from the citizen, and only as the last message', () => {
    const thanked = answered('Danke')
    const office = { text: 'Danke', direction: 'OUT', writtenOn } as const
    expect(lastMessageIsThanks({ ...thanked, messages: [...thanked.messages, office] })).toBeNull()
    expect(lastMessageIsThanks(conversation(['Danke', 'Noch eine Frage: wo?']))).toBeNull()
    expect(lastMessageIsThanks(conversation([]))).toBeNull()
  })
})

describe('S5, S7, S10, S13', () => {
  it('S5 needs both to be missing', () => {
    expect(neitherFileNorNote(conversation([], { hasFileReference: false, hasNote: false }))?.code).toBe('S5')
    expect(neitherFileNorNote(conversation([], { hasFileReference: false }))).toBeNull()
    expect(neitherFileNorNote(conversation([], { hasNote: false }))).toBeNull()
  })

  it('S7 counts the loose files', () => {
    const media = [{ referencedByMessage: true }, { referencedByMessage: false }]
    expect(mediaWithoutReference(conversation([], { media }))?.reason.de).toContain('1 von 2')
    expect(mediaWithoutReference(conversation([], { media: media.slice(0, 1) }))).toBeNull()
  })

  it('S10 is a contact with no conversation left', () => {
    expect(contactWithoutConversation({ conversations: 0 })?.code).toBe('S10')
    expect(contactWithoutConversation({ conversations: 1 })).toBeNull()
  })

  it('S13 is outside office hours and never accepted', () => {
    const outside = { receivedOutsideOfficeHours: true }
    expect(neverAccepted(conversation([], { ...outside, acceptedAt: null }))?.code).toBe('S13')
    expect(neverAccepted(conversation([], outside))).toBeNull()
    expect(neverAccepted(conversation([], { acceptedAt: null }))).toBeNull()
  })
})

describe('S8, personal data', () => {
  it('weighs special categories more than numbers, and density more than a single find', () => {
    function weight(...texts: string[]) {
      return personalDataDensity(conversation(texts))?.weight ?? 0
    }
    expect(weight('Wann ist offen?')).toBe(0)
    expect(weight('0151 12345678', 'ja', 'nein', 'gut')).toBeLessThan(weight('0151 12345678'))
    expect(weight('0151 12345678 und a@b.de')).toBeLessThan(weight('Ich habe Krebs'))
  })

  it('does not look at what the office wrote', () => {
    const office = { text: 'Rufen Sie an: 030 901820', direction: 'OUT', writtenOn } as const
    expect(personalDataDensity({ ...conversation([]), messages: [office] })).toBeNull()
  })

  it('repeats nothing of the content in its reason', () => {
    const signal = personalDataDensity(conversation(['DE89370400440532013000, ich habe Krebs']))
    expect(JSON.stringify(signal)).not.toMatch(/DE89|Krebs/)
    expect(signal?.detail).toBe('SPECIAL_CATEGORY')
  })
})

describe('S9, what does not belong here', () => {
  const own = { ownPostalCodes: new Set(['12345']) }
  it.each([
    ['SPAM', ['Sie haben gewonnen! http://a.example'], {}],
    ['SPAM', ['http://a.example http://b.example http://c.example'], {}],
    ['MISDIRECTED', ['Oh, falsche Nummer, Entschuldigung'], {}],
    ['DUPLICATE', ['Wann ist offen?'], { wordingsElsewhere: new Set([wordingOf('wann  IST offen')]) }],
    ['OTHER_MUNICIPALITY', ['Ich wohne in 99999 Anderstadt'], own],
  ])('%s', (detail, texts, over) => {
    expect(doesNotBelongHere(conversation(texts, over))?.detail).toBe(detail)
  })

  it.each([
    ['one link', ['Hier: http://amt.example'], {}],
    ['nothing said', [], {}],
    ['only one of two is said elsewhere', ['a', 'b'], { wordingsElsewhere: new Set(['a']) }],
    ['own place', ['Ich ziehe von 99999 Anderstadt nach 12345 Musterstadt'], own],
    ['no own places configured', ['99999 Anderstadt'], {}],
    ['five digits without a place', ['Aktenzeichen 99999'], own],
    ['pictures without text only', [''], { wordingsElsewhere: new Set(['']) }],
  ])('not: %s', (_why, texts, over) => {
    expect(doesNotBelongHere(conversation(texts, over))).toBeNull()
  })
})

describe('S12, holds', () => {
  const hold: LegalHold = accepted(
    placeHold(
      {
        scope: { kind: 'EVERYTHING' },
        reason: 'AUDIT',
        basis: 'ART17_3B',
        setBy: personId('p1'),
        setAt: at('2026-01-01T00:00:00Z'),
        reviewAt: at('2026-03-01T00:00:00Z'),
        expiresAt: at('2026-06-01T00:00:00Z'),
      },
      europeBerlin,
    ),
  )

  it.each([
    ['2026-02-01T00:00:00Z', undefined],
    ['2026-03-01T00:00:00Z', 'HOLD_REVIEW_OVERDUE'],
    ['2026-05-31T23:59:59Z', 'HOLD_REVIEW_OVERDUE'],
    ['2026-06-01T00:00:00Z', 'HOLD_EXPIRED'],
  ])('on %s: %s', (on, detail) => {
    expect(holdNeedsAttention([hold], at(on))?.detail).toBe(detail)
  })

  it('is silent about released holds and about none', () => {
    const released = accepted(
      releaseHold(hold, at('2026-02-01T00:00:00Z'), {
        proposedBy: personId('p1'),
        approvedBy: personId('p2'),
      }),
    )
    expect(holdNeedsAttention([released], at('2026-07-01T00:00:00Z'))).toBeNull()
    expect(holdNeedsAttention([], at('2026-07-01T00:00:00Z'))).toBeNull()
  })
})

describe('S14, shortened rules', () => {
  function history(...periods: StandardPeriod[]) {
    return accepted(
      ruleHistory(
        periods.map((period, index) =>
          accepted(
            approveRule({
              cluster: catalogue.DA01,
              version: index + 1,
              retention: {
                kind: 'CLASS',
                class: { start: 'CASE_CLOSED', endOfYear: false, period },
                minKeep: null,
              },
              validFrom: at(`2026-0${index + 1}-01T00:00:00Z`),
              proposedBy: personId('p1'),
              approvedBy: personId('p2'),
            }),
          ),
        ),
      ),
    )
  }
  const events = { occurred: { CASE_CLOSED: at('2026-03-01T00:00:00Z') }, variant: null, parent: null }
  function shortened(periods: StandardPeriod[], on: string, ruleVersion = 1) {
    return ruleWasShortened({ history: history(...periods), ruleVersion, events }, at(on), europeBerlin)
  }

  it('weighs more once the object is due', () => {
    expect(shortened(['1y', '30d'], '2026-03-15T00:00:00Z')?.weight).toBe(20)
    expect(shortened(['1y', '30d'], '2026-05-01T00:00:00Z')?.weight).toBe(75)
  })

  it('is silent when nothing became shorter', () => {
    expect(shortened(['30d', '1y'], '2026-05-01T00:00:00Z')).toBeNull()
    expect(shortened(['30d', '30d'], '2026-05-01T00:00:00Z')).toBeNull()
    expect(shortened(['1y', '30d'], '2026-05-01T00:00:00Z', 2)).toBeNull()
    expect(shortened(['1y', '30d'], '2026-01-15T00:00:00Z')).toBeNull()
    expect(shortened(['1y', '30d'], '2026-05-01T00:00:00Z', 9)).toBeNull()
  })
})

describe('all signals', () => {
  it('come strongest first, with weight, and a reason in both languages', () => {
    const signals: Signal[] = conversationSignals(
      conversation(['Ich habe Krebs', 'falsche Nummer', 'danke'], {
        hasFileReference: false,
        hasNote: false,
        media: [{ referencedByMessage: false }],
        receivedOutsideOfficeHours: true,
        acceptedAt: null,
      }),
    )
    expect(signals.map((signal) => signal.code).sort()).toEqual(['S13', 'S2', 'S5', 'S7', 'S8', 'S9'])
    const weights = signals.map((signal) => signal.weight)
    expect(weights).toEqual([...weights].sort((one, other) => other - one))
    for (const { code, weight, reason } of signals) {
      expect(signalCodes).toContain(code)
      expect(weight > 0 && weight <= 100 && Number.isInteger(weight)).toBe(true)
      expect(reason.de !== reason.en && reason.de.endsWith('.') && reason.en.endsWith('.')).toBe(true)
    }
  })

  it('are none for a conversation that is in order', () => {
    expect(conversationSignals(conversation(['Wann haben Sie offen?']))).toEqual([])
  })
})
