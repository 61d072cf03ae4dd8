import { createHash } from 'node:crypto'

/** When a citizen's phone reports that a message was read. */
type ReadingHabit =
  /** Soon after delivery: citizens who are played by a script. */
  | 'by-itself'
  /** When the chat is on the screen of the phone page. */
  | 'on-the-phone'
  /** Never: read receipts are switched off. */
  | 'never'

/** A person on the simulated network. */
export type Citizen = {
  /** How the simulator's own addresses name them: the phone number, or the BSUID when the number is hidden. */
  readonly identity: string
  /** Digits. Null: hidden behind a username, so that the office never learns it. */
  readonly phone: string | null
  readonly bsuid: string
  profileName: string
  username: string | null
  reading: ReadingHabit
  /** The citizen has blocked the office: messages to them fail with 131026. */
  blocked: boolean
}

const names = [
  'Erika Musterfrau',
  'Jannik B.',
  'Ayşe Demir',
  'Max M.',
  'Oma Inge',
  'Lena & Tom',
  'Paweł Nowak',
  'Dr. Sabine Roth',
  'Yusuf',
  'Kati 🌻',
] as const

const phoneForm = /^\d{6,20}$/
const bsuidForm = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/** Longest dialling codes first. */
const countries = [
  ['49', 'DE'],
  ['43', 'AT'],
  ['41', 'CH'],
  ['48', 'PL'],
  ['90', 'TR'],
  ['33', 'FR'],
] as const

/** Who has this identity on the first day of the network. Null: it is neither a phone number nor a BSUID. */
export function inventCitizen(identity: string): Citizen | null {
  const isPhone = phoneForm.test(identity)
  if (!isPhone && !bsuidForm.test(identity)) return null
  const seed = createHash('sha256').update(identity).digest()
  const profileName = names[seed.readUInt16BE(0) % names.length] ?? names[0]
  return {
    identity,
    phone: isPhone ? identity : null,
    bsuid: isPhone ? bsuidOf(identity, seed) : identity,
    profileName,
    username: isPhone ? null : usernameOf(profileName, seed),
    reading: 'by-itself',
    blocked: false,
  }
}

/** The same after every start: an inbox that remembers a citizen meets them again. */
function bsuidOf(phone: string, seed: Buffer): string {
  const country = countries.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? 'DE'
  return `${country}.${String(seed.readBigUInt64BE(2)).padStart(20, '7').slice(0, 19)}`
}

function usernameOf(profileName: string, seed: Buffer): string {
  const word = profileName
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFKD')
    .replaceAll(/[^a-z]+/g, '.')
    .replaceAll(/^\.+|\.+$/g, '')
  return `${word}.${seed.readUInt8(12)}`
}
