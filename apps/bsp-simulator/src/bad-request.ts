import { z } from 'zod'

/** The body of a 400 or 404 of the citizens' API. */
export function fault(field: string, message: string): object {
  return { code: 'bad-request', message: `${field}: ${message}`, fields: { [field]: message } }
}

export function faultOf(error: z.ZodError): object {
  const fields = Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]))
  return { code: 'bad-request', message: z.prettifyError(error), fields }
}
