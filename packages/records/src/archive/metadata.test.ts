import { expect, it } from 'vitest'
import { encodeMetadata, type PackageMetadata, parseMetadata } from './metadata.ts'

const event: PackageMetadata['events'][number] = {
  id: '00000000-0000-4000-8000-000000000001',
  type: 'SEALED',
  at: '2026-11-23T02:58:00.000Z',
  outcome: 'SUCCESS',
  agent: { type: 'SOFTWARE', name: 'Bürgerdraht', version: '0.1.0' },
}
const metadata: PackageMetadata = {
  format: 'buergerdraht-archive-metadata',
  v: 1,
  producer: { authority: 'Stadt Musterstadt' },
  legalBasis: '§ 3 E-Government-Gesetz',
  formats: [],
  events: [event],
  signatureVerifications: [],
}

function isAccepted(value: unknown): boolean {
  return parseMetadata(Buffer.from(JSON.stringify(value))) !== undefined
}

it('are read as they were written, and in no other form', () => {
  const bytes = encodeMetadata(metadata)
  expect(parseMetadata(bytes)).toEqual(metadata)
  expect(parseMetadata(Buffer.concat([Buffer.from(' '), bytes]))).toBeUndefined()
})

it('have a closed schema', () => {
  const read: unknown = JSON.parse(Buffer.from(encodeMetadata(metadata)).toString())
  expect(isAccepted(read)).toBe(true)
  function withEvent(change: object) {
    const changed = { ...event, ...change }
    try {
      encodeMetadata({ ...metadata, events: [changed as PackageMetadata['events'][number]] })
      return true
    } catch {
      return false
    }
  }
  expect(withEvent({ type: 'RENEWED', policy: '1.2.3.4.1', package: event.id })).toBe(true)
  expect(withEvent({ type: 'HANDED_OVER', recipient: 'Stadtarchiv' })).toBe(true)
  expect(withEvent({ type: 'CHECKED', policy: '1.2.3.4.1' })).toBe(false)
  expect(withEvent({ type: 'HANDED_OVER' })).toBe(false)
  expect(withEvent({ recipient: 'Stadtarchiv' })).toBe(false)
  expect(withEvent({ note: 'Erika Mustermann' })).toBe(false)
  expect(withEvent({ at: '2026-02-30T00:00:00.000Z' })).toBe(false)
})
