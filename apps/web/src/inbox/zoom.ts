export type Size = { readonly width: number; readonly height: number }

/** Times the size at which all of it is seen. */
export const zoomSteps = [1, 1.5, 2, 3, 4, 6, 8] as const

/** The next step up or down; the last one stays. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const wanted = by === 1 ? zoomSteps.find((step) => step > zoom) : zoomSteps.findLast((step) => step < zoom)
  return wanted ?? zoom
}

/** As it lies after so many quarter turns. */
export function turned({ width, height }: Size, quarters: number): Size {
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width }
}

/** How many pixels of the window one of the picture gets so that all of it is seen; a small one is not enlarged. */
export function fittingScale(picture: Size, room: Size): number {
  return Math.min(1, room.width / picture.width, room.height / picture.height)
}
