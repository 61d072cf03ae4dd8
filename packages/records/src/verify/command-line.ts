import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { bytesFromBase64 } from '../log/base64.ts'
import { parseNoteKey } from '../log/note-key.ts'
import { plannedAlgorithmCalendar } from '../time/algorithm-calendar.ts'
import { parseCertificatesPem } from '../time/certificate.ts'
import { readCalendar } from './read-calendar.ts'
import type { Trust } from './trust.ts'

export const usage = `buergerdraht-verify PACKAGE.zip|LEDGER-FOLDER|AUDIT-LOG.jsonl --key KEY [--key KEY ...] [options]

  --key KEY            verifier key of a log or witness (name+id+base64), or a file with one a line
  --witnesses N        so many witnesses must have cosigned
  --tsa-root FILE      root certificates of time-stamping authorities (PEM)
  --require-time-stamp a time stamp or evidence record must hold
  --calendar FILE      last days of algorithms (JSON) instead of the built-in ones, which are as of ${plannedAlgorithmCalendar.asOf}
  --ledger FOLDER      deletion ledger, to explain erased items of a package
  --checkpoint FILE    checkpoint of the ledger got elsewhere (witness, older export): the folder must contain it
  --item-keys FILE     JSON object of item id and base64 key, to check contents too
  --on DATE            judge as of the end of this day (UTC) instead of now
  --json               machine-readable answer
  --lang de|en         language of the sentences (de)
  --quiet              no progress
  --print-evidence-check   print a Java program for Bouncy Castle and end
  --print-inclusion-check  print a Python program that repeats an inclusion proof and end

Exit status: 0 valid, 1 invalid, 2 unusable (nothing was judged),
3 indeterminate (nothing speaks against it; something has lapsed or could not be checked).`

export type Invocation = {
  target: string
  trust: Trust
  ledger?: string
  /** Checkpoints that the folder has to live up to, beside its own. */
  checkpoints: { name: string; bytes: Uint8Array }[]
  rootPath?: string
  /** As of when it is judged. */
  on: Date
  itemKeys?: Map<string, Uint8Array>
  json: boolean
  language: 'de' | 'en'
  quiet: boolean
}

/** The invocation was not usable; the message says why. */
export class Unusable extends Error {}

const options = {
  key: { type: 'string', multiple: true },
  witnesses: { type: 'string' },
  'tsa-root': { type: 'string' },
  ledger: { type: 'string' },
  checkpoint: { type: 'string', multiple: true },
  'item-keys': { type: 'string' },
  on: { type: 'string' },
  'require-time-stamp': { type: 'boolean' },
  calendar: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  quiet: { type: 'boolean' },
} as const

/** @throws Unusable */
export function parseInvocation(args: readonly string[], now: Date): Invocation {
  const { values, positionals } = usable('The arguments are not understood', () =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  )
  const [target, extra] = positionals
  if (target === undefined || extra !== undefined)
    throw new Unusable('Name one package, ledger folder or audit log')
  const keys = (values.key ?? []).flatMap(keysIn)
  if (!keys.some(({ kind }) => kind === 'log'))
    throw new Unusable('Give the public key of the log with --key')
  const witnesses = Number(values.witnesses ?? '0')
  if (!Number.isInteger(witnesses) || witnesses < 0) throw new Unusable('--witnesses takes a number')
  const on = values.on === undefined ? now : endOfDay(values.on)
  if (Number.isNaN(on.getTime())) throw new Unusable('--on takes a date')
  if (values.lang !== undefined && values.lang !== 'de' && values.lang !== 'en')
    throw new Unusable('--lang takes de or en')
  const rootPath = values['tsa-root']
  const roots =
    rootPath === undefined ? [] : usable('The root certificates cannot be read', () => rootsIn(rootPath))
  const keysPath = values['item-keys']
  const calendarPath = values.calendar
  const checkpoints = (values.checkpoint ?? []).map((path) => ({
    name: `${given}${path}`,
    bytes: usable('The checkpoint cannot be read', () => readFileSync(path)),
  }))
  return {
    target,
    trust: {
      keys,
      witnesses,
      roots,
      on,
      requireTimeStamp: values['require-time-stamp'] ?? false,
      calendar:
        calendarPath === undefined
          ? plannedAlgorithmCalendar
          : usable('The calendar cannot be read', () => readCalendar(readFileSync(calendarPath, 'utf8'))),
    },
    on,
    ...(values.ledger !== undefined && { ledger: values.ledger }),
    checkpoints,
    ...(rootPath !== undefined && { rootPath }),
    ...(keysPath !== undefined && {
      itemKeys: usable('The item keys cannot be read', () => itemKeysIn(keysPath)),
    }),
    json: values.json ?? false,
    language: values.lang ?? 'de',
    quiet: values.quiet ?? false,
  }
}

const given = '--checkpoint '

/** The path of a checkpoint that was not found in the folder but named on the command line. */
export function givenPath(location: string): string | undefined {
  return location.startsWith(given) ? location.slice(given.length) : undefined
}

/** A day means its whole length; a moment is taken as it is. */
function endOfDay(text: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999Z` : text)
}

function keysIn(text: string) {
  const lines = /^[^\s+]+\+[0-9a-f]{8}\+/.test(text)
    ? [text]
    : usable('The key file cannot be read', () => readFileSync(text, 'utf8')).split('\n')
  const given = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return given.map((line) => usable('A key is not a verifier key', () => parseNoteKey(line)))
}

function rootsIn(path: string) {
  return parseCertificatesPem(readFileSync(path, 'utf8'))
}

function itemKeysIn(path: string): Map<string, Uint8Array> {
  const entries = Object.entries(
    z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8'))),
  )
  return new Map(
    entries.map(([id, text]) => {
      const key = bytesFromBase64(text)
      if (key?.length !== 32) throw new Unusable('An item key has 32 bytes')
      return [id, key]
    }),
  )
}

function usable<Value>(complaint: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new Unusable(`${complaint}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
