import type { Sender } from '@buergerdraht/bsp'
import { macOf } from '@buergerdraht/office'

export type IdentityKind = 'phone' | 'bsuid' | 'parent-bsuid'

export type Identity = {
  readonly kind: IdentityKind
  readonly value: string
  /** Keyed hash of kind and value, hex. */
  readonly mac: string
}

/** In the order in which they are believed: a parent BSUID spans portfolios, a phone number may be recycled. */
export function identitiesOf(identityLookup: Buffer, sender: Sender): Identity[] {
  function identity(kind: IdentityKind, value: string | null): Identity[] {
    return value === null || value === ''
      ? []
      : [{ kind, value, mac: macOf(identityLookup, kind, value).toString('hex') }]
  }
  return [
    ...identity('parent-bsuid', sender.parentBsuid),
    ...identity('bsuid', sender.bsuid),
    ...identity('phone', sender.phone),
  ]
}

export function identityKey(channelId: string, kind: IdentityKind, mac: string): string {
  return `${channelId}|${kind}|${mac}`
}
