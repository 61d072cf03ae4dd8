import { readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { CanonicalJsonError, canonicalJson } from './canonical-json.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

type PublishedVectors = {
  numbers: { ieee754: string; canonical?: string; refused?: string }[]
  sorting: { input: string; valuesInOrder: string[] }
  document: { input: string; utf8Hex: string }
}

const published: PublishedVectors = JSON.parse(
  readFileSync(new URL('../vectors/canonical-json/rfc8785.json', import.meta.url), 'utf8'),
)

function refusalOf(value: unknown): string {
  try {
    canonicalJson(value)
  } catch (error) {
    if (error instanceof CanonicalJsonError) return error.code
    throw error
  }
  return 'not refused'
}

describe('RFC 8785, published vectors', () => {
  it.each(published.numbers)('appendix B: $ieee754', ({ ieee754, canonical, refused }) => {
    const number = Buffer.from(ieee754, 'hex').readDoubleBE(0)
    if (canonical === undefined) expect(refusalOf(number)).toBe(refused)
    else expect(canonicalJson(number)).toBe(canonical)
  })

  it('section 3.2.3: orders keys by UTF-16 code units', () => {
    const text = canonicalJson(JSON.parse(published.sorting.input))
    const values = [...text.matchAll(/:"([^"]*)"/g)].map((match) => match[1])
    expect(values).toEqual(published.sorting.valuesInOrder)
  })

  it('section 3.2.4: gives the published bytes', () => {
    const text = canonicalJson(JSON.parse(published.document.input))
    expect(Buffer.from(text, 'utf8').toString('hex')).toBe(published.document.utf8Hex)
  })
})

describe('canonicalJson', () => {
  it('agrees with an independent implementation on any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('reads back as the same value and is a fixed point', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('does not depend on the order in which keys were set', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }))
  })

  it('keeps a key called __proto__ as an ordinary key', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"a":2}'))).toBe('{"__proto__":{"x":1},"a":2}')
  })

  it.each([
    ['undefined', undefined, 'NOT_JSON'],
    ['an undefined member', { a: undefined }, 'NOT_JSON'],
    ['a hole in an array', new Array(1), 'NOT_JSON'],
    ['a bigint', 1n, 'NOT_JSON'],
    ['a function', () => 1, 'NOT_JSON'],
    ['a symbol', Symbol('s'), 'NOT_JSON'],
    ['a symbol key', { [Symbol('s')]: 1 }, 'NOT_JSON'],
    ['a Date', new Date(0), 'NOT_JSON'],
    ['a Map', new Map(), 'NOT_JSON'],
    ['bytes', new Uint8Array(1), 'NOT_JSON'],
    ['NaN', Number.NaN, 'NUMBER_NOT_FINITE'],
    ['minus infinity, nested', [{ a: -Infinity }], 'NUMBER_NOT_FINITE'],
    ['a lone high surrogate', 'a\ud800b', 'LONE_SURROGATE'],
    ['a lone low surrogate', '\udc00', 'LONE_SURROGATE'],
    ['surrogates in the wrong order', '\ude00\ud83d', 'LONE_SURROGATE'],
    ['a lone surrogate in a key', { '\ud800': 1 }, 'LONE_SURROGATE'],
  ])('refuses %s', (_name, value, code) => {
    expect(refusalOf(value)).toBe(code)
  })

  it('refuses a cycle', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(refusalOf(cycle)).toBe('TOO_DEEP')
  })
})
