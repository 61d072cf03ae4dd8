import { useEffect, useRef, useSyncExternalStore } from 'react'
import { type Attachment, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useWords } from '../ui/words.tsx'
import { type FileEntry, type Tray, trays } from './trays.ts'
import { uploadFile } from './upload.ts'

const maxFiles = 10
/** What WhatsApp takes at all: more is not sent up only to be refused. */
const maxFileBytes = 100 * 1024 * 1024

export type Files = Tray & {
  readonly busy: boolean
  add(files: readonly File[]): void
  /** Files that are there already, from what could not be sent. */
  putBack(files: readonly Attachment[]): void
  again(key: string): void
  /** The scaled photo may go. */
  keepScaled(key: string): void
  /** The photo is to go as it was, as a document. */
  takeOriginal(key: string): void
  remove(key: string): void
  clear(): void
}

function readyEntry(attachment: Attachment): FileEntry {
  return {
    key: attachment.id,
    name: attachment.fileName,
    sizeBytes: attachment.sizeBytes,
    percent: 100,
    attachment,
    failure: null,
    scaledFrom: null,
  }
}

function readyOf(entries: readonly FileEntry[]): Attachment[] {
  return entries.flatMap(({ attachment }) => (attachment === null ? [] : [attachment]))
}

function idsOf(attachments: readonly Attachment[]): string {
  return attachments.map(({ id }) => id).join()
}

/**
 * Files on their way up; `onReady` hears which are there, in the order they were added, also when the clerk has gone on to another
 * conversation meanwhile. `kept` are those of a draft, known once that is `loaded`.
 */
export function useFiles(
  conversationId: string,
  kept: readonly Attachment[],
  loaded: boolean,
  onReady: (ready: readonly Attachment[]) => void,
): Files {
  const w = useWords()
  const { entries, leftOut } = useSyncExternalStore(trays.subscribe, () => trays.of(conversationId))
  const tell = useRef(onReady)
  tell.current = onReady

  function change(next: (before: Tray) => Partial<Tray>): void {
    const before = readyOf(trays.of(conversationId).entries)
    trays.change(conversationId, next)
    const after = readyOf(trays.of(conversationId).entries)
    if (idsOf(before) !== idsOf(after)) tell.current(after)
  }
  function setEntries(next: (before: readonly FileEntry[]) => readonly FileEntry[]): void {
    change((before) => ({ entries: next(before.entries) }))
  }
  function setLeftOut(count: number): void {
    change(() => ({ leftOut: count }))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was kept before this page is taken over, once
  useEffect(() => {
    const there = new Set(readyOf(trays.of(conversationId).entries).map(({ id }) => id))
    const missing = kept.filter(({ id }) => !there.has(id))
    if (missing.length > 0) setEntries((before) => [...missing.map(readyEntry), ...before])
  }, [loaded, conversationId])

  useEffect(() => () => trays.leave(conversationId), [conversationId])

  function update(key: string, to: Partial<FileEntry>): void {
    setEntries((before) => before.map((entry) => (entry.key === key ? { ...entry, ...to } : entry)))
  }

  function upload(key: string, file: File, asDocument = false): void {
    const aborted = trays.begin(key, file)
    if (file.size > maxFileBytes) {
      update(key, { failure: new Failure('document-too-large') })
      return
    }
    uploadFile(conversationId, file, asDocument, (percent) => update(key, { percent }), aborted).then(
      ({ scaledFrom, ...attachment }) => {
        update(key, { attachment, sizeBytes: attachment.sizeBytes, percent: 100, scaledFrom })
        announce(scaledFrom === null ? w.composer.uploaded(file.name) : w.composer.scaled(file.name))
      },
      (error: unknown) => {
        if (aborted.aborted) return
        update(key, { failure: error instanceof Failure ? error : new Failure('defect') })
        announce(w.composer.notUploaded(file.name))
      },
    )
  }

  return {
    entries,
    leftOut,
    busy: entries.some(({ attachment, failure }) => attachment === null && failure === null),
    add: (files) => {
      const room = maxFiles - entries.length
      setLeftOut(Math.max(0, files.length - room))
      if (files.length > room) announce(w.composer.tooManyFiles(files.length - room))
      const added = files.slice(0, room).map((file) => ({ key: crypto.randomUUID(), file }))
      setEntries((before) => [
        ...before,
        ...added.map(({ key, file }) => ({
          key,
          name: file.name,
          sizeBytes: file.size,
          percent: 0,
          attachment: null,
          failure: null,
          scaledFrom: null,
        })),
      ])
      for (const { key, file } of added) upload(key, file)
    },
    putBack: (attachments) => setEntries((before) => [...before, ...attachments.map(readyEntry)]),
    again: (key) => {
      const file = trays.fileOf(key)
      if (file === undefined) return
      update(key, { failure: null, percent: 0 })
      upload(key, file)
    },
    keepScaled: (key) => update(key, { scaledFrom: null }),
    takeOriginal: (key) => {
      const file = trays.fileOf(key)
      if (file === undefined) return
      update(key, { attachment: null, scaledFrom: null, percent: 0, sizeBytes: file.size })
      upload(key, file, true)
    },
    remove: (key) => {
      trays.abort(key)
      change((before) => ({ entries: before.entries.filter((entry) => entry.key !== key), leftOut: 0 }))
    },
    clear: () => {
      change(() => ({ entries: [], leftOut: 0 }))
    },
  }
}
