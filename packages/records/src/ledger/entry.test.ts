import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import { formatLogLine, parseLogLine } from '../log/log-line.ts'
import { commitsTo, entryCommitment, writtenCommitment } from './commitment.ts'
import { checkEntry, type LedgerEntry } from './entry.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

const vectors = new URL('../../vectors/ledger-entries/', import.meta.url)

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, vectors), 'utf8'))
}

type ValidVector = {
  title: string
  seq: number
  entry: Record<string, unknown>
  canonical: string
  saltHex: string
  commitmentHex: string
}
const valid = readdirSync(new URL('valid/', vectors))
  .filter((file) => file !== 'tombstones.json')
  .map((file) => read<ValidVector>(`valid/${file}`))

function accepted(value: unknown, seq: number): LedgerEntry {
  const checked = checkEntry(value, seq)
  if ('refused' in checked) throw new Error(`${checked.refused} ${checked.field}`)
  return checked.accepted
}

describe('entries of which the form is known', () => {
  const deletion = {
    ...valid.find(({ title }) => title === 'DELETE')?.entry,
    seq: 7,
    at: '2026-11-23T03:00Z',
    objects: { messages: 3, conversations: 1 },
    tombstones: { alg: 'hmac-sha256', segment: '2026-11', from: 0, to: 3 },
  }
  const salt = new Uint8Array(32)

  /** As a reader of a log gets it. */
  function asRead(entry: unknown) {
    const line = formatLogLine(0, { leaf: new Uint8Array(32), opening: { salt, entry } })
    const read = parseLogLine(Buffer.from(line.slice(0, -1)), 0).opening
    if (read?.written === undefined) throw new Error('An entry is read as it is written')
    return { entry: read.entry, written: read.written }
  }
  function range(from: number, to: number) {
    return { ...deletion.tombstones, from, to }
  }

  const others: [string, Record<string, unknown>][] = [
    ['another place in its segment', { tombstones: range(5, 8) }],
    ['another minute', { at: '2026-11-23T23:59Z' }],
    ['other counts', { objects: { messages: 12, conversations: 1 }, tombstones: range(0, 12) }],
    ['another version', { v: 2 }],
    ['another place than its own', { seq: 8 }],
    ['a place that is none', { seq: 10_000_000 }],
    ['an hour that is none', { at: '2026-11-23T24:00Z' }],
    ['a minute that is none', { at: '2026-11-23T03:60Z' }],
    ['a sign instead of the time', { at: '2026-11-23#Z' }],
    [
      'a range that ends before it begins',
      { tombstones: range(9, 5), objects: { messages: 1, conversations: 1 } },
    ],
    ['a range beyond the last place', { tombstones: range(9_999_999, 10_000_002) }],
    ['a range that does not count', { tombstones: range(0, 4) }],
    [
      'a count of a million',
      { objects: { messages: 1_000_000, conversations: 1 }, tombstones: range(0, 1_000_000) },
    ],
  ]

  it.each(others)('judges one with %s as if it were the first', (_, change) => {
    const first = asRead(deletion)
    expect(checkEntry(first.entry, 7, first.written.form)).toEqual({ accepted: first.entry })
    const { entry, written } = asRead({ ...deletion, ...change })
    expect(written.form).toBe(first.written.form)
    expect(checkEntry(entry, 7, written.form)).toEqual(checkEntry(entry, 7))
  })

  it('does not take one of another form for known', () => {
    const first = asRead(deletion)
    checkEntry(first.entry, 7, first.written.form)
    for (const change of [{ rule: 'LR-DA01@2' }, { note: 5 }, { residueUntil: '2026-02-30' }, { seq: -7 }]) {
      const { entry, written } = asRead({ ...deletion, ...change })
      expect(written.form).not.toBe(first.written.form)
      expect(checkEntry(entry, 7, written.form)).toEqual(checkEntry(entry, 7))
    }
  })

  it('commits to what is written as to what is read', () => {
    const { entry, written } = asRead({ ...deletion, note: 'Grüße 👋' })
    expect(writtenCommitment(written.text, salt)).toEqual(entryCommitment(entry as LedgerEntry, salt))
  })

  it('refuses a line of a known form that is not written canonically', () => {
    const line = formatLogLine(0, { leaf: new Uint8Array(32), opening: { salt, entry: deletion } })
    expect(parseLogLine(Buffer.from(line.slice(0, -1)), 0).opening).toBeDefined()
    for (const [from, to] of [
      ['"seq":7', '"seq":07'],
      ['"seq":7', '"seq":7.0'],
      ['"seq":7', '"seq":12345678901234567891'],
      ['"seq":7', '"seq": 7'],
      ['"v":1', '"v":1,"v":1'],
      ['"leaf":"A', '"leaf": "A'],
    ] as const) {
      const json = line.slice(line.indexOf('{'), -1).replace(from, to)
      const changed = `0 ${crc32(`0 ${json}`).toString(16).padStart(8, '0')} ${json}`
      expect(() => parseLogLine(Buffer.from(changed), 0), to).toThrow()
    }
  })
})

describe('entries', () => {
  it('has an example of every type', () => {
    expect(valid.map((vector) => vector.title).sort()).toEqual([
      'ARCHIVE_AGREEMENT',
      'ARCHIVE_DECISION',
      'ARCHIVE_OFFER',
      'ARCHIVE_WITHDRAWAL',
      'BACKUP_EXPIRED',
      'BREAK_GLASS',
      'DELETE',
      'FILING_PLAN',
      'HAND_OVER',
      'HOLD_RELEASE',
      'HOLD_SET',
      'KEY_DESTROY',
      'PROCESSOR_DONE',
      'RECTIFY_MARK',
      'REQUEST',
      'RESTORE_REPLAY',
      'RESTRICT',
      'ROLE_CHANGE',
      'RULES_SIGNED',
      'RULE_CHANGE',
      'UNRESTRICT',
    ])
  })

  it.each(valid)(
    '$title is accepted unchanged, with the published canonical text and commitment',
    (vector) => {
      const entry = accepted(vector.entry, vector.seq)
      expect(entry).toEqual(vector.entry)
      expect(canonicalJson(entry)).toBe(vector.canonical)
      const salt = Buffer.from(vector.saltHex, 'hex')
      expect(Buffer.from(entryCommitment(entry, salt)).toString('hex')).toBe(vector.commitmentHex)
    },
  )

  const refused = read<{
    cases: { why: string; seq: number; entry: unknown; code: string; field: string | null }[]
  }>('invalid/smuggled.json')
  it.each(refused.cases)('refuses $why ($code)', ({ seq, entry, code, field }) => {
    expect(checkEntry(entry, seq)).toEqual({ refused: code, field })
  })
})

describe('a hold', () => {
  const { entry, seq } = valid.find(({ title }) => title === 'HOLD_SET') ?? expect.fail('no example')
  const { objects, marks, ...rest } = entry
  it('covers a kind of data, or everything, instead of objects that have marks', () => {
    for (const covers of ['DA04', 'EVERYTHING'])
      expect(checkEntry({ ...rest, covers }, seq)).toEqual({ accepted: { ...rest, covers } })
    for (const wrong of [
      rest,
      { ...rest, objects },
      { ...entry, covers: 'DA04' },
      { ...rest, marks, covers: 'DA04' },
    ])
      expect(checkEntry(wrong, seq)).toEqual({ refused: 'FIELD_REFUSED', field: 'covers' })
    expect(checkEntry({ ...rest, covers: 'DA21' }, seq)).toMatchObject({ refused: 'FIELD_REFUSED' })
  })

  it('is set by one person and released by two', () => {
    const {
      expiresOn: _expiresOn,
      basis: _basis,
      ...released
    } = { ...entry, approvals: ['DATENSCHUTZ'] } as Record<string, unknown>
    expect(checkEntry({ ...entry, approvals: ['DATENSCHUTZ'] }, seq)).toHaveProperty('accepted')
    expect(checkEntry({ ...released, type: 'HOLD_RELEASE' }, seq)).toEqual({
      refused: 'FIELD_REFUSED',
      field: 'approvals',
    })
  })
})

describe('what a rule and an offer are made of again', () => {
  function example(of: string) {
    return valid.find(({ title }) => title === of) ?? expect.fail('no example')
  }
  it('is said variant by variant, each once', () => {
    const { entry, seq } = example('RULE_CHANGE')
    const { variants: _variants, ...before } = entry
    expect(checkEntry(before, seq)).toHaveProperty('accepted')
    for (const variants of [['FILE_PLAN_1Y'], ['FILE_PLAN_1Y', 'FILE_PLAN_1Y'], ['FILE_PLAN_1Y', 'somebody']])
      expect(checkEntry({ ...entry, variants }, seq)).toMatchObject({ refused: 'FIELD_REFUSED' })
  })

  it('is said number by number, from 1', () => {
    const { entry, seq } = example('ARCHIVE_OFFER')
    const { firstNumber: _first, proposal: _proposal, ...before } = entry
    expect(checkEntry(before, seq)).toHaveProperty('accepted')
    expect(checkEntry({ ...entry, firstNumber: 0 }, seq)).toMatchObject({ refused: 'FIELD_REFUSED' })
    expect(checkEntry({ ...entry, proposal: 'C' }, seq)).toMatchObject({ refused: 'FIELD_REFUSED' })
  })

  it('offers each matter, or names what the archive has decided', () => {
    const { entry, seq } = example('ARCHIVE_AGREEMENT')
    const refused = { refused: 'FIELD_REFUSED', field: 'decisions' }
    expect(checkEntry({ ...entry, decisions: [] }, seq)).toEqual(refused)
    expect(checkEntry({ ...entry, mode: 'OFFER_EACH' }, seq)).toEqual(refused)
    expect(checkEntry({ ...entry, mode: 'OFFER_EACH', decisions: [] }, seq)).toHaveProperty('accepted')
  })

  it('names each signed rule once', () => {
    const { entry, seq } = example('RULES_SIGNED')
    expect(checkEntry({ ...entry, rules: ['LR-DA01@1', 'LR-DA01@1'] }, seq)).toEqual({
      refused: 'FIELD_REFUSED',
      field: 'rules',
    })
  })
})

describe('what a processor has done', () => {
  const { entry, seq } = valid.find(({ title }) => title === 'PROCESSOR_DONE') ?? expect.fail('no example')
  const { residueUntil: _residueUntil, ...endless } = entry
  it('has an end, or has failed', () => {
    expect(checkEntry({ ...endless, state: 'failed' }, seq)).toHaveProperty('accepted')
    expect(checkEntry({ ...endless, state: 'done' }, seq)).toEqual({
      refused: 'FIELD_REFUSED',
      field: 'residueUntil',
    })
  })
})

// ---------------------------------------------------------------- smuggling

type Path = (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [
    at,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

function leavesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]
}

function replaced(value: unknown, path: Path, payload: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return payload
  if (Array.isArray(value))
    return value.map((inner, index) => (index === head ? replaced(inner, rest, payload) : inner))
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
  copy[head] = replaced(copy[head], rest, payload)
  return copy
}

function added(value: unknown, path: Path, key: string, payload: unknown): unknown {
  const target = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value)
  if (typeof target !== 'object' || target === null) return undefined
  if (Array.isArray(target)) return replaced(value, path, [...target, payload])
  const copy = { ...target }
  Object.defineProperty(copy, key, { value: payload, enumerable: true, configurable: true, writable: true })
  return replaced(value, path, copy)
}

const personal = [
  'Erika Mustermann',
  'Erika',
  'Müller',
  '+49 151 12345678',
  '015112345678',
  'erika@example.org',
  'DE89370400440532013000',
  'DE.1502123456789',
  'Az. 33.2-1234/2026',
  'rechnung-meier.pdf',
  '1975-06-03',
  '03.06.1975',
  '3f2b8c1e-9d4a-4b6f-8a27-5c0e1d9f7b34',
  '<script>',
  'DELETE FROM message',
  'ＤＥＬＥＴＥ',
  'DА01',
  'done\u200b',
  'done ',
  ' done',
  'DONE',
  '👩‍⚕️',
  '\u0000',
  '',
  '2026-11-23T02:00Z Meier',
  'x'.repeat(100_000),
]
const numbers = [
  4915112345678,
  15112345678,
  15112345,
  3012345678,
  12345.678,
  -1,
  1e21,
  2 ** 53,
  Number.NaN,
  Infinity,
  0.5,
]
const shapes: unknown[] = [
  null,
  true,
  undefined,
  {},
  [],
  [[]],
  { name: 'Erika' },
  ['Erika'],
  { toString: 'Erika' },
  1n,
  new Date(0),
  () => 'Erika',
]
const payloads: unknown[] = [...personal, ...numbers, ...shapes]

/** Digits in a row that could be a telephone number, anywhere in what would be written. */
const longNumber = /\d{8,}/

describe('smuggling', () => {
  it.each(valid)('$title: nothing personal replaces any value', ({ entry, seq }) => {
    for (const path of pathsOf(entry)) {
      for (const payload of payloads) {
        const checked = checkEntry(replaced(entry, path, payload), seq)
        // An empty list of destroyed segments is a fact and carries nothing.
        if (path.join('.') === 'segmentsDestroyed' && Array.isArray(payload) && payload.length === 0) continue
        if ('accepted' in checked) expect.fail(`${path.join('.')} took ${String(payload).slice(0, 40)}`)
      }
    }
  })

  it.each(valid)(
    '$title: nothing personal is added beside the fields, as key or as value',
    ({ entry, seq }) => {
      const keys = [
        ...personal,
        '__proto__',
        'constructor',
        'toString',
        'Seq',
        'seq ',
        'ѕeq',
        'note',
        'name',
        'comment',
      ]
      for (const path of pathsOf(entry)) {
        for (const key of keys) {
          const attempt = added(entry, path, key, 'Erika')
          if (attempt === undefined) continue
          const checked = checkEntry(attempt, seq)
          if ('accepted' in checked && JSON.stringify(checked.accepted).includes('Erika'))
            expect.fail(`${path} ${key}`)
          if ('accepted' in checked) expect.fail(`${path.join('.')} passed over the key ${key}`)
        }
      }
    },
  )

  it('never repeats in the refusal what was smuggled', () => {
    for (const { entry, seq } of valid) {
      for (const path of pathsOf(entry)) {
        for (const payload of personal.filter((text) => text.length > 4)) {
          for (const attempt of [replaced(entry, path, payload), added(entry, path, payload, payload)]) {
            const said = JSON.stringify(checkEntry(attempt, seq))
            if (said.includes(payload)) expect.fail(`${path.join('.')}: ${said}`)
          }
        }
      }
    }
  })

  it('takes of random values only what is closed: short numbers, known words, real dates', () => {
    const words = new Set(valid.flatMap(({ entry }) => leavesOf(entry)))
    const shaped = /^(?:20\d\d-\d\d(?:-\d\d(?:T\d\d:\d\dZ)?)?|LR-DA\d\d@\d{1,4}|(?:GV|BK|EE)-20\d\d-\d{2,3})$/
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(), anything, ({ entry, seq }, choice, payload) => {
        const paths = pathsOf(entry)
        const path = paths[choice % paths.length] ?? []
        const checked = checkEntry(replaced(entry, path, payload), seq)
        if ('refused' in checked) return
        const text = canonicalJson(checked.accepted)
        expect(longNumber.test(text)).toBe(false)
        for (const value of leavesOf(checked.accepted)) {
          if (typeof value === 'string') expect(words.has(value) || shaped.test(value)).toBe(true)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('gives no way out through a getter, a prototype or a symbol', () => {
    const { entry, seq } = valid.find((vector) => vector.title === 'DELETE') ?? expect.fail('no vector')
    let reads = 0
    const shifty = Object.defineProperty({ ...entry }, 'ground', {
      enumerable: true,
      get: () => (reads++ === 0 ? 'ART5_1E' : 'Erika Mustermann'),
    })
    const checked = checkEntry(shifty, seq)
    if ('accepted' in checked) expect(canonicalJson(checked.accepted)).not.toContain('Erika')
    const inherited = checkEntry(Object.assign(Object.create({ note: 'Erika' }), entry), seq)
    expect(inherited).toEqual({ refused: 'UNKNOWN_FIELD', field: null })
    expect(Object.getOwnPropertySymbols(accepted({ ...entry, [Symbol('Erika')]: 'Erika' }, seq))).toEqual([])
  })
})

// ---------------------------------------------------------------- commitment

describe('commitment', () => {
  const { entry, seq, saltHex } =
    valid.find((vector) => vector.title === 'DELETE') ?? expect.fail('no vector')
  const salt = Buffer.from(saltHex, 'hex')

  it('is bound to every field and to the salt', () => {
    const sealed = accepted(entry, seq)
    const commitment = entryCommitment(sealed, salt)
    expect(commitsTo(commitment, sealed, salt)).toBe(true)
    const other = accepted({ ...entry, residueUntil: '2026-12-29' }, seq)
    expect(commitsTo(commitment, other, salt)).toBe(false)
    for (let byte = 0; byte < salt.length; byte++) {
      const changed = Buffer.from(salt)
      changed[byte] = (changed[byte] ?? 0) ^ 1
      expect(commitsTo(commitment, sealed, changed)).toBe(false)
    }
    expect(commitsTo(commitment.subarray(1), sealed, salt)).toBe(false)
  })

  it('refuses a salt of another length', () => {
    expect(() => entryCommitment(accepted(entry, seq), salt.subarray(1))).toThrow(RangeError)
    expect(commitsTo(new Uint8Array(32), accepted(entry, seq), salt.subarray(1))).toBe(false)
  })

  it('is not found by a million guesses of entry and salt once the salt is gone', () => {
    const sealed = accepted(entry, seq)
    const wanted = Buffer.from(entryCommitment(sealed, salt)).toString('hex')
    function hashWith(guess: Uint8Array) {
      return createHash('sha256')
        .update('bc-ledger-v1')
        .update(guess)
        .update(canonicalJson(sealed))
        .digest('hex')
    }
    expect(hashWith(salt)).toBe(wanted)
    const text = canonicalJson(sealed)
    const guess = Buffer.alloc(32)
    let found = 0
    for (let candidate = 0; candidate < 1_000_000; candidate++) {
      guess.writeUInt32BE(candidate, 28)
      if (createHash('sha256').update('bc-ledger-v1').update(guess).update(text).digest('hex') === wanted)
        found += 1
    }
    expect(found).toBe(0)
  })
})
