import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseLocalDate } from '../law/instant.ts'
import {
  mayDestroySegment,
  readSegment,
  stillThere,
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

function tombOf(id: string): Uint8Array {
  return tombstone(id) ?? expect.fail(`no tombstone for ${id}`)
}

const secret = Buffer.alloc(32, 7)
const uuids = fc.uuid({ version: 4 })

describe('tombstones', () => {
  it.each(read<{ tombstones: { uuid: string; sha256Hex: string }[] }>('valid/tombstones.json').tombstones)(
    '$uuid',
    ({ uuid, sha256Hex }) => {
      expect(Buffer.from(tombOf(uuid)).toString('hex')).toBe(sha256Hex)
    },
  )

  it.each(read<{ ids: string[] }>('invalid/tombstones.json').ids)('%j gets none', (id) => {
    expect(tombstone(id)).toBeUndefined()
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
      fc.property(fc.array(uuids), uuids, (ids, next) => {
        const segment = { month: '2026-11', secret, tombstones: ids.map(tombOf) }
        const bytes = writeSegment(segment)
        const again = readSegment(bytes)
        if ('refused' in again) expect.fail(again.refused)
        expect(Buffer.from(writeSegment(again.accepted)).equals(bytes)).toBe(true)
        const grown = writeSegment({ ...segment, tombstones: [...segment.tombstones, tombOf(next)] })
        expect(Buffer.from(grown).equals(Buffer.concat([bytes, tombOf(next)]))).toBe(true)
      }),
    )
  })

  it('are refused when torn or no segment', () => {
    const bytes = writeSegment({
      month: '2026-11',
      secret,
      tombstones: [tombOf('3f2b8c1e-9d4a-4b6f-8a27-5c0e1d9f7b34')],
    })
    const header = bytes.length - 64
    for (let length = 0; length < bytes.length; length++) {
      const expected = length < header ? 'NOT_A_SEGMENT' : length === header + 32 ? undefined : 'TORN'
      const result = readSegment(bytes.subarray(0, length))
      expect('refused' in result ? result.refused : undefined).toBe(expected)
    }
    const wrongMonth = Buffer.from('bc-tombstones-v1 2026-13\n', 'latin1')
    expect(readSegment(wrongMonth)).toEqual({ refused: 'NOT_A_SEGMENT' })
    expect(readSegment(Buffer.from('bc-tombstones-v2 2026-11\n', 'latin1'))).toEqual({
      refused: 'NOT_A_SEGMENT',
    })
  })

  it('find exactly the deleted objects that came back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(uuids), fc.uniqueArray(uuids), (deleted, living) => {
        const half = Math.floor(deleted.length / 2)
        const segments = [
          { month: '2026-10', secret, tombstones: deleted.slice(0, half).map(tombOf) },
          { month: '2026-11', secret, tombstones: deleted.slice(half).map(tombOf) },
        ]
        const restored = [...living, ...deleted]
        const expected = restored.filter((id) => deleted.includes(id))
        expect([...stillThere(restored, segments)]).toEqual(expected)
        expect([
          ...stillThere(
            living.filter((id) => !deleted.includes(id)),
            segments,
          ),
        ]).toEqual([])
      }),
    )
  })

  it('refuse to pass over an id that cannot have a tombstone', () => {
    const segments = [{ month: '2026-11', secret, tombstones: [] }]
    const version7 = '01a20904-b2c2-7000-a348-96a4ca5f39db'
    expect(() => [...stillThere([version7], segments)]).toThrow(RangeError)
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
