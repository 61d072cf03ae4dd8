import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LocalDate } from '../law/instant.ts'
import type { Conversation } from './conversation.ts'
import { conversationSignals } from './find-signals.ts'

vi.setConfig({ testTimeout: 60_000 })

const writtenOn = '2026-06-03' as LocalDate

/** A conversation of such messages, with the personal data in those that came in. */
function judge(text: string, directions: readonly string[] = ['IN', 'OUT', 'IN']): void {
  const messages = directions.map((direction) => ({ text, direction, writtenOn }))
  conversationSignals({
    messages,
    media: [],
    hasFileReference: false,
    hasNote: false,
    receivedOutsideOfficeHours: false,
    acceptedAt: null,
    wordingsElsewhere: new Set(),
    ownPostalCodes: new Set(['62345']),
  } as unknown as Conversation)
}

/** Characters that were looked at, copied or searched: what the engine's own functions did, counted and not timed. */
let work = 0
const originals: (() => void)[] = []

function count(
  prototype: object,
  name: string,
  cost: (self: string, result: unknown, argument: unknown) => number,
): void {
  const original = Reflect.get(prototype, name) as (...given: unknown[]) => unknown
  originals.push(() => Reflect.set(prototype, name, original))
  Reflect.set(prototype, name, function (this: string, ...given: unknown[]) {
    const result = original.apply(this, given)
    work += cost(this, result, given[0])
    return result
  })
}

beforeEach(() => {
  work = 0
  for (const name of ['charAt', 'charCodeAt', 'at', 'codePointAt']) count(String.prototype, name, () => 1)
  for (const name of ['slice', 'substring'])
    count(String.prototype, name, (_, part) => String(part).length + 1)
  for (const name of ['startsWith', 'endsWith'])
    count(String.prototype, name, (_, __, part) => String(part).length)
  for (const name of ['includes', 'indexOf', 'toLowerCase', 'toUpperCase', 'normalize'])
    count(String.prototype, name, (self) => self.length + 1)
  const { exec } = RegExp.prototype
  originals.push(() => {
    RegExp.prototype.exec = exec
  })
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0
    const result = exec.call(this, text)
    const to = result === null ? text.length : result.index + result[0].length
    work += (this.sticky && result === null ? 0 : Math.max(0, to - from)) + 1
    return result
  }
})

afterEach(() => {
  for (const restore of originals.splice(0)) restore()
})

function workOf(text: string): number {
  work = 0
  judge(text)
  return work
}

const units = [
  ...['0 ', '0', '(', '+0', '@', 'a', 'ß', '<', '\n', '٣', '12.08.1964 ', '1.1.', '👩‍⚕️', '\ud83d'],
  ...['DE89 ', 'MT84', 'a@a.', `${'a'.repeat(63)}.`, 'https://a.example ', 'U219048572TUR'],
  ...['krank-', 'krank ich ', 'schlaganfal', 'Ausweis ', 'Nr. ', 'geb. ', '62418 Ort ', '62418 Oberbrück '],
  ...[
    'widerspruch ',
    'widerspruch ein ',
    'falsche nummer ',
    'wann ',
    'wann kommt ihr ',
    'wir haben ',
    'bis ',
  ],
  ...['danke ', 'bitte ', 'شكرا ', 'дякую '],
  'DE89370400440532013000 0151 12345678 geb. 12.08.1964 a@b.de Krebs ',
]

describe('the work on a text', () => {
  const hostile = fc.constantFrom(...units)

  it('grows no faster than its length', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (parts) => {
        const unit = parts.join('')
        const short = unit.repeat(Math.ceil(1024 / unit.length))
        // Quadratic work would be sixteen times as much.
        expect(workOf(short.repeat(4)) / workOf(short)).toBeLessThan(6)
      }),
      { numRuns: 60 },
    )
  })

  it.each(units)('on %j alone is no more for its length', (unit) => {
    const short = unit.repeat(Math.ceil(1024 / unit.length))
    expect(workOf(short.repeat(4)) / workOf(short)).toBeLessThan(6)
  })

  it('is done for any text, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => judge(text)),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffff }), { maxLength: 300 }), (units) =>
        judge(String.fromCharCode(...units)),
      ),
      { numRuns: 300 },
    )
  })
})

/**
 * Counting sees no backtracking inside one expression. Were that done with the square of the length, one of these would take minutes, and the
 * test end by its time-out. Each expression sees the text once: more messages of the same text would show no more.
 */
describe('a text as long as none is', () => {
  it.each(units)('of %j is read', (unit) => {
    for (const restore of originals.splice(0)) restore()
    judge(unit.repeat(Math.ceil(131_072 / unit.length)), ['OUT', 'IN'])
    expect(work).toBe(0)
  })
})
