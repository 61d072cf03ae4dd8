import type { Attachment, Failure, Upload } from '../api.ts'

export type FileEntry = {
  readonly key: string
  readonly name: string
  readonly sizeBytes: number | null
  /** 0 to 100 while it is on its way. */
  readonly percent: number
  readonly attachment: Attachment | null
  readonly failure: Failure | null
  /** What the photo was before it was scaled, until somebody has decided that it may go so. */
  readonly scaledFrom: Upload['scaledFrom']
}

export type Tray = {
  readonly entries: readonly FileEntry[]
  /** So many were left out of those that were added last: there is no room for them. */
  readonly leftOut: number
}

const emptyTray: Tray = { entries: [], leftOut: 0 }

/**
 * The files of what one is writing, a conversation each. They are not the conversation page's: what is on its way up goes on when the clerk
 * opens another one, and is there, or has failed, when they come back. Which files are ready belongs to the draft, see `drafts.ts`.
 */
function createTrays() {
  const trays = new Map<string, Tray>()
  const uploads = new Map<string, { readonly file: File; readonly abort: AbortController }>()
  const listeners = new Set<() => void>()

  function tell(): void {
    for (const listener of listeners) listener()
  }

  function isUnsettled(conversationId: string): boolean {
    const entries = trays.get(conversationId)?.entries ?? []
    return entries.some(({ attachment, failure }) => attachment === null || failure !== null)
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    of: (conversationId: string): Tray => trays.get(conversationId) ?? emptyTray,
    /** Something in it is on its way up or has failed. */
    isUnsettled,
    /** Something is on its way up: leaving the page now would lose it. */
    isAnyBusy: (): boolean =>
      [...trays.values()].some(({ entries }) =>
        entries.some(({ attachment, failure }) => attachment === null && failure === null),
      ),
    /** What is no longer in the tray is not sent up again: its file is let go. */
    change: (conversationId: string, next: (before: Tray) => Partial<Tray>): void => {
      const before = trays.get(conversationId) ?? emptyTray
      const after = { ...before, ...next(before) }
      trays.set(conversationId, after)
      const kept = new Set(after.entries.map(({ key }) => key))
      for (const { key } of before.entries) if (!kept.has(key)) uploads.delete(key)
      tell()
    },
    /** The conversation page goes; the draft has what is ready. What is not stays. */
    leave: (conversationId: string): void => {
      if (isUnsettled(conversationId)) return
      for (const { key } of trays.get(conversationId)?.entries ?? []) uploads.delete(key)
      trays.delete(conversationId)
    },
    /** @returns what ends the upload */
    begin: (key: string, file: File): AbortSignal => {
      const abort = new AbortController()
      uploads.set(key, { file, abort })
      return abort.signal
    },
    fileOf: (key: string): File | undefined => uploads.get(key)?.file,
    abort: (key: string): void => uploads.get(key)?.abort.abort(),
    /** Somebody else signs in: nothing of it is theirs. */
    clear: (): void => {
      for (const { abort } of uploads.values()) abort.abort()
      uploads.clear()
      trays.clear()
      tell()
    },
  }
}

export const trays = createTrays()
