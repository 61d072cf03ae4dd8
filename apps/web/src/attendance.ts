/** Somebody who reads sits there for a while without a touch; what the page asks meanwhile is asked for them. */
const attendedForMs = 60_000

/** Whoever opens the page is there. */
let touchedAt = Date.now()

/** Notes every touch of a keyboard, mouse, screen or screen reader: a click without a pointer is one. Scrolling alone is none: a page scrolls too. */
export function watchAttendance(target: EventTarget): void {
  for (const type of ['keydown', 'pointerdown', 'click', 'wheel', 'touchmove', 'input'])
    target.addEventListener(
      type,
      () => {
        touchedAt = Date.now()
      },
      { capture: true, passive: true },
    )
}

/** Whether somebody sits in front of this page, as far as it can tell. What it does otherwise it does by itself. */
export function isAttended(): boolean {
  return Date.now() - touchedAt < attendedForMs
}
