/** Enough of an id to tell it from others and to say it on the phone: `9A0E-2B2C`. */
export function pseudonym(id: string): string {
  const hex = id.replaceAll('-', '').toUpperCase()
  return `${hex.slice(-8, -4)}-${hex.slice(-4)}`
}
