import { type DragEvent, useEffect, useState } from 'react'

function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true
}

export type FileDrop = {
  /** Files are held above the place. */
  readonly over: boolean
  readonly place: {
    onDragOver(event: DragEvent): void
    onDragLeave(event: DragEvent): void
    onDrop(event: DragEvent): void
  }
}

/**
 * Lets files be dropped on a whole place; `take` is null while nothing can be taken. A file that misses the place, or
 * comes at the wrong time, must not make the browser open it in place of the page.
 */
export function useFileDrop(take: ((files: readonly File[]) => void) | null): FileDrop {
  const [over, setOver] = useState(false)

  useEffect(() => {
    function refuse(event: globalThis.DragEvent): void {
      if (event.defaultPrevented || !carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none'
    }
    window.addEventListener('dragover', refuse)
    window.addEventListener('drop', refuse)
    return () => {
      window.removeEventListener('dragover', refuse)
      window.removeEventListener('drop', refuse)
    }
  }, [])

  return {
    over: over && take !== null,
    place: {
      onDragOver: (event) => {
        if (take === null || !carriesFiles(event.dataTransfer)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave: (event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false)
      },
      onDrop: (event) => {
        setOver(false)
        if (take === null || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        take([...event.dataTransfer.files])
      },
    },
  }
}
