import { useEffect, useRef, useState } from 'react'
import { type Attachment, Failure, type Upload } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useWords } from '../ui/words.tsx'
import { uploadFile } from './upload.ts'

const maxFiles = 10
/** What WhatsApp takes at all: more is not sent up only to be refused. */
const maxFileBytes = 100 * 1024 * 1024

type FileEntry = {
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

export type Files = {
  readonly entries: readonly FileEntry[]
  readonly busy: boolean
  /** So many were left out of those that were added last: there is no room for them. */
  readonly leftOut: number
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

/**
 * Files on their way up; `onReady` hears which are there, in the order they were added. `kept` are those of a draft, known once that is
 * `loaded`.
 */
export function useFiles(
  conversationId: string,
  kept: readonly Attachment[],
  loaded: boolean,
  onReady: (ready: readonly Attachment[]) => void,
): Files {
  const w = useWords()
  const [leftOut, setLeftOut] = useState(0)
  const [entries, setEntries] = useState<readonly FileEntry[]>(() => kept.map(readyEntry))
  const sources = useRef(new Map<string, { file: File; abort: AbortController }>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was kept before this page is taken over, once
  useEffect(() => {
    if (!loaded) return
    setEntries((before) => {
      const missing = kept.filter(({ id }) => !before.some(({ attachment }) => attachment?.id === id))
      return missing.length === 0 ? before : [...missing.map(readyEntry), ...before]
    })
  }, [loaded])
  const tell = useRef(onReady)
  tell.current = onReady
  const first = useRef(true)

  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    tell.current(entries.flatMap(({ attachment }) => (attachment === null ? [] : [attachment])))
  }, [entries])

  useEffect(
    () => () => {
      for (const { abort } of sources.current.values()) abort.abort()
    },
    [],
  )

  function update(key: string, to: Partial<FileEntry>): void {
    setEntries((before) => before.map((entry) => (entry.key === key ? { ...entry, ...to } : entry)))
  }

  function upload(key: string, file: File, asDocument = false): void {
    const abort = new AbortController()
    sources.current.set(key, { file, abort })
    if (file.size > maxFileBytes) {
      update(key, { failure: new Failure('document-too-large') })
      return
    }
    uploadFile(conversationId, file, asDocument, (percent) => update(key, { percent }), abort.signal).then(
      ({ scaledFrom, ...attachment }) => {
        update(key, { attachment, sizeBytes: attachment.sizeBytes, percent: 100, scaledFrom })
        announce(scaledFrom === null ? w.composer.uploaded(file.name) : w.composer.scaled(file.name))
      },
      (error: unknown) => {
        if (abort.signal.aborted) return
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
      const source = sources.current.get(key)
      if (source === undefined) return
      update(key, { failure: null, percent: 0 })
      upload(key, source.file)
    },
    keepScaled: (key) => update(key, { scaledFrom: null }),
    takeOriginal: (key) => {
      const source = sources.current.get(key)
      if (source === undefined) return
      const sizeBytes = source.file.size
      update(key, { attachment: null, scaledFrom: null, percent: 0, sizeBytes })
      upload(key, source.file, true)
    },
    remove: (key) => {
      sources.current.get(key)?.abort.abort()
      sources.current.delete(key)
      setLeftOut(0)
      setEntries((before) => before.filter((entry) => entry.key !== key))
    },
    clear: () => {
      sources.current.clear()
      setLeftOut(0)
      setEntries([])
    },
  }
}
