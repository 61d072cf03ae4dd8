/** Of a GeneralizedTime (`20261123025800Z`). */
const tag = 24
const written = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z/

/**
 * The time that a time stamp states (`genTime` of RFC 3161 section 2.4.2), to be shown. It is looked for, not verified: the first GeneralizedTime of the
 * response, which stands before any certificate. Null: there is none.
 */
export function statedTime(response: Uint8Array): Date | null {
  for (let at = response.indexOf(tag); at >= 0; at = response.indexOf(tag, at + 1)) {
    const length = response[at + 1] ?? 0
    const text = String.fromCharCode(...response.subarray(at + 2, at + 2 + length))
    const [, year, month, day, hour, minute, second] = written.exec(text) ?? []
    const found = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    if (!Number.isNaN(found.getTime())) return found
  }
  return null
}
