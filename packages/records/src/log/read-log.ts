import { type LogRecord, maxLineBytes, parseLogLine } from './log-line.ts'
import { Malformed } from './malformed.ts'

/** What a log file holds, line by line. `torn` and `damaged` are always the last thing answered. */
export type LogPiece =
  | { kind: 'record'; index: number; record: LogRecord; end: number }
  /** The last write was cut short by a crash: it was never acknowledged, and the file is good up to `offset`. */
  | { kind: 'torn'; offset: number }
  /** Acknowledged bytes are not what was written. Nobody may repair this silently. */
  | { kind: 'damaged'; offset: number; index: number }

const newline = 0x0a
const nothing = new Uint8Array(0)

/** What a chunk begins with belongs to what the one before it ended with: that alone is copied, never a chunk. */
export function joined(before: Uint8Array, begun: Uint8Array): Uint8Array {
  return before.length === 0 ? begun : Buffer.concat([before, begun])
}

/**
 * Reads the bytes of a log file in one pass; memory stays below one line whatever the file's size.
 *
 * A torn write is told from damage strictly: it is an unfinished last line, or an unfinished last line followed by
 * nothing but the zero bytes of blocks that were allocated and never written. A finished line that is wrong, or an
 * unfinished one that would be right if only its newline had not been changed, is damage.
 */
export async function* readLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogPiece> {
  let rest: Uint8Array = nothing
  let offset = 0
  let index = 0
  for await (const chunk of chunks) {
    let at = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, at)) {
      const line = joined(rest, chunk.subarray(at, end))
      const record = goodLine(line, index)
      if (record === undefined) {
        yield { kind: 'damaged', offset, index }
        return
      }
      offset += line.length + 1
      at = end + 1
      rest = nothing
      yield { kind: 'record', index, record, end: offset }
      index += 1
    }
    const bytes = joined(rest, chunk.subarray(at))
    // An endless run of zeros is an unwritten tail; one line's worth of it says the same.
    if (bytes.length > maxLineBytes) {
      if (bytes.indexOf(0) < 0 || !onlyZerosAfterText(bytes)) {
        yield { kind: 'damaged', offset, index }
        return
      }
      rest = Buffer.from(bytes.subarray(0, bytes.indexOf(0) + 1))
    } else {
      rest = Uint8Array.from(bytes)
    }
  }
  if (rest.length === 0) return
  yield isTorn(rest, index) ? { kind: 'torn', offset } : { kind: 'damaged', offset, index }
}

function isTorn(tail: Uint8Array, index: number): boolean {
  if (!onlyZerosAfterText(tail)) return false
  const zero = tail.indexOf(0)
  if (zero >= 0) return goodLine(tail.subarray(0, zero), index) === undefined
  return goodLine(tail.subarray(0, -1), index) === undefined && looksBegun(tail, index)
}

/** The unfinished line must at least begin like the next one. */
function looksBegun(tail: Uint8Array, index: number): boolean {
  const expected = `${index} `
  const begun = Buffer.from(tail.subarray(0, expected.length)).toString('latin1')
  return expected.startsWith(begun)
}

function onlyZerosAfterText(tail: Uint8Array): boolean {
  const zero = tail.indexOf(0)
  return zero < 0 || tail.subarray(zero).every((byte) => byte === 0)
}

function goodLine(line: Uint8Array, index: number): LogRecord | undefined {
  try {
    return line.length > maxLineBytes ? undefined : parseLogLine(line, index)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
