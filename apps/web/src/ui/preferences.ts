import { useSyncExternalStore } from 'react'

/** How somebody likes to work. Nothing about who they are or whom they write to. */
export type Preferences = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'de' | 'en'
  readonly enterSends: boolean
  readonly shortcuts: boolean
  readonly order: 'waiting' | 'latest'
  /** More rows of the list on a page. */
  readonly dense: boolean
  /** Notices on the desktop. */
  readonly notices: boolean
  /** From when until when there are none, as `18:30`; the same twice: there always are. */
  readonly quietFrom: string
  readonly quietUntil: string
}

const key = 'buergerdraht.preferences'
const initial: Preferences = {
  theme: 'system',
  language: 'de',
  enterSends: false,
  shortcuts: true,
  order: 'waiting',
  dense: false,
  notices: false,
  quietFrom: '18:00',
  quietUntil: '07:00',
}

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    return typeof stored === 'object' && stored !== null ? { ...initial, ...stored } : initial
  } catch {
    return initial
  }
}

let current = read()
const changed = new EventTarget()

function show({ theme, language }: Preferences): void {
  document.documentElement.lang = language
  if (theme === 'system') document.documentElement.removeAttribute('data-kern-theme')
  else document.documentElement.setAttribute('data-kern-theme', theme)
}
show(current)

export function preferences(): Preferences {
  return current
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  show(current)
  try {
    window.localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // Storage is switched off or full: the choice lasts as long as the page.
  }
  changed.dispatchEvent(new Event('change'))
}

function subscribe(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}
