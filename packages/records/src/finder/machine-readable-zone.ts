/**
 * The numbers of documents in machine-readable zones of any state (ICAO Doc 9303 parts 4 and 5), by where each begins; the value is
 * where it ends, its check digit and the German `D` included. People copy the lines from a picture, so the line itself is looked for, not the whole zone.
 */
export function machineReadableSerials(written: string): ReadonlyMap<number, number> {
  const serials = new Map<number, number>()
  if (!written.includes('<')) return serials
  const text = written.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
  for (const zone of text.matchAll(passportLine)) {
    const { serial = '', nationality, birth = '', expiry = '' } = zone.groups ?? {}
    const length = serial.length + (nationality === 'D<<' ? 1 : 0)
    if (hasCheckDigit(serial) && hasCheckDigit(birth) && hasCheckDigit(expiry))
      serials.set(zone.index, zone.index + length)
  }
  for (const zone of text.matchAll(cardLine)) {
    const { serial = '' } = zone.groups ?? {}
    const start = zone.index + zone[0].length - serial.length
    if (hasCheckDigit(serial)) serials.set(start, start + serial.length)
  }
  return serials
}

/** Second line of a passport: number, nationality, birth, sex, expiry. */
const passportLine =
  /(?<![A-Z0-9<])(?<serial>[A-Z0-9<]{9}[0-9])(?<nationality>[A-Z]{3}|[A-Z]<<)(?<birth>[0-9]{6}[0-9])[MFX<](?<expiry>[0-9]{6}[0-9])/g
/** First line of a card: kind of document, issuing state, number. */
const cardLine =
  /(?<![A-Z0-9<])[IAC][A-Z<](?:[A-Z]{3}|[A-Z]<<)(?<serial>[A-Z0-9<]{9}[0-9])(?=[A-Z0-9<]{0,14}<)/g

/** Weights 7, 3, 1 repeated, letters as 10…35, fillers as 0, modulo 10 (ICAO Doc 9303 part 3, section 4.9). */
export function hasCheckDigit(characters: string): boolean {
  let sum = 0
  const last = characters.length - 1
  for (let index = 0; index < last; index++) {
    const weight = index % 3 === 0 ? 7 : index % 3 === 1 ? 3 : 1
    const character = characters.charAt(index)
    sum += weight * (character === '<' ? 0 : Number.parseInt(character, 36))
  }
  return String(sum % 10) === characters.charAt(last)
}
