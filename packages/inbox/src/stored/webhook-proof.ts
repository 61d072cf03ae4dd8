import { type Keys, macOf } from '@buergerdraht/office'

/** What the proof of a webhook is remembered by: a keyed hash of the secret or headers that it was authenticated with. */
export function proofMacOf({ keys }: { readonly keys: Pick<Keys, 'lookup'> }, proof: string): Buffer {
  return macOf(keys.lookup.event, 'webhook-proof', proof).subarray(0, 16)
}
