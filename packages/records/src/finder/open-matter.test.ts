import { describe, expect, it, vi } from 'vitest'
import type { LocalDate } from '../law/instant.ts'
import type { Conversation } from './conversation.ts'
import { doesNotBelongHere } from './does-not-belong-here.ts'
import { conversationSignals, lastMessageIsThanks } from './find-signals.ts'
import { openMatter } from './open-matter.ts'

vi.setConfig({ testTimeout: 60_000 })

const writtenOn = '2026-06-03' as LocalDate

/** `> ` came in, `< ` went out. */
function chat(...lines: string[]): Conversation {
  return {
    messages: lines.map((line) => ({
      text: line.slice(2),
      direction: line.startsWith('<') ? 'OUT' : 'IN',
      writtenOn,
    })),
    media: [],
    hasFileReference: false,
    hasNote: false,
    receivedOutsideOfficeHours: false,
    acceptedAt: null,
    wordingsElsewhere: new Set(),
    ownPostalCodes: new Set(['62345']),
  }
}

describe('S17, the matter is open', () => {
  it.each([
    ['UNANSWERED', ['> Wann ist offen?']],
    ['UNANSWERED', ['> Wann ist offen?', '< Um 8.', '> Danke, und samstags']],
    ['UNANSWERED', ['> Laterne kaputt', '< Danke.', '> ok']],
    ['FORMAL_REQUEST', ['> Ich lege Widerspruch ein.', '< Gut.', '> Danke']],
    ['OFFICE_ASKED', ['> Gibt es Laubsäcke?', '< Wie viele brauchen Sie?', '> ok']],
    ['PROMISE', ['> Wer ist zuständig?', '< Das klären wir.', '> danke']],
    ['PROMISE', ['> Wer ist zuständig?', '< Wir suchen jemanden.', '> danke']],
    ['PROMISE', ['> Wer ist zuständig?', '< Ich habe Ihre Frage an den Kreis gegeben.', '> danke']],
    ['PROMISE', ['> Wer ist zuständig?', '< I have passed your question on.', '> danke']],
    ['PROMISE', ['> Warum ist zu?', '< Das tut uns leid.', '> danke']],
    ['OFFICE_ASKED', ['> Was fehlt?', '< Bitte die Pläne in die Post, spätestens Montag.', '> danke']],
    ['OFFICE_ASKED', ['> Reicht eine Kopie?', '< Fürs Erste ja.', '> danke']],
    ['APPOINTMENT', ['> Kann ich heute kommen?', '< Ja, 15 Uhr.', '> danke']],
    ['ANNOUNCED', ['> Hier der Plan, der Rest kommt', '> Reicht das?', '< Ist angekommen.', '> danke']],
    ['UNANSWERED', ['> Die Laterne flackert', '< Ja, am Mast 12.', '> danke']],
    ['UNANSWERED', ['> Die Schranke klemmt', '< Der Hausmeister ist ab 14 Uhr dort.', '> danke']],
    ['PROMISE', ['> Seite lädt nicht', '< Wir prüfen das.', '> beruhigt mich, danke']],
    ['PROMISE', ['> Wann kommt die Tonne?', '< Ihre Tonne wird jeden Tag erwartet.', '> danke']],
    ['APPOINTMENT', ['> Gibt es bald Termine?', '< Am 20.06. um 9 Uhr.', '> danke']],
    ['ANNOUNCED', ['> Ich schicke morgen ein Foto', '> Reicht das?', '< Ja.', '> danke']],
  ])('%s: %j', (detail, lines) => {
    expect(openMatter(chat(...lines))?.detail).toBe(detail)
    expect(lastMessageIsThanks(chat(...lines))).toBeNull()
    expect(conversationSignals(chat(...lines)).map(({ code }) => code)).toEqual([])
  })

  it.each([
    ['answered', ['> Wann ist offen?', '< Um 8.', '> danke']],
    ['done', ['> Laterne kaputt', '< Ist repariert.', '> danke']],
    ['an appointment that is over', ['> Termin möglich?', '< Am 01.06.2026 um 9 Uhr.', '> danke']],
    [
      'a question about the objection, answered',
      ['> Wie lege ich Widerspruch ein?', '< Schriftlich.', '> danke'],
    ],
    ['a question of courtesy', ['> Wann ist offen?', '< Um 8. Kann ich sonst noch helfen?', '> nein danke']],
    ['nothing but opening hours', ['> Hallenbad', '< Mo bis Fr 6 bis 21 Uhr.', '> danke']],
    ['a limit, no appointment', ['> Kann ich heute kommen?', '< Ja, bis 15 Uhr.', '> danke']],
    [
      'a modal question of the office',
      ['> Hallo', '< Wie können wir helfen?', '> Wann ist offen?', '< Um 8.', '> danke'],
    ],
    [
      'what the citizen says that it works',
      ['> Seite lädt nicht', '< Andere nehmen.', '> geht jetzt, danke'],
    ],
    ['a question known by its answer', ['> la piscine est ouverte', '< Ja.', '> merci']],
    [
      'what is refused',
      ['> Bekomme ich mein Geld zurück?', '< Nein, das ist nicht möglich.', '> schade, danke'],
    ],
    ['what always is so', ['> Wann kommt die Tonne?', '< Sie wird jeden Montag geleert.', '> danke']],
    ['what another authority does', ['> Wer macht Pässe?', '< Das macht das Konsulat.', '> danke']],
    ['spam', ['> Kredit ohne Schufa, jetzt klicken']],
    ['misdirected', ['> Bist du da?', '> Sorry, falsche Nummer']],
    ['nothing', []],
  ])('not: %s', (_why, lines) => {
    expect(openMatter(chat(...lines))).toBeNull()
  })

  it('says nothing of the content', () => {
    expect(JSON.stringify(openMatter(chat('> Ich lege Widerspruch ein, Krause')))).not.toContain('Krause')
  })

  it('is asked before anything is called misplaced', () => {
    expect(doesNotBelongHere(chat('> Falsche Nummer, hiermit beantrage ich die Löschung'))).toBeNull()
    expect(doesNotBelongHere(chat('> Falsche Nummer, sorry. Aber wann habt ihr auf?'))).toBeNull()
  })
})
