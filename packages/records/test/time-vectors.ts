import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type AlgorithmCalendar, plannedAlgorithmCalendar } from '../src/time/algorithm-calendar.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import type { Trust } from '../src/verify/trust.ts'

/** Vectors of time stamps and evidence records: those given to us by others, and those that `make-vectors.ts` makes. */
const folder = fileURLToPath(new URL('../vectors/', import.meta.url))

const caseSchema = z.strictObject({
  about: z.string(),
  /** The file, where it is not the one of this name. */
  record: z.string().optional(),
  data: z.string(),
  root: z.string(),
  verdict: z.enum(['valid', 'invalid', 'indeterminate']),
  codes: z.array(z.string()),
  /** Last days of hash functions and signature schemes that differ from the built-in calendar. */
  lastDays: z.record(z.string(), z.string()).optional(),
})

export type TimeVector = z.infer<typeof caseSchema> & {
  name: string
  path: string
  bytes: Buffer
  dataPath: string
  rootPath: string
  content: Buffer
  trust: Trust
}

/** The day as of which they are judged. */
export const judgedOn = new Date('2026-11-28T23:59:59.999Z')

export function timeVectors(kind: 'time-stamps' | 'evidence-records'): TimeVector[] {
  return readdirSync(`${folder}${kind}`).flatMap((group) => {
    const base = `${folder}${kind}/${group}/`
    const files = readdirSync(base)
    return files
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const one = caseSchema.parse(JSON.parse(readFileSync(`${base}${file}`, 'utf8')))
        const name = file.replace('.json', '')
        const record =
          one.record ??
          files.find((each) => /\.(?:er|ts[rt])$/.test(each) && each.startsWith(`${name}.`)) ??
          ''
        const roots = parseCertificatesPem(readFileSync(`${base}${one.root}`, 'utf8'))
        return {
          ...one,
          name: `${kind}/${group}/${name}`,
          path: `${base}${record}`,
          bytes: readFileSync(`${base}${record}`),
          dataPath: `${base}${one.data}`,
          rootPath: `${base}${one.root}`,
          content: readFileSync(`${base}${one.data}`),
          trust: { keys: [], roots, on: judgedOn, calendar: calendarWith(one.lastDays ?? {}) },
        }
      })
  })
}

/** The built-in calendar with other last days. */
export function calendarWith(lastDays: Readonly<Record<string, string>>): AlgorithmCalendar {
  const { hash, signature } = plannedAlgorithmCalendar
  return {
    ...plannedAlgorithmCalendar,
    hash: { ...hash, ...Object.fromEntries(Object.entries(lastDays).filter(([name]) => name in hash)) },
    signature: signature.map((entry) => ({ ...entry, until: lastDays[entry.scheme] ?? entry.until })),
  }
}
