import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeVoice } from './decode-voice.ts'
import { readOggOpus } from './ogg-opus.ts'

const note = new Uint8Array(
  readFileSync(new URL('../../../bsp-simulator/samples/sprachnachricht.ogg', import.meta.url)),
)

test('a voice note becomes sound that every browser plays, as long and as loud', async () => {
  const wav = await decodeVoice(note)
  expect(wav.type).toBe('audio/wav')
  const view = new DataView(await wav.arrayBuffer())
  expect([view.getUint32(0), view.getUint32(8)]).toEqual([0x52494646, 0x57415645])
  expect([view.getUint16(22, true), view.getUint32(24, true)]).toEqual([1, 24_000])
  const samples = new Int16Array(view.buffer.slice(44))
  // As the granule position of its last page says (RFC 7845 §4), to within a packet.
  const granule = Number(
    new DataView(note.buffer).getBigInt64(Buffer.from(note).lastIndexOf('OggS') + 6, true),
  )
  const heard = (granule - (readOggOpus(note)?.preSkip ?? 0)) / 2
  expect(Math.abs(samples.length - heard)).toBeLessThan(24_000 * 0.12)
  expect(samples.some((sample) => sample > 1_000)).toBe(true)
})

test.each([
  ['nothing', new Uint8Array()],
  ['text', new TextEncoder().encode('OggS, but only by name')],
  ['the head alone', note.slice(0, 60)],
])('%s is refused', async (_, bytes) => {
  await expect(decodeVoice(bytes)).rejects.toThrow()
})

test('whatever is cut off or changed, it is read or refused', () => {
  fc.assert(
    fc.property(fc.nat(note.length), fc.nat(note.length - 1), fc.nat(255), (length, at, value) => {
      const broken = note.slice(0, length)
      if (at < length) broken[at] = value
      const read = readOggOpus(broken)
      const heard = read?.packets.reduce((sum, packet) => sum + packet.length, 0) ?? 0
      expect(heard).toBeLessThanOrEqual(length)
    }),
  )
})
