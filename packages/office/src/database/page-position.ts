import { Refusal } from '@buergerdraht/contract'

/** The last row of a page: the next one begins after it. `mark` says in which part of the list it stood. */
export type PagePosition = {
  readonly mark: string
  readonly at: Date
  readonly id: string
}

const pattern =
  /^([a-z])\.(-?[0-9a-z]{1,11})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

export function cursorOf({ mark, at, id }: PagePosition): string {
  return `${mark}.${at.getTime().toString(36)}.${id}`
}

/** No list of ours begins earlier or ends later; PostgreSQL's calendar is shorter than ours in one direction. */
function isCredible(at: Date): boolean {
  return at.getTime() >= 0 && at.getTime() < Date.UTC(10_000, 0)
}

/** Reads a cursor that we gave out. @throws Refusal `invalid-input` that names the field */
export function positionOf(field: string, cursor: string | undefined): PagePosition | null {
  if (cursor === undefined) return null
  const [, mark, time, id] = pattern.exec(cursor) ?? []
  const at = new Date(Number.parseInt(time ?? '', 36))
  if (mark === undefined || id === undefined || !isCredible(at)) {
    throw new Refusal('invalid-input', [{ path: field, fault: 'cursor-unknown' }])
  }
  return { mark, at, id }
}
