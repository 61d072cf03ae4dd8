import type { Attachment, Message } from '../api.ts'

export type Draft = {
  readonly text: string
  readonly replyTo: Message['replyTo']
  readonly files: readonly Attachment[]
}

const none: Draft = { text: '', replyTo: null, files: [] }
const key = 'buergerdraht.drafts'

/** What was begun, a conversation each: it outlives a reload and an expired session, and goes with the tab. */
function read(): Map<string, Draft> {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]')
    return new Map(Array.isArray(stored) ? (stored as [string, Draft][]) : [])
  } catch {
    return new Map()
  }
}

let drafts = read()

function write(): void {
  try {
    if (drafts.size === 0) window.sessionStorage.removeItem(key)
    else window.sessionStorage.setItem(key, JSON.stringify([...drafts]))
  } catch {
    // Storage is switched off or full: drafts last as long as the page.
  }
}

export function draftOf(conversationId: string): Draft {
  return drafts.get(conversationId) ?? none
}

export function keepDraft(conversationId: string, draft: Draft): void {
  if (draft.text === '' && draft.replyTo === null && draft.files.length === 0) drafts.delete(conversationId)
  else drafts.set(conversationId, draft)
  write()
}

export function clearDrafts(): void {
  drafts = new Map()
  write()
}
