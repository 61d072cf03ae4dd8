/** An object of the shape T whose every field may be missing or anything else. */
export type Untrusted<T> = { readonly [K in keyof T]?: unknown }

const maxIdLength = 512
const loneSurrogate = /[\ud800-\udfff]/gu
/** No long row of digits: that could be somebody's number. */
const codeWord = /^(?!.*\d{10})[\w.:-]{1,64}$/

/** Instants outside are a broken clock, not a time: WhatsApp did not exist before, we shall not exist after. */
const minInstantMs = Date.UTC(2009, 0, 1)
const maxInstantMs = Date.UTC(2050, 0, 1)
/** Seconds reach eleven digits in the year 5138; anything that long is milliseconds. */
const minMilliseconds = 100_000_000_000

/** Narrows to an object that is no array. Null: it is something else. */
export function objectOf<T>(value: unknown): Untrusted<T> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

/** The elements of an array; none for anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/**
 * Text as PostgreSQL can store it: NUL removed, lone surrogates replaced by U+FFFD, otherwise unchanged. Null: no text.
 */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const withoutNul = value.includes('\0') ? value.replaceAll('\0', '') : value
  loneSurrogate.lastIndex = 0
  return loneSurrogate.test(withoutNul) ? withoutNul.replace(loneSurrogate, '\ufffd') : withoutNul
}

/** Like `textOf`, but empty text is no text. */
export function nonEmptyTextOf(value: unknown): string | null {
  return textOf(value) || null
}

/** The id of a message or call: text of 1 to 512 characters, not only blanks. A number is not accepted: it may have lost digits. */
export function messageIdOf(value: unknown): string | null {
  const id = nonEmptyTextOf(value)
  return id !== null && id.length <= maxIdLength && id.trim() !== '' ? id : null
}

/** An id that is sometimes sent without quotes. Numbers beyond 2^53 have already lost digits: null. */
export function unquotedIdOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : messageIdOf(value)
}

/** A vendor's code word (`REJECTED`, `131047`): safe in logs and banners. Null: not such a word. */
export function codeWordOf(value: unknown): string | null {
  const word = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof word === 'string' && codeWord.test(word) ? word : null
}

/** The code of the first error in a list of them that has one. */
export function errorCodeOf(errors: unknown): string | null {
  for (const error of elementsOf(errors)) {
    const code = codeWordOf(objectOf<{ code: unknown }>(error)?.code)
    if (code !== null) return code
  }
  return null
}

/** A finite number, written as one or as decimal text. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/**
 * An instant from Unix seconds, as text or number; 13-digit values are milliseconds. Null: missing or not credible
 * (zero, before 2009, after 2050, not a number). A time slightly in the future is left to whoever knows the arrival.
 */
export function instantOf(value: unknown): Date | null {
  const number = numberOf(value)
  if (number === null) return null
  const milliseconds = Math.trunc(number >= minMilliseconds ? number : number * 1000)
  return milliseconds >= minInstantMs && milliseconds <= maxInstantMs ? new Date(milliseconds) : null
}
