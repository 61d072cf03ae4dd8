import type { Readable } from 'node:stream'
import { type ZipFile, zipStream } from '@buergerdraht/records'
import type { Written } from './write-head.ts'

/** The standard names ZIP 2.0 (code list Kompressionsverfahren): no 64-bit fields, so bytes and files have these ends. */
const maxZipBytes = 0xffff_ffff
const maxZipFiles = 0xffff
/** Header, descriptor and directory entry of a file, with its name twice: more than there is. */
const bytesAroundFile = 400

export type SizedFile = ZipFile & { readonly sizeBytes: number }

export type MessageZip = { readonly fileName: string; readonly content: Readable }

/**
 * A message with its files as it is sent: one ZIP beside whose message (`.xml`) the files lie without folders, named by the standard. `too-large`: the
 * format of the standard cannot hold it. The stream is read once; it fails when a file cannot be read.
 */
export function messageZip(message: Written, files: readonly SizedFile[]): MessageZip | 'too-large' {
  const bytes = files.reduce(
    (sum, { sizeBytes }) => sum + sizeBytes + bytesAroundFile,
    message.content.length + bytesAroundFile,
  )
  if (bytes > maxZipBytes || files.length + 1 > maxZipFiles) return 'too-large'
  const content = zipStream([{ name: message.fileName, content: [message.content] }, ...files])
  // It begins to be filled before anybody reads it. Whoever does finds the error in it, however early it came.
  content.on('error', () => {})
  return { fileName: message.fileName.replace(/\.xml$/, '.zip'), content }
}
