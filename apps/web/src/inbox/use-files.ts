import { useEffect, useRef, useState } from 'react'
import { type Attachment, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useWords } from '../ui/words.tsx'
import { uploadFile } from './upload.ts'

const maxFiles = 10

export type FileEntry = {
  readonly key: string
  readonly name: string
  readonly sizeBytes: number | null
  /** 0 to 100 while it is on its way. */
  readonly percent: number
  readonly attachment: Attachment | null
  readonly failure: Failure | null
}

export type Files = {
  readonly entries: readonly FileEntry[]
  readonly busy: boolean
  add(files: readonly File[]): void
  /** Files that are there already, from what could not be sent. */
  putBack(files: readonly Attachment[]): void
  again(key: string): void
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

  function upload(key: string, file: File): void {
    const abort = new AbortController()
    sources.current.set(key, { file, abort })
    uploadFile(conversationId, file, (percent) => update(key, { percent }), abort.signal).then(
      (attachment) => update(key, { attachment, percent: 100 }),
      (error: unknown) => {
        if (!abort.signal.aborted)
          update(key, { failure: error instanceof Failure ? error : new Failure('defect') })
      },
    )
  }

  return {
    entries,
    busy: entries.some(({ attachment, failure }) => attachment === null && failure === null),
    add: (files) => {
      const room = maxFiles - entries.length
      if (files.length > room) announce(w.composer.tooManyFiles)
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
    remove: (key) => {
      sources.current.get(key)?.abort.abort()
      sources.current.delete(key)
      setEntries((before) => before.filter((entry) => entry.key !== key))
    },
    clear: () => {
      sources.current.clear()
      setEntries([])
    },
  }
}
