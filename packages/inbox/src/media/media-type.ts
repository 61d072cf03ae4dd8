import type { Attachment } from '@buergerdraht/contract'

/** What we know of a type that a clerk may get to see or save. */
export type ShownType = {
  /** File name extensions; the first is given where a name lacks one. */
  readonly extensions: readonly [string, ...string[]]
  /** The browser may show it in the page. Only what cannot run. */
  readonly inline: boolean
  /** As what WhatsApp takes it (Cloud API, supported media types). */
  readonly sendAs: Attachment['kind']
}

function document(...extensions: [string, ...string[]]): ShownType {
  return {
    extensions,
    inline: false,
    sendAs: 'document',
  }
}

/** The list of types that are shown. Whatever is not on it is quarantined. */
export const shownTypes: ReadonlyMap<string, ShownType> = new Map<string, ShownType>([
  ['image/jpeg', { extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], inline: true, sendAs: 'image' }],
  ['image/png', { extensions: ['png'], inline: true, sendAs: 'image' }],
  ['image/webp', { extensions: ['webp'], inline: true, sendAs: 'document' }],
  ['image/gif', { extensions: ['gif'], inline: true, sendAs: 'document' }],
  ['image/heic', document('heic', 'heif')],
  ['image/avif', document('avif')],
  ['image/tiff', document('tif', 'tiff')],
  ['image/bmp', document('bmp')],
  ['video/mp4', { extensions: ['mp4', 'm4v'], inline: true, sendAs: 'video' }],
  ['video/3gpp', { extensions: ['3gp', '3gpp'], inline: true, sendAs: 'video' }],
  ['video/quicktime', document('mov')],
  ['audio/ogg', { extensions: ['ogg', 'oga', 'opus'], inline: true, sendAs: 'audio' }],
  ['audio/mpeg', { extensions: ['mp3'], inline: true, sendAs: 'audio' }],
  ['audio/mp4', { extensions: ['m4a', 'mp4'], inline: true, sendAs: 'audio' }],
  ['audio/aac', { extensions: ['aac'], inline: true, sendAs: 'audio' }],
  ['audio/amr', { extensions: ['amr'], inline: false, sendAs: 'audio' }],
  ['audio/wav', { extensions: ['wav'], inline: true, sendAs: 'document' }],
  ['audio/flac', { extensions: ['flac'], inline: true, sendAs: 'document' }],
  ['application/pdf', document('pdf')],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', document('docx')],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', document('xlsx')],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', document('pptx')],
  ['application/msword', document('doc', 'dot')],
  ['application/vnd.ms-excel', document('xls', 'xlt')],
  ['application/vnd.ms-powerpoint', document('ppt', 'pps')],
  ['application/vnd.oasis.opendocument.text', document('odt')],
  ['application/vnd.oasis.opendocument.spreadsheet', document('ods')],
  ['application/vnd.oasis.opendocument.presentation', document('odp')],
  ['application/vnd.oasis.opendocument.graphics', document('odg')],
  ['application/rtf', document('rtf')],
  ['application/zip', document('zip')],
  ['application/xml', document('xml')],
  ['application/json', document('json')],
  ['text/plain', document('txt', 'text', 'log', 'md')],
  ['text/csv', document('csv')],
  ['text/vcard', document('vcf')],
  ['text/calendar', document('ics')],
])

/** More text than that is read in an editor. */
const maxShownTextBytes = 1024 * 1024

/** Whether the page shows the bytes themselves. Of all other types it shows pictures made of them, or nothing. */
export function opensInPage(mediaType: string, sizeBytes: number): boolean {
  const isText = mediaType === 'text/plain' || mediaType === 'text/csv'
  return shownTypes.get(mediaType)?.inline === true || (isText && sizeBytes <= maxShownTextBytes)
}

/** Images whose metadata we remove and of which we make previews; all others are handed out as they came. */
export function isPicture(mediaType: string): boolean {
  return /^image\/(?:jpeg|png|webp|gif)$/.test(mediaType)
}

/** Extensions that run, install or link something on a clerk's machine, by double click. */
const runningExtensions = new Set(
  (
    'exe dll scr com pif bat cmd ps1 psm1 vb vbs vbe js jse mjs ws wsf wsc wsh hta cpl msc msi msp mst jar lnk url ' +
    'scf reg inf chm hlp application gadget appref-ms appx msix settingcontent-ms library-ms search-ms rdp ' +
    'sh bash zsh csh ksh command run bin elf py pyc pyw pl rb php phar app dmg pkg iso img vhd vhdx apk ipa deb rpm ' +
    'desktop htm html xhtml shtml mht mhtml svg svgz xsl xslt swf docm dotm xlsm xltm xlam xlsb pptm potm ppam ' +
    'ppsm sldm xll one onepkg'
  ).split(' '),
)

const runningTypes =
  /(?:msdownload|msdos-program|dosexec|executable|mach-binary|x-elf|x-(?:c|z|ba)?sh\b|x-bat|x-msi|javascript|ecmascript|vbscript|x-python|x-perl|x-php|x-httpd|html|svg|hta|java-archive|android\.package|macroenabled|shockwave|x-sharedlib|ms-htmlhelp|diskimage|x-iso9660)/

/**
 * Lower case, without the dot; empty where the name has none. Windows ignores dots and blanks at the end, and
 * so does this.
 */
export function extensionOf(fileName: string): string {
  return (
    /\.([\p{L}\p{N}_-]{1,16})[.\s]*$/u.exec(fileName.replace(/[\p{Cc}\p{Cf}]/gu, ''))?.[1]?.toLowerCase() ??
    ''
  )
}

export function isRunningExtension(extension: string): boolean {
  return runningExtensions.has(extension)
}

/** The sender says that it runs. There is no reason to doubt that. */
export function isRunningType(claimedType: string): boolean {
  return runningTypes.test(claimedType)
}

const extensionsOfShownTypes = new Set([...shownTypes.values()].flatMap((type) => type.extensions))

const extensionsThatOpenAsThemselves = new Set(
  [...shownTypes].flatMap(([type, { extensions }]) =>
    /^(?:image|video|audio|text)\//.test(type) ? extensions : [],
  ),
)

/** What has this extension is opened as a picture, a film, a sound or text, whatever its bytes are. */
export function opensAsItself(extension: string): boolean {
  return extensionsThatOpenAsThemselves.has(extension)
}

/** An extension that says something about content, as opposed to the end of `Bescheid vom 3.4`. */
export function isKnownExtension(extension: string): boolean {
  return extensionsOfShownTypes.has(extension) || runningExtensions.has(extension)
}
