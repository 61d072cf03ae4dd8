import type { Log } from '@buergerdraht/office'
import { pino } from 'pino'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
// Code words, names of ours, places in a payload, route patterns: no blanks, no capitals, no long row of digits.
const codeWord = /^[/:]?[a-z0-9]+([-_.:/[\]]{1,2}[a-z0-9]+)*\]?$/
// `/conversations/:id/messages/:messageId`
const routePattern = /^(\/:?[a-z0-9.-]+([A-Z][a-z]+)*)+$/
const errorCode = /^[A-Z0-9][A-Z0-9_]{1,39}$/
const errorName = /^[A-Z][A-Za-z]{0,60}(Error|Refusal|Exception)$/
const manyDigits = /\d{10}/

function isHarmless(text: string): boolean {
  return (
    uuid.test(text) ||
    instant.test(text) ||
    (text.length <= 100 &&
      !manyDigits.test(text) &&
      [codeWord, routePattern, errorCode, errorName].some((form) => form.test(text)))
  )
}

/** What takes the place of a value that could be somebody's. */
const withheld = '[withheld]'

const frame = /^\s+at .*(:\d+:\d+\)?|\(<anonymous>\))$/

/**
 * What may be known of an error: its class, its code, the constraint it broke and where in the program it was thrown. Never
 * its message: drivers, parsers and validators quote the value they could not use.
 */
function errorFacts(error: Error): Record<string, unknown> {
  const extra = error as { code?: unknown; constraint?: unknown; cause?: unknown }
  // A stack begins with name and message, which may be several lines long.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => frame.test(line))
  return {
    name: error.name,
    ...(extra.code === undefined ? {} : { code: factOf(extra.code) }),
    ...(extra.constraint === undefined ? {} : { constraint: factOf(extra.constraint) }),
    at: frames.slice(0, 8).map((line) => line.trim()),
    ...(extra.cause instanceof Error ? { cause: errorFacts(extra.cause) } : {}),
  }
}

function factOf(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return isHarmless(value) ? value : withheld
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Error) return errorFacts(value)
  if (Array.isArray(value)) return value.slice(0, 20).map(factOf)
  return withheld
}

/** Lets through only what cannot be personal by its form; the rest is withheld, whatever it is called. */
export function factsForLog(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, factOf(value)]])),
  )
}

export type LogOptions = {
  readonly level: string
  readonly process: 'api' | 'worker' | 'cli'
  /** Takes the lines instead of standard output. */
  readonly write?: (line: string) => void
}

/** JSON lines. Event names are constants of the program; facts are redacted by construction. */
export function createLog({ level, process: name, write }: LogOptions): Log {
  const options = { level, base: { process: name }, timestamp: pino.stdTimeFunctions.isoTime }
  const lines = write === undefined ? pino(options) : pino(options, { write })
  return {
    info: (facts, event) => lines.info(factsForLog(facts), event),
    warn: (facts, event) => lines.warn(factsForLog(facts), event),
    error: (facts, event) => lines.error(factsForLog(facts), event),
  }
}
