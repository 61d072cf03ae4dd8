import { type FieldRefusal, Refusal } from '@buergerdraht/contract'
import type { z } from 'zod'

type Fault = Omit<FieldRefusal, 'path'>

function measureOf(origin: string): '-characters' | '-entries' | '' {
  return origin === 'string' ? '-characters' : origin === 'array' ? '-entries' : ''
}

function faultOf(issue: z.core.$ZodIssue, value: unknown): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return { fault: value === undefined || value === null ? 'missing' : 'not-possible' }
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) <= 1) return { fault: 'missing' }
      return { fault: `min${measureOf(issue.origin)}`, detail: Number(issue.minimum) }
    case 'too_big':
      return { fault: `max${measureOf(issue.origin)}`, detail: Number(issue.maximum) }
    case 'invalid_format':
      return { fault: 'format' }
    default:
      return { fault: 'not-possible' }
  }
}

/** What is wrong with a value that may be one of several shapes, each told by its type: what is wrong with the shape that it has. */
function issuesOf(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const meant = issue.errors.find((issues) => issues.every(({ path }) => path.length > 0))
  return (meant ?? []).length === 0
    ? [issue]
    : (meant ?? []).flatMap((one) => issuesOf({ ...one, path: [...issue.path, ...one.path] }))
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step]
  return value
}

/** Where a text holds U+0000, which PostgreSQL's `text` and `jsonb` cannot store. */
function placesOfNul(input: unknown, path: readonly string[] = []): string[] {
  if (typeof input === 'string') return input.includes('\0') ? [path.join('.')] : []
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, value]) => placesOfNul(value, [...path, name]))
}

/** What the schema makes of the input. @throws Refusal `invalid-input` that names every field */
export function validate<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (!result.success) {
    const fields = result.error.issues.flatMap(issuesOf).map((issue) => ({
      path: issue.path.map(String).join('.'),
      ...faultOf(issue, valueAt(input, issue.path)),
    }))
    throw new Refusal('invalid-input', fields)
  }
  // What the schema has let through is no deeper than the schema.
  const nul = placesOfNul(result.data)
  if (nul.length > 0) {
    throw new Refusal(
      'invalid-input',
      nul.map((path) => ({ path, fault: 'format' })),
    )
  }
  return result.data
}
