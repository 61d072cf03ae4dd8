/** An entry has a place of up to seven digits in its ledger. */
const entriesPerLedger = 10_000_000

/**
 * A place in the ledgers of an office, counted through: an office has one ledger, and another one after each that was lost or damaged and given up. What stands
 * in the database about an entry is its place, so it says which ledger it means.
 * @param ledger from 0, the first one
 */
export function placeIn(ledger: number, seq: number): number {
  return ledger * entriesPerLedger + seq
}

export function partsOfPlace(place: number): { readonly ledger: number; readonly seq: number } {
  return { ledger: Math.floor(place / entriesPerLedger), seq: place % entriesPerLedger }
}

/** As people read it: `17`, and of the second ledger `2/17`. */
export function nameOfPlace(place: number): string {
  const { ledger, seq } = partsOfPlace(place)
  return ledger === 0 ? `${seq}` : `${ledger + 1}/${seq}`
}

/** In what way a ledger cannot be used any more. */
export const ledgerFaults = ['missing', 'foreign', 'damaged', 'behind', 'inconsistent'] as const
