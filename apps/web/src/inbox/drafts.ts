import { type Attachment, ask, Failure, type Message } from '../api.ts'

export type Draft = {
  readonly text: string
  readonly replyTo: Message['replyTo']
  readonly files: readonly Attachment[]
}

/** Sent, and not known to be stored. */
export type Unsent = Draft & { readonly clientId: string }

export const noDraft: Draft = { text: '', replyTo: null, files: [] }

/** Where drafts are kept: nothing of them is written anywhere in the browser. */
export type DraftServer = {
  load(conversationId: string): Promise<Draft | null>
  /** @param unsent comes back before the draft, unless it was stored meanwhile */
  save(conversationId: string, draft: Draft, unsent: readonly Unsent[]): Promise<void>
  list(): Promise<readonly string[]>
}

type Entry = {
  draft: Draft
  /** What was kept before has come, or there was none. */
  loaded: boolean
  busy: boolean
  /** What the server has, as {@link signatureOf}. */
  saved: string
  attempts: number
  timer: ReturnType<typeof setTimeout> | undefined
}

const pauseMs = 500
const maxWaitMs = 15_000

function isEmpty({ text, replyTo, files }: Draft): boolean {
  return text === '' && replyTo === null && files.length === 0
}

function signatureOf({ text, replyTo, files }: Draft, unsent: readonly Unsent[] = []): string {
  return JSON.stringify([
    text,
    replyTo?.id ?? null,
    files.map(({ id }) => id),
    unsent.map(({ clientId }) => clientId),
  ])
}

/** What was written at two times, as one draft. */
function joined(drafts: readonly Draft[]): Draft {
  return {
    text: drafts.flatMap(({ text }) => (text === '' ? [] : [text])).join('\n\n'),
    replyTo: drafts.find(({ replyTo }) => replyTo !== null)?.replyTo ?? null,
    files: drafts.flatMap(({ files }) => files),
  }
}

/**
 * What one has begun to write, a conversation each. It is in memory, and with every pause on the server, where it belongs to the account
 * and is sealed; so it outlives a reload, a crash and the end of a session, and nobody else at this desk gets it. A save that fails is
 * tried until it succeeds. What was sent and is not stored yet (`unsentOf`) is kept along with it, by the id by which it is sent.
 */
export function createDrafts(server: DraftServer) {
  let entries = new Map<string, Entry>()
  let known = new Set<string>()
  let owner: string | null = null
  let unsentOf: (conversationId: string) => readonly Unsent[] = () => []
  const listeners = new Set<() => void>()

  function tell(): void {
    for (const listener of listeners) listener()
  }
  function entryOf(id: string): Entry {
    const entry = entries.get(id) ?? {
      draft: noDraft,
      loaded: false,
      busy: false,
      saved: signatureOf(noDraft),
      attempts: 0,
      timer: undefined,
    }
    entries.set(id, entry)
    return entry
  }
  function isSaved(id: string, { draft, saved }: Entry): boolean {
    return signatureOf(draft, unsentOf(id)) === saved
  }

  function soon(id: string, entry: Entry): void {
    if (entry.timer !== undefined) return
    const waitMs = entry.attempts === 0 ? pauseMs : Math.min(maxWaitMs, pauseMs * 2 ** entry.attempts)
    entry.timer = setTimeout(() => void work(id, entry), waitMs)
  }

  /** Brings what the server has here, or what is here to the server; one request a conversation at a time. */
  async function work(id: string, entry: Entry): Promise<void> {
    clearTimeout(entry.timer)
    entry.timer = undefined
    if (entry.busy || entries.get(id) !== entry || (entry.loaded && isSaved(id, entry))) return
    entry.busy = true
    let goesOn = true
    try {
      if (entry.loaded) await save(id, entry)
      else await load(id, entry)
      entry.attempts = 0
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'defect'
      entry.attempts += 1
      // Signing in again wakes it; what is not there for this account cannot be kept.
      goesOn = code !== 'not-signed-in' && code !== 'not-found' && code !== 'not-allowed'
    }
    entry.busy = false
    if (entries.get(id) !== entry) return
    if (goesOn && !(entry.loaded && isSaved(id, entry))) soon(id, entry)
    tell()
  }
  async function save(id: string, entry: Entry): Promise<void> {
    const [draft, unsent] = [entry.draft, unsentOf(id)]
    await server.save(id, draft, unsent)
    entry.saved = signatureOf(draft, unsent)
  }
  async function load(id: string, entry: Entry): Promise<void> {
    const before = await server.load(id)
    // What has been written meanwhile stands below what was there.
    if (before !== null) {
      entry.draft = joined([before, entry.draft])
      entry.saved = signatureOf(before)
    }
    entry.loaded = true
  }

  function clear(): void {
    for (const { timer } of entries.values()) clearTimeout(timer)
    entries = new Map()
    known = new Set()
    tell()
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    of: (id: string): Draft => entries.get(id)?.draft ?? noDraft,
    isLoaded: (id: string): boolean => entries.get(id)?.loaded ?? false,
    /** In the list: also what was begun before this page was loaded. */
    has: (id: string): boolean => {
      const entry = entries.get(id)
      return entry?.loaded ? !isEmpty(entry.draft) : known.has(id) || !isEmpty(entry?.draft ?? noDraft)
    },
    /** The last try to keep it did not succeed; it is tried again. */
    isFailing: (id: string): boolean => {
      const entry = entries.get(id)
      return entry !== undefined && entry.attempts > 0 && entry.loaded && !isSaved(id, entry)
    },
    isAnyFailing: (): boolean =>
      [...entries].some(([id, entry]) => entry.attempts > 0 && !isSaved(id, entry)),
    /** Something is here only: leaving the page now would lose it. */
    unsaved: (): boolean => [...entries].some(([id, entry]) => !isSaved(id, entry)),
    open: (id: string): void => {
      void work(id, entryOf(id))
    },
    change: (id: string, next: (before: Draft) => Partial<Draft>): void => {
      const entry = entryOf(id)
      entry.draft = { ...entry.draft, ...next(entry.draft) }
      soon(id, entry)
      tell()
    },
    /** What is sent and not stored yet belongs to it; to be called whenever that changes. */
    keepUnsent: (of: (conversationId: string) => readonly Unsent[]): void => {
      unsentOf = of
      for (const [id, entry] of entries) if (!isSaved(id, entry)) soon(id, entry)
    },
    /** The network or the session is back, or the page may go: everything is kept now. */
    flush: async (): Promise<void> => {
      await Promise.all([...entries].map(([id, entry]) => work(id, entry)))
    },
    /** Somebody signs in: what another account wrote goes. */
    belongTo: (account: string | null): void => {
      if (owner !== account) clear()
      owner = account
      if (account === null) return
      void server.list().then(
        (ids) => {
          if (owner !== account) return
          known = new Set(ids)
          tell()
        },
        () => undefined,
      )
    },
  }
}

function contentOf({ text, replyTo, files }: Draft) {
  return { text, replyTo: replyTo?.id ?? null, attachments: files.map(({ id }) => id) }
}

export const drafts = createDrafts({
  load: async (id) => {
    const { draft } = await ask('readDraft', { params: { id } })
    return draft === null ? null : { text: draft.text, replyTo: draft.replyTo, files: draft.attachments }
  },
  save: async (id, draft, unsent) => {
    const body = {
      ...contentOf(draft),
      unsent: unsent.map((one) => ({ clientId: one.clientId, ...contentOf(one) })),
    }
    await ask('saveDraft', { params: { id }, body })
  },
  list: async () => (await ask('listDrafts', {})).items.map(({ conversationId }) => conversationId),
})
