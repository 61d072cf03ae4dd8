import type { Profile } from './simulator-client.ts'
import type { CitizenView } from './view.ts'

/** Who holds a phone. Remembered by the browser: each has its own phones. */
export type Holder = {
  readonly identity: string
  readonly profileName: string
  readonly username: string | null
  readonly receipts: boolean
  readonly blocked: boolean
}

function person(identity: string, profileName: string, username: string | null = null): Holder {
  return { identity, profileName, username, receipts: true, blocked: false }
}

/** People of the demo; their numbers are reserved for fiction. */
export const firstHolders: readonly [Holder, Holder, ...Holder[]] = [
  person('491713920011', 'Erika Musterfrau'),
  person('DE.7001000000000000022', 'Max M.', 'max.beispiel'),
  person('491713920033', 'Jannik B.'),
  person('491713920044', 'Ayşe Demir'),
  person('493023125077', 'Oma Inge'),
]

export function rememberedHolder(phone: number): Holder {
  const fallback = phone === 1 ? firstHolders[0] : firstHolders[1]
  try {
    const stored: Partial<Holder> = JSON.parse(localStorage.getItem(keyOf(phone)) ?? '{}')
    return typeof stored.identity === 'string' ? { ...fallback, username: null, ...stored } : fallback
  } catch {
    return fallback
  }
}

export function rememberHolder(phone: number, holder: Holder): void {
  localStorage.setItem(keyOf(phone), JSON.stringify(holder))
}

/** Somebody with a hidden number is known by an id of the network only. */
export function newHiddenIdentity(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(17)), (byte) => byte % 10)
  return `DE.7${digits.join('')}`
}

export function isHidden(holder: Holder): boolean {
  return holder.identity.includes('.')
}

/** Somebody whom the simulator knows already. */
export function holderOf(citizen: CitizenView): Holder {
  const { identity, profileName, username, blocked, reading } = citizen
  return { identity, profileName, username, blocked, receipts: reading !== 'never' }
}

export function profileOf(holder: Holder): Profile {
  return {
    profileName: holder.profileName,
    username: holder.username,
    blocked: holder.blocked,
    reading: holder.receipts ? 'on-the-phone' : 'never',
  }
}

function keyOf(phone: number): string {
  return `buergertelefon.phone-${phone}`
}
