import type { BspAdapter } from './adapter.ts'
import { dialog360, meta } from './meta-cloud/cloud-adapter.ts'

/** Providers that a channel can be configured with. */
export const vendors = ['360dialog', 'meta'] as const
export type Vendor = (typeof vendors)[number]

export function adapterFor(vendor: Vendor): BspAdapter {
  return vendor === 'meta' ? meta : dialog360
}
