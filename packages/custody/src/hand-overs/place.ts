import type { HandOverWay } from '@buergerdraht/contract'
import type { XdomeaVersion } from '../xdomea/profile.ts'

/** Where and how this office hands over: what the operator has set up. */
export type HandOverPlace = {
  /** Of the sealed packages. */
  readonly archiveDir: string
  /** Whose records these are, and who gets them: names of institutions. */
  readonly authority: string
  readonly recordsSystem: string
  readonly publicArchive: string
  readonly version: XdomeaVersion
  /** Folder with `out` for what leaves and `in` for answers; null: none. */
  readonly dropFolder: string | null
  /** Collection that takes what leaves by PUT (RFC 4918); null: none. */
  readonly webdav: { readonly url: string; readonly authorization: string | null } | null
}

/** By which ways something may leave. By hand it always may. */
export function waysOf({ dropFolder, webdav }: HandOverPlace): HandOverWay[] {
  return [
    ...(dropFolder === null ? [] : ['folder' as const]),
    ...(webdav === null ? [] : ['webdav' as const]),
    'download',
  ]
}
