import { describe, expect, test } from 'vitest'
import { safeFileName } from './safe-file-name.ts'

const pdf = 'application/pdf'

describe('safeFileName', () => {
  test.each([
    ['a plain name', 'Antrag.pdf', pdf, 'Antrag.pdf'],
    ['umlauts and blanks', 'Müllgebühr Bescheid 2026.pdf', pdf, 'Müllgebühr Bescheid 2026.pdf'],
    ['decomposed umlauts become composed', 'Mu\u0308ll.pdf', pdf, 'Müll.pdf'],
    ['no name', null, pdf, 'Dokument.pdf'],
    ['an empty name', '', pdf, 'Dokument.pdf'],
    ['only dots', '...', pdf, 'Dokument.pdf'],
    ['only an extension', '.pdf', pdf, 'pdf.pdf'],
    ['folders of Unix', '../../etc/passwd', pdf, 'passwd.pdf'],
    ['folders of Windows', '..\\..\\Windows\\win.ini', pdf, 'win.ini.pdf'],
    ['a folder alone', 'ordner/', pdf, 'Dokument.pdf'],
    [
      'path, line break, header and a right-to-left override',
      '../../etc/cron.d/x\r\nSet-Cookie: a=b\u202Efdp.exe',
      pdf,
      'x Set-Cookie_ a=bfdp.pdf',
    ],
    ['a line separator before a path', 'a\u2028b/c.pdf', pdf, 'c.pdf'],
    ['isolates and zero-width signs', '\u2066Rech\u200Bnung\u2069.pdf', pdf, 'Rechnung.pdf'],
    ['NUL', 'a.exe\0.pdf', pdf, 'a.exe.pdf'],
    ['a lone surrogate', 'a\ud800b.pdf', pdf, 'ab.pdf'],
    ['signs that Windows forbids', 'a<b>c:"d|e?f*.pdf', pdf, 'a_b_c__d_e_f_.pdf'],
    ['a device name', 'CON.pdf', pdf, '_CON.pdf'],
    ['a device name without extension', 'aux', pdf, '_aux.pdf'],
    ['a name that begins like a device', 'console.pdf', pdf, 'console.pdf'],
    ['a hidden file', '.bashrc', 'text/plain', 'bashrc.txt'],
    ['blanks and dots at the end', 'Antrag.pdf . .', pdf, 'Antrag.pdf'],
    ['another type than the name says', 'foto.png', 'image/jpeg', 'foto.jpg'],
    ['another spelling that fits', 'foto.JPEG', 'image/jpeg', 'foto.jpeg'],
    ['an end that is no extension', 'Bescheid vom 3.4', pdf, 'Bescheid vom 3.4.pdf'],
    ['a running extension before another type', 'rechnung.pdf.exe', pdf, 'rechnung.pdf.pdf'],
    ['an unknown type keeps its extension', 'update.exe', 'application/x-msdownload', 'update.exe'],
    ['an unknown type without a name', null, 'application/octet-stream', 'Dokument'],
  ])('%s', (_, claimed, mediaType, safe) => {
    expect(safeFileName(claimed, 'document', mediaType)).toBe(safe)
  })

  test.each([
    ['voice', 'audio/ogg', 'Sprachnachricht.ogg'],
    ['image', 'image/jpeg', 'Bild.jpg'],
    ['sticker', 'image/webp', 'Sticker.webp'],
    ['video', 'video/mp4', 'Video.mp4'],
    ['audio', 'audio/mpeg', 'Audio.mp3'],
  ] as const)('a %s without a name', (kind, mediaType, safe) => {
    expect(safeFileName(null, kind, mediaType)).toBe(safe)
  })

  test.each([
    ['letters', 'a'.repeat(300)],
    ['umlauts', 'ü'.repeat(300)],
    ['emoji', '🐢'.repeat(300)],
  ])('300 %s are cut to 150 bytes, whole characters, extension kept', (_, stem) => {
    const safe = safeFileName(`${stem}.pdf`, 'document', pdf)
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(150)
    expect(Buffer.byteLength(safe)).toBeGreaterThan(140)
    expect(safe).toMatch(/^[aü🐢]+\.pdf$/u)
  })

  test('is the same when cleaned again', () => {
    const once = safeFileName('x\r\n..\\y\u202E.exe', 'document', pdf)
    expect(safeFileName(once, 'document', pdf)).toBe(once)
  })
})
