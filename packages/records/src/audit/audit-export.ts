import { base64 } from '../log/base64.ts'
import { type LogRecord, maxLineBytes, recordIn } from '../log/log-line.ts'
import { joined, type LogPiece } from '../log/read-log.ts'

/**
 * The audit log to carry away, as JSON lines: a header with the signed checkpoints, then every leaf in order. Where the export holds an
 * entry its line opens the leaf; all others keep their place, so that a part of the log proves as much as the whole.
 */
export function auditExportHeader(checkpoints: readonly string[]): string {
  return `${JSON.stringify({ v: 1, log: 'audit-export', checkpoints })}\n`
}

export function auditExportLine(index: number, { leaf, opening }: LogRecord): string {
  const opened = opening && { salt: base64(opening.salt), entry: opening.entry }
  return `${JSON.stringify({ index, leaf: base64(leaf), ...opened })}\n`
}

/** The checkpoints in the first line; none where it is no header. */
export function auditExportCheckpoints(firstLine: string): string[] {
  const header = objectIn(firstLine)
  if (header['log'] !== 'audit-export' || !Array.isArray(header['checkpoints'])) return []
  return header['checkpoints'].filter((one) => typeof one === 'string')
}

/** Reads an export as {@link readLog} reads a log; memory stays below one line. Whatever is no line of an export is damage. */
export async function* readAuditExport(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogPiece> {
  let [offset, index] = [0, -1]
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    let at = 0
    for (let newline = chunk.indexOf(0x0a); newline >= 0; newline = chunk.indexOf(0x0a, at)) {
      const bytes = joined(rest, chunk.subarray(at, newline))
      const end = offset + bytes.length + 1
      at = newline + 1
      rest = rest.subarray(0, 0)
      if (index >= 0) {
        const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
        const record = objectIn(line)['index'] === index ? recordIn(line) : undefined
        if (record === undefined) {
          yield { kind: 'damaged', offset, index }
          return
        }
        yield { kind: 'record', index, record, end }
      }
      offset = end
      index += 1
    }
    rest = Uint8Array.from(joined(rest, chunk.subarray(at)))
    // The header grows with the number of checkpoints, a line of the log does not.
    if (index >= 0 && rest.length > maxLineBytes) break
  }
  if (rest.length > 0) yield { kind: 'damaged', offset, index: Math.max(0, index) }
}

function objectIn(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
