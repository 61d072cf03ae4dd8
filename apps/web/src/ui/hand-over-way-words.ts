import type { HandOverWay } from '@buergerdraht/contract'

/** By which ways messages leave for a records system or an archive. */
export const handOverWayWords: Readonly<Record<'de' | 'en', Readonly<Record<HandOverWay, string>>>> = {
  de: { folder: 'Übergabeordner', webdav: 'WebDAV', sftp: 'SFTP', download: 'von Hand' },
  en: { folder: 'drop folder', webdav: 'WebDAV', sftp: 'SFTP', download: 'by hand' },
}
