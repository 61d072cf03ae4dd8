import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseLocalDate } from '../law/instant.ts'
import {
  mayDestroySegment,
  readSegment,
  stillThere,
  type TombstoneSegment,
  tombstone,
  tombstoneSalt,
  writeSegment,
} from './tombstone.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

const vectors = new URL('../../vectors/ledger-entries/', import.meta.url)

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, vectors), 'utf8'))
}

const secret = Buffer.alloc(32, 7)
const anyUuid = fc.uuid({ version: [1, 4, 7] })
const versionSeven = '01a20904-b2c2-7000-a348-96a4ca5f39db'

function tombIn(segment: Pick<TombstoneSegment, 'version' | 'secret'>) {
  return (id: string): Uint8Array => tombstone(id, segment) ?? expect.fail(`no tombstone for ${id}`)
}
const tombOf = tombIn({ version: 1, secret })
const tomb2Of = tombIn({ version: 2, secret })

describe('tombstones', () => {
  it.each(read<{ tombstones: { uuid: string; sha256Hex: string }[] }>('valid/tombstones.json').tombstones)(
    '$uuid',
    ({ uuid, sha256Hex }) => {
      expect(Buffer.from(tombOf(uuid)).toString('hex')).toBe(sha256Hex)
    },
  )

  it.each(read<{ ids: string[] }>('invalid/tombstones.json').ids)('%j gets none', (id) => {
    expect(tombstone(id, { version: 1, secret })).toBeUndefined()
  })

  it.each(
    read<{ secondVersion: { uuid: string; secretHex: string; hmacHex: string }[] }>('valid/tombstones.json')
      .secondVersion,
  )('$uuid under the secret of its segment', ({ uuid, secretHex, hmacHex }) => {
    const segment = { version: 2, secret: Buffer.from(secretHex, 'hex') } as const
    expect(Buffer.from(tombIn(segment)(uuid)).toString('hex')).toBe(hmacHex)
  })

  it('of version 2 are of any UUID and of nothing else', () => {
    for (const id of ['', versionSeven.toUpperCase(), `${versionSeven}\n`, '+4915112345678'])
      expect(tombstone(id, { version: 2, secret })).toBeUndefined()
  })
})

describe('the salt of an entry', () => {
  it.each(
    read<{ salts: { secretHex: string; seq: number; uuids: string[]; saltHex: string }[] }>(
      'valid/tombstones.json',
    ).salts,
  )('number $seq is bound to its tombstones', (one) => {
    const salt = tombstoneSalt(Buffer.from(one.secretHex, 'hex'), one.seq, one.uuids.map(tombOf))
    expect(Buffer.from(salt).toString('hex')).toBe(one.saltHex)
  })
})

describe('segments', () => {
  it('are read as they were written, and grow by appending', () => {
    fc.assert(
      fc.property(fc.array(anyUuid), anyUuid, (ids, next) => {
        const segment = { version: 2, month: '2026-11', secret, tombstones: ids.map(tomb2Of) } as const
        const bytes = writeSegment(segment)
        const again = readSegment(bytes)
        if ('refused' in again) expect.fail(again.refused)
        expect(Buffer.from(writeSegment(again.accepted)).equals(bytes)).toBe(true)
        const grown = writeSegment({ ...segment, tombstones: [...segment.tombstones, tomb2Of(next)] })
        expect(Buffer.from(grown).equals(Buffer.concat([bytes, tomb2Of(next)]))).toBe(true)
      }),
    )
  })

  it('are refused when torn or no segment', () => {
    const bytes = writeSegment({
      version: 2,
      month: '2026-11',
      secret,
      tombstones: [tomb2Of(versionSeven)],
    })
    const header = bytes.length - 64
    for (let length = 0; length < bytes.length; length++) {
      const expected = length < header ? 'NOT_A_SEGMENT' : length === header + 32 ? undefined : 'TORN'
      const result = readSegment(bytes.subarray(0, length))
      expect('refused' in result ? result.refused : undefined).toBe(expected)
    }
    const wrongMonth = Buffer.from('bc-tombstones-v2 2026-13\n', 'latin1')
    expect(readSegment(wrongMonth)).toEqual({ refused: 'NOT_A_SEGMENT' })
    expect(readSegment(Buffer.from('bc-tombstones-v3 2026-11\n', 'latin1'))).toEqual({
      refused: 'NOT_A_SEGMENT',
    })
  })

  it('find exactly the deleted objects that came back, by version and secret of each', () => {
    const uuids = fc.uuid({ version: 4 })
    const other = Buffer.alloc(32, 8)
    fc.assert(
      fc.property(fc.uniqueArray(uuids), fc.uniqueArray(anyUuid), (early, late) => {
        const half = Math.floor(late.length / 2)
        const segments: TombstoneSegment[] = [
          { version: 1, month: '2026-10', secret, tombstones: early.map(tombOf) },
          { version: 2, month: '2026-11', secret, tombstones: late.slice(0, half).map(tomb2Of) },
          {
            version: 2,
            month: '2026-12',
            secret: other,
            tombstones: late.slice(half).map(tombIn({ version: 2, secret: other })),
          },
        ]
        const living = ['01a20904-b2c2-7000-a348-96a4ca5f39db', '3f2b8c1e-9d4a-4b6f-8a27-5c0e1d9f7b34']
        const deleted = new Set([...early, ...late])
        const left = living.filter((id) => !deleted.has(id))
        expect([...stillThere([...left, ...deleted], segments)]).toEqual([...deleted])
        expect([...stillThere(left, segments)]).toEqual([])
      }),
    )
  })

  it('refuse to pass over an id that none of them can have a tombstone of', () => {
    const old: TombstoneSegment = { version: 1, month: '2026-11', secret, tombstones: [] }
    expect(() => [...stillThere([versionSeven], [old])]).toThrow(RangeError)
    expect([...stillThere([versionSeven], [old, { ...old, version: 2 }])]).toEqual([])
    expect(() => [...stillThere(['no id'], [{ ...old, version: 2 }])]).toThrow(RangeError)
  })

  it('may go when no backup is left that can hold their objects', () => {
    function day(text: string) {
      return parseLocalDate(text) ?? expect.fail(text)
    }
    expect(mayDestroySegment('2026-11', day('2026-11-30'))).toBe(false)
    expect(mayDestroySegment('2026-11', day('2026-12-01'))).toBe(true)
    expect(mayDestroySegment('2026-12', day('2026-12-31'))).toBe(false)
    expect(mayDestroySegment('2026-12', day('2027-01-01'))).toBe(true)
    expect(mayDestroySegment('2026-11', null)).toBe(true)
    expect(mayDestroySegment('2026-1', null)).toBe(false)
  })
})
