import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { type Attachment, attachmentContent, attachmentPage } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import { Download } from './download.tsx'
import styles from './file-viewer.module.css'
import { PageNumber } from './page-number.tsx'
import { maxShownPages, viewingOf } from './viewed-files.ts'
import { ViewerStage } from './viewer-stage.tsx'
import { ViewerText } from './viewer-text.tsx'
import { nextZoom } from './zoom.ts'

/** What is seen of the file that is shown; another one begins anew. */
type Look = {
  readonly zoom: number
  readonly quarters: number
  readonly page: number
  readonly failed: boolean
}
type KeyAct = readonly [string, () => void]
const first: Look = { zoom: 1, quarters: 0, page: 1, failed: false }

/** The files of a thread at full size, one after the other. */
function FileViewer({
  files,
  startId,
  onClose,
}: {
  files: readonly Attachment[]
  startId: string
  onClose: () => void
}): ReactElement | null {
  const w = useWords()
  const [id, setId] = useState(startId)
  const [look, setLook] = useState(first)
  const root = useRef<HTMLDivElement>(null)
  // The keys are heard from the first moment, and also when the button that had the focus has been switched off by what it did.
  useEffect(() => {
    const holder = document.activeElement
    const dialog = root.current?.parentElement
    const isInside = holder !== dialog && dialog?.contains(holder) === true
    if (!isInside || holder?.matches(':disabled') === true) root.current?.focus()
  })
  const at = Math.max(
    0,
    files.findIndex((file) => file.id === id),
  )
  const file = files[at]
  // The sender has taken it back while it was being looked at.
  if (file === undefined) return null
  const { fileName } = file
  const viewing = viewingOf(file)
  const pages = viewing === 'pages' ? Math.min(file.pages ?? 1, maxShownPages) : 1
  const { zoom, quarters, page, failed } = look

  function showFile(to: number): void {
    const next = files[to]
    if (next === undefined) return
    setId(next.id)
    setLook(first)
    announce(w.viewer.fileOf(to + 1, files.length, next.fileName))
  }
  function showPage(to: number): void {
    const wanted = Math.min(pages, Math.max(1, to))
    if (wanted === page) return
    setLook({ ...look, page: wanted, failed: false })
    announce(w.viewer.pageOf(wanted, file?.pages ?? pages))
  }
  function zoomTo(to: number): void {
    setLook({ ...look, zoom: to })
    announce(w.viewer.zoomed(Math.round(to * 100)))
  }
  function turn(by: 1 | -1): void {
    setLook({ ...look, quarters: quarters + by })
    announce(w.viewer.turned((((quarters + by) % 4) + 4) % 4))
  }

  const seen = viewing === 'picture' || viewing === 'drawn' || viewing === 'pages'
  // What is enlarged is scrolled with the arrows.
  const betweenFiles: readonly KeyAct[] = [
    ['ArrowRight', () => showFile(at + 1)],
    ['ArrowLeft', () => showFile(at - 1)],
  ]
  const inPages: readonly KeyAct[] = [
    ['PageDown', () => showPage(page + 1)],
    ['PageUp', () => showPage(page - 1)],
    ['Home', () => showPage(1)],
    ['End', () => showPage(pages)],
  ]
  const inView: readonly KeyAct[] = [
    ['+', () => zoomTo(nextZoom(zoom, 1))],
    ['-', () => zoomTo(nextZoom(zoom, -1))],
    ['0', () => zoomTo(1)],
    ['r', () => turn(1)],
    ['R', () => turn(-1)],
  ]
  const keys = new Map([
    ...(seen ? inView : []),
    ...(viewing === 'pages' ? inPages : []),
    ...(zoom === 1 ? betweenFiles : []),
  ])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keys.get(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <Modal title={fileName} full onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog */}
      <div ref={root} className={styles.viewer} tabIndex={-1} onKeyDown={onKeyDown}>
        <div className={styles.tools}>
          {files.length > 1 && (
            <fieldset className={styles.group} aria-label={w.viewer.files}>
              <Button
                kind="quiet"
                icon="back"
                aria-label={w.viewer.previous}
                isDisabled={at === 0}
                onPress={() => showFile(at - 1)}
              />
              <span className={styles.count}>{w.viewer.count(at + 1, files.length)}</span>
              <Button
                kind="quiet"
                icon="next"
                aria-label={w.viewer.next}
                isDisabled={at === files.length - 1}
                onPress={() => showFile(at + 1)}
              />
            </fieldset>
          )}
          {viewing === 'pages' && (
            <PageNumber page={page} shown={pages} all={file.pages ?? pages} onPage={showPage} />
          )}
          {seen && (
            <fieldset className={styles.group} aria-label={w.viewer.view}>
              <Button
                kind="quiet"
                icon="minus"
                aria-label={w.viewer.smaller}
                isDisabled={nextZoom(zoom, -1) === zoom}
                onPress={() => zoomTo(nextZoom(zoom, -1))}
              />
              <span className={styles.count}>{w.viewer.percent(Math.round(zoom * 100))}</span>
              <Button
                kind="quiet"
                icon="plus"
                aria-label={w.viewer.larger}
                isDisabled={nextZoom(zoom, 1) === zoom}
                onPress={() => zoomTo(nextZoom(zoom, 1))}
              />
              <Button kind="quiet" icon="retry" aria-label={w.viewer.turn} onPress={() => turn(1)} />
            </fieldset>
          )}
          <Download file={file} className={styles.get} named />
        </div>
        {viewing === 'pages' && (file.pages ?? 0) > maxShownPages && (
          <p className={styles.note}>
            {w.viewer.onlyPages((file.pages ?? 0).toLocaleString(w.locale), maxShownPages)}
          </p>
        )}
        {failed ? (
          <p className={styles.note} role="status">
            {viewing === 'pages' ? w.viewer.pageFailed(page) : w.viewer.failed}
          </p>
        ) : viewing === 'text' ? (
          <ViewerText key={file.id} id={file.id} />
        ) : (
          <ViewerStage
            key={file.id}
            src={
              viewing === 'pages' || viewing === 'drawn'
                ? attachmentPage(file.id, page)
                : attachmentContent(file.id)
            }
            alt={
              viewing === 'pages'
                ? w.viewer.pageAlt(fileName, page, file.pages ?? pages)
                : w.attachment.imageAlt(fileName)
            }
            zoom={zoom}
            quarters={quarters}
            onZoom={(by) => zoomTo(nextZoom(zoom, by))}
            onFailed={() => setLook({ ...look, failed: true })}
          />
        )}
      </div>
    </Modal>
  )
}

export default FileViewer
