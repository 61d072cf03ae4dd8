import { type FieldFault, Refusal } from '@buergerdraht/contract'
import { z } from 'zod'
import type { Language } from './language.ts'

const sentences = { de: z.locales.de().localeError, en: z.locales.en().localeError }

const faultOf = (issue: z.core.$ZodIssue): FieldFault => ({
  path: issue.path.map(String).join('.'),
  message: issue.message,
})

/**
 * What the schema makes of the input, or the refusal `invalid-input` that names every field, in the asker's language.
 * The messages of the schema library never repeat the value.
 */
export const validate = <S extends z.ZodType>(schema: S, input: unknown, language: Language): z.output<S> => {
  const result = schema.safeParse(input, { error: sentences[language] })
  if (result.success) return result.data
  throw new Refusal('invalid-input', result.error.issues.map(faultOf))
}
