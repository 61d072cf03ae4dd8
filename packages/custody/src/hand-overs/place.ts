import {
  type HandOverMessage,
  type HandOverWay,
  handOverMessages,
  type OfferListFormat,
  offerListFormats,
} from '@buergerdraht/contract'
import { isWritten, type WrittenCode, type XdomeaVersion } from '../xdomea/profile.ts'
import type { SftpFolder } from './sftp.ts'

/** Where and how this office hands over: what the operator has set up. */
export type HandOverPlace = {
  /** Of the sealed packages. */
  readonly archiveDir: string
  /** Whose records these are, and who gets them: names of institutions. */
  readonly authority: string
  readonly recordsSystem: string
  readonly publicArchive: string
  /** Of xdomea: in which the records system, and the public archive, is written to. */
  readonly version: XdomeaVersion
  readonly archiveVersion: XdomeaVersion
  /** Folder with `out` for what leaves and `in` for answers; null: none. */
  readonly dropFolder: string | null
  /** Collection that takes what leaves by PUT (RFC 4918), and the one in which answers lie, on the same host; null: none. */
  readonly webdav: {
    readonly url: string
    readonly answersUrl: string | null
    readonly authorization: string | null
  } | null
  /** Folder on an SSH server, with `out`, `in` and `refused`; null: none. */
  readonly sftp: SftpFolder | null
}

/** By which ways something may leave. By hand it always may. */
export function waysOf({ dropFolder, webdav, sftp }: HandOverPlace): HandOverWay[] {
  return [
    ...(dropFolder === null ? [] : ['folder' as const]),
    ...(webdav === null ? [] : ['webdav' as const]),
    ...(sftp === null ? [] : ['sftp' as const]),
    'download',
  ]
}

type Versions = Pick<HandOverPlace, 'version' | 'archiveVersion'>

/** In which version a message is written: what begins with 05 is for the public archive. */
export function versionOf({ version, archiveVersion }: Versions, message: WrittenCode): XdomeaVersion {
  return message.startsWith('05') ? archiveVersion : version
}

/** Whether a message is written in the version that is set up for whoever it goes to. */
export function mayWrite(place: Versions, message: WrittenCode): boolean {
  return isWritten(message, versionOf(place, message))
}

/** As what a package may be handed over. */
export function messagesOf(place: HandOverPlace): HandOverMessage[] {
  return handOverMessages.filter((message) => mayWrite(place, message))
}

/** As what the archive may be given an offer: as xdomea 0501 where its version has that. */
export function listFormatsOf(place: HandOverPlace): OfferListFormat[] {
  return offerListFormats.filter((format) => format !== 'xdomea' || mayWrite(place, '0501'))
}
