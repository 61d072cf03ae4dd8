import { type PointerEvent, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useDelayed } from '../ui/delayed.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './viewer-stage.module.css'
import { fittingScale, type Size, turned } from './zoom.ts'

/** A picture in the room there is, enlarged and turned; what does not fit is scrolled to, by keys, wheel or by dragging. */
export function ViewerStage({
  src,
  alt,
  zoom,
  quarters,
  onZoom,
  onFailed,
}: {
  src: string
  alt: string
  zoom: number
  quarters: number
  onZoom: (by: 1 | -1) => void
  onFailed: () => void
}): ReactElement {
  const w = useWords()
  const stage = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Size | null>(null)
  const [picture, setPicture] = useState<(Size & { readonly src: string }) | null>(null)
  const slow = useDelayed(picture?.src !== src)
  const zoomBy = useRef(onZoom)
  zoomBy.current = onZoom

  useLayoutEffect(() => {
    const element = stage.current
    if (element === null) return
    function measure(): void {
      if (element !== null) setRoom({ width: element.offsetWidth, height: element.offsetHeight })
    }
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    function onWheel(event: WheelEvent): void {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoomBy.current(event.deltaY < 0 ? 1 : -1)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      resized.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [])

  const sides = picture === null ? null : turned(picture, quarters)
  const scale = sides === null || room === null ? 1 : fittingScale(sides, room) * zoom
  // What was in the middle stays there.
  const before = useRef(scale)
  useLayoutEffect(() => {
    const element = stage.current
    if (element === null || before.current === scale) return
    const ratio = scale / before.current
    before.current = scale
    element.scrollLeft = (element.scrollLeft + element.clientWidth / 2) * ratio - element.clientWidth / 2
    element.scrollTop = (element.scrollTop + element.clientHeight / 2) * ratio - element.clientHeight / 2
  }, [scale])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    if (stage.current !== null) stage.current.scrollTop = 0
  }, [src])

  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (event.pointerType !== 'mouse' || event.buttons !== 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    event.currentTarget.scrollBy(-event.movementX, -event.movementY)
  }

  return (
    <ScrollArea
      ref={stage}
      className={styles.stage}
      label={w.viewer.stage}
      data-zoomed={zoom > 1 || undefined}
      onPointerMove={drag}
    >
      {slow && <p className={styles.loading}>{w.general.loading}</p>}
      <div
        className={styles.sheet}
        style={sides === null ? {} : { width: sides.width * scale, height: sides.height * scale }}
      >
        <img
          className={styles.picture}
          src={src}
          alt={alt}
          draggable={false}
          style={{
            ...(picture === null ? {} : { width: picture.width * scale, height: picture.height * scale }),
            transform: `translate(-50%, -50%) rotate(${quarters * 90}deg)`,
          }}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setPicture({ src, width: naturalWidth, height: naturalHeight })
          }
          onError={onFailed}
          data-waiting={picture === null || undefined}
        />
      </div>
    </ScrollArea>
  )
}
