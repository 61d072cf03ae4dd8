import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkEvidence, checkResponse, type Document } from '../src/verify/check-time.ts'
import type { Finding } from '../src/verify/finding.ts'
import type { Trust } from '../src/verify/trust.ts'
import { filesOf } from './zip-of.ts'

vi.setConfig({ testTimeout: 300_000 })

const folder = fileURLToPath(new URL('../vectors/packages/', import.meta.url))
const files = await filesOf(readFileSync(`${folder}valid/complete.zip`))
const roots = parseCertificatesPem(readFileSync(`${folder}tsa-root.pem`, 'utf8'))
const trust: Trust = { keys: [], roots, on: new Date('2026-11-24T00:00:00Z') }

function document(name: string): Document {
  const bytes = files.find((file) => file.name === name)?.bytes
  if (bytes === undefined) throw new Error(`${name} is not in the package`)
  return { name, bytes }
}

/** Where a change is not noticed: the same findings as without it. */
function unnoticed(bytes: Uint8Array, find: (changed: Uint8Array) => Finding[]): string[] {
  const codes = JSON.stringify(find(bytes).map(({ code }) => code))
  function isSilent(changed: Uint8Array) {
    return JSON.stringify(find(changed).map(({ code }) => code)) === codes
  }
  const silent: string[] = []
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit += 3) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << ((bit + at) % 8))
      if (isSilent(changed)) silent.push(`byte ${at}, bit ${(bit + at) % 8}`)
    }
    const longer = Buffer.concat([bytes.subarray(0, at), Uint8Array.of(at % 256), bytes.subarray(at)])
    if (isSilent(longer)) silent.push(`inserted at ${at}`)
    if (isSilent(bytes.subarray(0, at))) silent.push(`cut at ${at}`)
  }
  if (isSilent(Buffer.concat([bytes, Uint8Array.of(0)]))) silent.push('appended')
  return silent
}

describe('whatever byte is changed, put in, taken away or appended', () => {
  it('in the stored answer of an authority, it is found', () => {
    const { bytes } = document('checkpoint.tsr')
    expect(
      unnoticed(bytes, (each) => checkResponse(each, document('checkpoint.txt'), trust, 'x').findings),
    ).toEqual([])
  })

  it('in an evidence record, it is found', () => {
    const group = ['manifest.json', 'proof.tlog-proof', 'checkpoint.tsr'].map(document)
    const { bytes } = document('evidence.er')
    expect(unnoticed(bytes, (each) => checkEvidence(each, group, trust, 'x').findings)).toEqual([])
  })
})
