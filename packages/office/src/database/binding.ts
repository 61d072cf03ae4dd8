/**
 * Binds values of a statement that is put together from parts. @param values the statement's, and those that it has already; each that is bound is added
 * @returns of a value its parameter: `$3`
 */
export function binding(values: unknown[]): (value: unknown) => string {
  return (value) => `$${values.push(value)}`
}
