import { describe, expect, test } from 'vitest'
import { sniffMediaType } from '../../src/media/sniff-media-type.ts'
import { inMemory, sample } from './sample.ts'

const unknown = { mediaType: 'application/octet-stream', fileName: null }
function sniff(bytes: Buffer | string, claimed: { mediaType?: string; fileName?: string } = {}) {
  return sniffMediaType(inMemory(Buffer.from(bytes)), { ...unknown, ...claimed })
}

const office = 'application/vnd.openxmlformats-officedocument'
const oasis = 'application/vnd.oasis.opendocument'

describe('what a file is, by its bytes', () => {
  test.each([
    ['photo-with-gps.jpg', 'image/jpeg'],
    ['drawing.png', 'image/png'],
    ['sticker-moving.webp', 'image/webp'],
    ['voice.ogg', 'audio/ogg'],
    ['vorbis.ogg', 'audio/ogg'],
    ['sound-vbr.mp3', 'audio/mpeg'],
    ['sound-cbr.mp3', 'audio/mpeg'],
    ['sound.m4a', 'audio/mp4'],
    ['clip-upright.mp4', 'video/mp4'],
    ['letter.pdf', 'application/pdf'],
    ['letter.docx', `${office}.wordprocessingml.document`],
    ['table.xlsx', `${office}.spreadsheetml.sheet`],
    ['letter.odt', `${oasis}.text`],
    ['letter.doc', 'application/msword'],
    ['table.xls', 'application/vnd.ms-excel'],
    ['photos.zip', 'application/zip'],
  ])('%s is shown', async (name, mediaType) => {
    expect(await sniff(sample(name))).toEqual({ mediaType, danger: null })
  })

  test.each([
    ['macro.docx', 'application/zip', 'active-content'],
    ['xlm-macro.xlsx', 'application/zip', 'active-content'],
    ['macro.odt', 'application/zip', 'active-content'],
    ['macro.doc', 'application/x-cfb', 'active-content'],
    ['installer.msi', 'application/x-cfb', 'dangerous-type'],
    ['with-program.zip', 'application/zip', 'hidden-program'],
    ['with-archive.zip', 'application/zip', 'unreadable'],
    ['with-path.zip', 'application/zip', 'hidden-program'],
    ['java.zip', 'application/zip', 'hidden-program'],
    ['bomb.zip', 'application/zip', 'unreadable'],
    ['encrypted.zip', 'application/zip', 'unreadable'],
    ['recording.webm', 'video/webm', 'dangerous-type'],
  ])('%s is held back', async (name, mediaType, danger) => {
    expect(await sniff(sample(name))).toEqual({ mediaType, danger })
  })

  test('a document with an archive behind it is dangerous, a picture loses what is behind it', async () => {
    expect(await sniff(sample('letter-and-archive.pdf'))).toEqual({
      mediaType: 'application/pdf',
      danger: 'hidden-program',
    })
    expect(await sniff(sample('photo-and-archive.jpg'))).toEqual({
      mediaType: 'image/jpeg',
      danger: null,
    })
  })

  test.each([
    ['plain text', 'Guten Tag,\nich hätte eine Frage.', undefined, 'text/plain'],
    ['text in Windows-1252', Buffer.from('Stra\xdfe', 'latin1'), undefined, 'text/plain'],
    ['text in UTF-16', Buffer.from('\ufeffGuten Tag', 'utf16le'), undefined, 'text/plain'],
    ['a table', 'Name;Betrag\nA;1', 'liste.csv', 'text/csv'],
    ['a visiting card', 'BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n', undefined, 'text/vcard'],
    ['an appointment', 'BEGIN:VCALENDAR\nEND:VCALENDAR\n', undefined, 'text/calendar'],
    ['data in XML', '<?xml version="1.0"?><rechnung><summe>3</summe></rechnung>', 'x.xml', 'application/xml'],
    ['rich text', '{\\rtf1\\ansi Guten Tag}', undefined, 'application/rtf'],
  ])('%s is shown', async (_, bytes, fileName, mediaType) => {
    expect(await sniff(bytes, fileName === undefined ? {} : { fileName })).toEqual({
      mediaType,
      danger: null,
    })
  })

  test.each([
    ['a program for Windows', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'dangerous-type'],
    [
      'a program for Linux',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]),
      'dangerous-type',
    ],
    ['a shell script', '#!/bin/sh\nrm -rf /\n', 'dangerous-type'],
    ['a page', '<!DOCTYPE html><html><body>Hallo</body></html>', 'dangerous-type'],
    ['a page after blanks and a comment', '\n <!-- x -->\n<script>alert(1)</script>', 'dangerous-type'],
    [
      'a vector image with a script',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'dangerous-type',
    ],
    [
      'a vector image in XML',
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
      'dangerous-type',
    ],
    [
      'XML with another prefix',
      '<?xml version="1.0"?><a:svg xmlns:a="http://www.w3.org/2000/svg"/>',
      'active-content',
    ],
    ['XML with a style sheet', '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>', 'active-content'],
    ['rich text with an object', '{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}', 'embedded-object'],
    ['noise', Buffer.from([0, 1, 2, 3, 254, 255, 0, 9]), 'dangerous-type'],
    ['nothing', '', 'dangerous-type'],
  ] as const)('%s is dangerous', async (_, bytes, danger) => {
    expect((await sniff(bytes)).danger).toBe(danger)
  })

  test.each(['start.bat', 'brief.vbs', 'x.PS1', 'seite.html', 'bild.svg', 'a.js', 'x.hta', 'x.txt.cmd . '])(
    'text named %s is dangerous',
    async (fileName) => {
      expect((await sniff('echo Hallo', { fileName })).danger).toBe('dangerous-type')
    },
  )

  test.each([
    'application/x-msdownload',
    'text/html',
    'image/svg+xml',
    'application/javascript',
    'application/vnd.ms-word.document.macroenabled.12',
    'application/vnd.android.package-archive',
  ])('whatever its sender calls %s is dangerous', async (mediaType) => {
    expect((await sniff(sample('letter.pdf'), { mediaType })).danger).toBe('dangerous-type')
    expect((await sniff(sample('drawing.png'), { mediaType })).danger).toBe('dangerous-type')
  })

  test('a name that lies about a harmless type makes it no worse', async () => {
    expect(await sniff(sample('letter.pdf'), { fileName: 'fdp.exe' })).toEqual({
      mediaType: 'application/pdf',
      danger: null,
    })
  })

  test('finds the sound behind a large tag', async () => {
    const tag = Buffer.concat([
      Buffer.from('ID3\x04\x00\x00\x00\x06\x00\x00', 'latin1'),
      Buffer.alloc(98_304),
    ])
    expect(await sniff(Buffer.concat([tag, sample('sound-cbr.mp3')]))).toEqual({
      mediaType: 'audio/mpeg',
      danger: null,
    })
  })
})
