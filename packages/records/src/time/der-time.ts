import { latin1Of } from './bytes.ts'
import { contentOf, type Der, NotDer, tags } from './der.ts'

const seconds = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{0,8}[1-9]))?Z$/

/**
 * A GeneralizedTime as RFC 3161 section 2.4.2 and X.690 section 11.7 allow it: `YYYYMMDDhhmmss[.f]Z`, of a moment that
 * exists, the fraction without zeros at its end. Finer than a millisecond is cut off. @throws NotDer
 */
export function readGeneralizedTime(value: Der | undefined): Date {
  return moment(textOf(contentOf(value, tags.generalizedTime)))
}

/** Time of RFC 5280 section 4.1.2.5: UTCTime until 2049, GeneralizedTime; both to the second and in UTC. @throws NotDer */
export function readTime(value: Der | undefined): Date {
  const text = textOf(value?.content ?? new Uint8Array(0))
  if (value?.tag === tags.utcTime) return moment(`${text.slice(0, 2) < '50' ? '20' : '19'}${text}`)
  return readGeneralizedTime(value)
}

function moment(text: string): Date {
  const parts = seconds.exec(text)
  if (parts === null) throw new NotDer('A time is not YYYYMMDDhhmmss[.f]Z')
  const [, year, month, day, hour, minute, second, fraction = ''] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${`${fraction}000`.slice(0, 3)}Z`
  const at = new Date(iso)
  // Date takes 30 February for 2 March.
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) throw new NotDer('A time does not exist')
  return at
}

function textOf(bytes: Uint8Array): string {
  return latin1Of(bytes.subarray(0, 32))
}
