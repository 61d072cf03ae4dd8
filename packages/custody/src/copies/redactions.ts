import type { Change } from '@buergerdraht/office'
import type { Part } from './copy-parts.ts'

const blackedOut = '[geschwärzt]'

export type Range = { readonly begins: number; readonly ends: number }
type Decision = Range & { readonly blacked: boolean }

/** What is decided of a request's parts. */
export class Redactions {
  readonly #decisions: ReadonlyMap<string, readonly Decision[]>

  constructor(decisions: ReadonlyMap<string, readonly Decision[]>) {
    this.#decisions = decisions
  }

  static async read({ client }: Pick<Change, 'client'>, requestId: string): Promise<Redactions> {
    const { rows } = await client.query<{ part: Buffer } & Decision>(
      'select part, begins, ends, blacked from redaction where request_id = $1 order by begins, ends',
      [requestId],
    )
    const byPart = new Map<string, Decision[]>()
    for (const { part, ...decision } of rows) {
      const name = part.toString('hex')
      const others = byPart.get(name)
      if (others === undefined) byPart.set(name, [decision])
      else others.push(decision)
    }
    return new Redactions(byPart)
  }

  of({ part }: Pick<Part, 'part'>): readonly Decision[] {
    return this.#decisions.get(part) ?? []
  }

  /** Whether something was found in it of which nobody has decided. */
  isOpen(part: Part): boolean {
    const decided = this.of(part)
    return part.found.some(
      ({ begins, ends }) => !decided.some((one) => one.begins <= begins && ends <= one.ends),
    )
  }

  /** Of a wording what is handed out; of a file its name, or null: it is not. What one has blacked out another does not bring back by letting it stay. */
  shown(part: Part): string | null {
    const blacked = this.of(part).filter((one) => one.blacked)
    if (part.of === 'file') return blacked.length > 0 ? null : part.text
    return blackOut(part.text, blacked)
  }
}

/** The text without the passages. How long they were is not to be seen. @param ranges UTF-16 offsets, in any order, overlapping or not */
export function blackOut(text: string, ranges: readonly Range[]): string {
  let shown = ''
  let at = 0
  for (const { begins, ends } of ranges.toSorted((one, other) => one.begins - other.begins)) {
    if (ends <= at) continue
    // One that begins where another has ended or before goes on from it.
    if (begins > at || shown === '') shown += text.slice(at, begins) + blackedOut
    at = ends
  }
  return shown + text.slice(at)
}
