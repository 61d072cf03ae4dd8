/** Two-digit country calling codes (ITU-T E.164 assignments); 1 and 7 have one digit, all others three. */
const twoDigitCodes = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)

const dots = '····'

function countryCodeLength(digits: string): number {
  return digits.startsWith('1') || digits.startsWith('7') ? 1 : twoDigitCodes.has(digits.slice(0, 2)) ? 2 : 3
}

/**
 * A number as a clerk may see it, e.g. `+49 171 ···· 011`: at least four digits stay hidden, short numbers show only their end.
 * Null for what is not a number.
 */
export function maskedPhoneOf(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? ''
  if (digits.length < 6) return null
  const code = digits.slice(0, countryCodeLength(digits))
  const national = digits.slice(code.length)
  if (national.length < 10) return `+${code} ${dots} ${national.slice(-2)}`
  return `+${code} ${national.slice(0, 3)} ${dots} ${national.slice(-3)}`
}

const maxLength = 80

/** A profile name that can be shown in one line: no control or direction characters, no pile of marks. Null: nothing visible. */
function visibleName(name: string | null): string | null {
  const line = (name ?? '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
  if (!/[^\p{Z}\p{C}\p{M}]/u.test(line)) return null
  return [...line].slice(0, maxLength).join('')
}

/** What a contact is called: the citizen's own name, "@username", the masked number, or "Unbekannt". Never an identity. */
export function displayNameOf(contact: {
  readonly name: string | null
  readonly username: string | null
  readonly phone: string | null
}): string {
  const username = visibleName(contact.username)
  return (
    visibleName(contact.name) ??
    (username === null ? null : `@${username.replace(/^@/, '')}`) ??
    maskedPhoneOf(contact.phone) ??
    'Unbekannt'
  )
}
