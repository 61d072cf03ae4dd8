import { type ReactElement, useEffect, useId, useRef } from 'react'
import type { IconName } from './icon.tsx'

/** Something that can be done here, by its name. */
export type Act = {
  readonly id: string
  readonly icon: IconName
  readonly name: string
  /** The key that does it without the palette. */
  readonly keys?: string
  readonly detail?: ReactElement | string
  run(): void
}

/** What part of a page offers the palette. */
export type Offer = {
  /** Asked for when the palette opens, while what it is meant for still has the focus. */
  readonly acts: () => readonly Act[]
  /** They lead elsewhere, and come after what can be done here. */
  readonly elsewhere?: true
  /** What else is found by typing. */
  readonly find?: ((q: string, signal: AbortSignal) => Promise<readonly Act[]>) | undefined
}

const offers = new Map<string, () => Offer>()

/** What can be done here stands in the palette as long as the component is shown. */
export function useActs(offer: Offer): void {
  const id = useId()
  const latest = useRef(offer)
  latest.current = offer
  useEffect(() => {
    offers.set(id, () => latest.current)
    return () => void offers.delete(id)
  }, [id])
}

/** All that can be done now, in the order in which the parts of the page were shown; what leads elsewhere comes last. */
export function offered(): readonly Offer[] {
  const all = [...offers.values()].map((offer) => offer())
  return all.toSorted((a, b) => Number(a.elsewhere ?? false) - Number(b.elsewhere ?? false))
}
