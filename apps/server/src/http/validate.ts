import { type FieldFault, Refusal } from '@buergerdraht/contract'
import type { z } from 'zod'
import type { Language } from './language.ts'

const sentences = {
  de: {
    missing: 'Bitte ausfüllen.',
    format: 'Dieses Format wird nicht verstanden.',
    other: 'Dieser Wert ist hier nicht möglich.',
    least: { string: 'Mindestens # Zeichen.', array: 'Mindestens # Einträge.', number: 'Mindestens #.' },
    most: { string: 'Höchstens # Zeichen.', array: 'Höchstens # Einträge.', number: 'Höchstens #.' },
  },
  en: {
    missing: 'Please fill this in.',
    format: 'This format is not understood.',
    other: 'This value is not possible here.',
    least: { string: 'At least # characters.', array: 'At least # entries.', number: 'At least #.' },
    most: { string: 'At most # characters.', array: 'At most # entries.', number: 'At most #.' },
  },
} as const

function measureOf(origin: string): 'string' | 'array' | 'number' {
  return origin === 'string' || origin === 'array' ? origin : 'number'
}

/** What is wrong with a field, for a human. Never repeats the value. */
function sentenceFor(issue: z.core.$ZodRawIssue, language: Language): string {
  const say = sentences[language]
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? say.missing : say.other
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) <= 1) return say.missing
      return say.least[measureOf(issue.origin)].replace('#', String(issue.minimum))
    case 'too_big':
      return say.most[measureOf(issue.origin)].replace('#', String(issue.maximum))
    case 'invalid_format':
      return say.format
    default:
      return say.other
  }
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  return {
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }
}

/** Where a text holds U+0000, which PostgreSQL's `text` and `jsonb` cannot store. */
function placesOfNul(input: unknown, path: readonly string[] = []): string[] {
  if (typeof input === 'string') return input.includes('\0') ? [path.join('.')] : []
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, value]) => placesOfNul(value, [...path, name]))
}

/** What the schema makes of the input, or the refusal `invalid-input` that names every field, in the asker's language. */
export function validate<S extends z.ZodType>(schema: S, input: unknown, language: Language): z.output<S> {
  const result = schema.safeParse(input, { error: (issue) => sentenceFor(issue, language) })
  // What the schema has let through is no deeper than the schema.
  const nul = result.success ? placesOfNul(result.data) : []
  if (nul.length > 0) {
    const message = sentences[language].format
    throw new Refusal(
      'invalid-input',
      nul.map((path) => ({ path, message })),
    )
  }
  if (result.success) return result.data
  throw new Refusal('invalid-input', result.error.issues.map(faultOf))
}
