import { asInstant } from '@buergerdraht/office'
import { europeBerlin, examine, type SignalDetail } from '@buergerdraht/records'
import { expect, test } from 'vitest'
import {
  conspicuousExchanges,
  type Exchange,
  openExchanges,
  personNamed,
  settledExchanges,
  thankedExchange,
} from './demo-texts.ts'

function found([question, answer, thanks]: Exchange) {
  const writtenOn = europeBerlin.localDate(asInstant(new Date('2026-03-03T09:00:00Z')))
  const { open, signals } = examine({
    messages: [
      { text: question, direction: 'IN', writtenOn },
      { text: answer, direction: 'OUT', writtenOn },
      ...(thanks === undefined ? [] : [{ text: thanks, direction: 'IN', writtenOn } as const]),
    ],
    media: [],
    hasFileReference: false,
    hasNote: false,
    receivedOutsideOfficeHours: false,
    acceptedAt: null,
    ownPostalCodes: new Set(),
    wordingsElsewhere: new Set(),
  })
  return { open: open?.detail ?? null, signals: signals.map(({ detail }) => detail) }
}

test.each([...settledExchanges.Bürgeramt, ...settledExchanges.Ordnungsamt])('%s is done', (...exchange) => {
  expect(found(exchange).open).toBeNull()
})

test.each(openExchanges.map((exchange) => [exchange[0], exchange] as const))('%s is open', (_, exchange) => {
  expect(found(exchange).open).not.toBeNull()
})

test.each<[SignalDetail, readonly Exchange[]]>([
  ['PERSONAL_DATA', conspicuousExchanges.personalData],
  ['SPECIAL_CATEGORY', conspicuousExchanges.specialCategory],
  ['SPAM', conspicuousExchanges.spam],
  ['MISDIRECTED', conspicuousExchanges.misdirected],
  ['OTHER_MUNICIPALITY', conspicuousExchanges.otherTown],
  ['LAST_MESSAGE_IS_THANKS', [thankedExchange]],
])('%s is found and nothing of it is open', (signal, exchanges) => {
  for (const exchange of exchanges) {
    const { open, signals } = found(exchange)
    expect(open, exchange[0]).toBeNull()
    expect(signals, exchange[0]).toContain(signal)
  }
})

test('nobody is asked twice in one language, and names are not all alike', () => {
  const questions = [
    ...settledExchanges.Bürgeramt,
    ...settledExchanges.Ordnungsamt,
    ...Object.values(conspicuousExchanges).flat(),
    ...openExchanges,
    thankedExchange,
  ].map(([question]) => question)
  expect(new Set(questions).size).toBe(questions.length)
  const names = Array.from({ length: 200 }, (_, number) => personNamed(number))
  expect(new Set(names).size).toBeGreaterThan(150)
})
