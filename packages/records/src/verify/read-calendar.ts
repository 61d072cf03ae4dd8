import { z } from 'zod'
import type { AlgorithmCalendar } from '../time/algorithm-calendar.ts'

const day = z.iso.date()

const calendarSchema = z.strictObject({
  asOf: day,
  source: z.string().min(1).max(500),
  hash: z.strictObject({
    sha1: day,
    sha224: day,
    sha256: day,
    sha384: day,
    sha512: day,
    'sha3-256': day,
    'sha3-384': day,
    'sha3-512': day,
  }),
  signature: z
    .array(
      z.strictObject({
        scheme: z.enum(['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'ed25519']),
        bits: z.number().int().min(1),
        until: day,
      }),
    )
    .min(1),
})

/** The calendar of whoever verifies, in place of the built-in one: JSON of exactly its members. @throws ZodError */
export function readCalendar(json: string): AlgorithmCalendar {
  return calendarSchema.parse(JSON.parse(json))
}
