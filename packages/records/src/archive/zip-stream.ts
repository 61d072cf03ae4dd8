import { Readable } from 'node:stream'
import yazl from 'yazl'

// One date for all files, as yazl takes it: in local time, so that every time zone writes 1 January 1980.
const mtime = new Date(1980, 0, 1)
const stored = { mtime, mode: 0o100664, compress: false, forceDosTimestamp: true } as const

/** A file of a zip, read when its turn comes. */
export type ZipFile = {
  readonly name: string
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/**
 * A zip file (PKWARE APPNOTE 6.3.10) as a stream: nothing compressed, the files in their order, one fixed date. The same files give the same bytes,
 * on any machine and in any year. Memory stays below a few chunks; an error of a file destroys the stream.
 */
export function zipStream(files: Iterable<ZipFile>): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new TypeError('yazl no longer hands out a readable stream')
  const fail = output.destroy.bind(output)
  zip.on('error', (error) => fail(error instanceof Error ? error : new Error('The zip was not written')))
  for (const { name, content } of files)
    zip.addReadStreamLazy(name, stored, (start) => {
      const source = Readable.from(content, { objectMode: false })
      source.on('error', (error) => fail(error))
      start(null, source)
    })
  zip.end()
  return output
}
