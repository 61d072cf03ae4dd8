export type Shortcuts = Readonly<Record<string, () => void>>

/** What a key means after the one before it: a sequence (`g i`) if there is one, else what the key means alone. */
export function meantBy(shortcuts: Shortcuts, before: string | null, key: string): (() => void) | undefined {
  return (before === null ? undefined : shortcuts[`${before} ${key}`]) ?? shortcuts[key]
}
