import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { describeMedia } from '../../src/media/describe-media.ts'
import { sniffMediaType } from '../../src/media/sniff-media-type.ts'
import { makeDocx, makeOdt, makeZip, officeRelation } from './make-zip.ts'
import { inMemory, sample } from './sample.ts'

async function dangerOf(bytes: Buffer | string, fileName: string | null = null): Promise<string | null> {
  const claimed = { mediaType: 'application/octet-stream', fileName }
  return (await sniffMediaType(inMemory(Buffer.from(bytes as string)), claimed)).danger
}

const xhtml = 'http://www.w3.org/1999/xhtml'

describe('XML', () => {
  test.each([
    [
      'with data',
      '<?xml version="1.0" encoding="UTF-8"?><r xmlns="urn:x"><summe w="3">ä &amp; b</summe></r>',
    ],
    ['in ISO 8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r>Straße</r>', 'latin1')],
    ['in UTF-16', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><r>Straße</r>', 'utf16le')],
    ['of many pieces', `<?xml version="1.0"?><r>${'<z>ä</z>'.repeat(50_000)}</r>`],
  ])('%s is shown', async (_, bytes) => {
    expect(await dangerOf(bytes)).toBeNull()
  })

  test.each([
    [
      'a page whose namespace is written with character references',
      `<?xml version="1.0"?><h:html xmlns:h="&#104;ttp://www.w3.org/1999/xhtm&#x6c;"><h:script>alert(1)</h:script></h:html>`,
      'active-content',
    ],
    [
      'a page within data, far behind',
      `<?xml version="1.0"?><r>${'x'.repeat(200_000)}<a xmlns="${xhtml}"/></r>`,
      'active-content',
    ],
    [
      'a vector image',
      '<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/sv&#103;"/>',
      'active-content',
    ],
    [
      'a transformation',
      '<?xml version="1.0"?><x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform"/>',
      'active-content',
    ],
    [
      'a style sheet far behind',
      `<?xml version="1.0"?><!--${'x'.repeat(100_000)}--><?xml-stylesheet href="x.xsl"?><a/>`,
      'active-content',
    ],
    [
      'a namespace by default of a document type',
      `<?xml version="1.0"?><!DOCTYPE r [<!ATTLIST r xmlns CDATA #FIXED "${xhtml}">]><r/>`,
      'unreadable',
    ],
    ['an entity of its own', '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY s "x">]><r>&s;</r>', 'unreadable'],
    [
      'an encoding that others read otherwise',
      '<?xml version="1.0" encoding="UTF-7"?><r>+ADw-script+AD4-</r>',
      'unreadable',
    ],
    ['what is not well-formed', '<?xml version="1.0"?><r><a></r>', 'unreadable'],
    [
      'elements in one another without end',
      `<?xml version="1.0"?>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
      'unreadable',
    ],
  ])('%s is held back', async (_, bytes, danger) => {
    expect(await dangerOf(bytes, 'x.xml')).toBe(danger)
  })
})

describe('rich text', () => {
  const pad = 'Guten Tag '.repeat(60_000)
  test.each([
    [
      'with a link and page numbers',
      '{\\rtf1{\\field{\\*\\fldinst{HYPERLINK "https://x.example"}}{\\fldrslt hier}}{\\field{\\*\\fldinst PAGE}}}',
    ],
    [
      'with the template of its author’s machine',
      '{\\rtf1{\\*\\template C:\\\\Users\\\\Erika\\\\Normal.dotm}Hallo}',
    ],
    ['with bytes that look like something else', '{\\rtf1{\\pict\\bin10 \\objdata{{}Hallo}'],
    ['of many pieces', `{\\rtf1 ${pad}}`],
  ])('%s is shown', async (_, bytes) => {
    expect(await dangerOf(bytes)).toBeNull()
  })

  test.each([
    ['an object', '{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}', 'embedded-object'],
    ['an object far behind', `{\\rtf1 ${pad}{\\*\\objdata 0105}}`, 'embedded-object'],
    ['a control with its own HTML', '{\\rtf1{\\object\\objhtml}}', 'embedded-object'],
    ['a template elsewhere', '{\\rtf1{\\*\\template http://x.example/a.dotm}}', 'external-content'],
    ['a template on a server', '{\\rtf1{\\*\\template \\\\\\\\x.example\\\\a.dotm}}', 'external-content'],
    [
      'a template whose address is spelled in numbers',
      "{\\rtf1{\\*\\template \\'68\\'74\\'74p:\\u47 /x.example}}",
      'external-content',
    ],
    [
      'a picture elsewhere',
      '{\\rtf1{\\shp{\\sp{\\sn pibName}{\\sv http://x.example/a.png}}}}',
      'external-content',
    ],
    [
      'a field that fetches',
      '{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE "http://x.example/a.png"}}}',
      'external-content',
    ],
    ['a field in pieces', '{\\rtf1{\\field{\\*\\fldinst {\\b D}{\\i DE}{AUTO cmd}}}}', 'external-content'],
    ['a field made of numbers', '{\\rtf1{\\field{\\*\\fldinst QUOTE 68 68 69}}}', 'external-content'],
  ])('%s is held back', async (_, bytes, danger) => {
    expect(await dangerOf(bytes)).toBe(danger)
  })
})

describe('a document for Word', () => {
  const image = { type: `${officeRelation}/image`, target: 'media/a.png' }
  const link = { type: `${officeRelation}/hyperlink`, target: 'https://x.example', external: true }
  const page =
    '<w:fldSimple xmlns:w="x" w:instr=" PAGE "/><w:instrText>HYPERLINK "https://x.example"</w:instrText>'

  test('with pictures, links and page numbers is shown', async () => {
    expect(await dangerOf(makeDocx({ relations: [image, link], body: page }))).toBeNull()
  })

  test.each([
    [
      'a template elsewhere',
      {
        relations: [
          { type: `${officeRelation}/attachedTemplate`, target: 'http://x.example/a.dotm', external: true },
        ],
      },
      'external-content',
    ],
    [
      'a picture elsewhere',
      { relations: [{ ...image, target: 'http://x.example/a.png', external: true }] },
      'external-content',
    ],
    [
      'a picture elsewhere that does not say so',
      { relations: [{ ...image, target: '\\\\x.example\\a.png' }] },
      'external-content',
    ],
    [
      'an address with character references',
      { relations: [{ ...image, target: '&#104;ttp://x.example/a.png' }] },
      'external-content',
    ],
    [
      'an embedded object',
      { relations: [{ type: `${officeRelation}/oleObject`, target: 'embeddings/a.bin' }] },
      'embedded-object',
    ],
    [
      'a page from elsewhere within it',
      { relations: [{ type: `${officeRelation}/aFChunk`, target: 'a.html' }] },
      'embedded-object',
    ],
    [
      'macros under another name',
      {
        relations: [
          {
            type: 'http://schemas.microsoft.com/office/2006/relationships/vbaProject',
            target: 'harmless.bin',
          },
        ],
      },
      'active-content',
    ],
    ['macros by type alone', { contentType: 'application/vnd.ms-office.vbaProject' }, 'active-content'],
    [
      'a field that fetches, in pieces',
      { body: '<w:instrText>DD</w:instrText><w:instrText>EAUTO cmd</w:instrText>' },
      'external-content',
    ],
    [
      'a part that nobody can read',
      { parts: [{ name: 'word/_rels/settings.xml.rels', content: '<not' }] },
      'unreadable',
    ],
    ['two parts of one name', { parts: [{ name: 'WORD/document.xml', content: '<x/>' }] }, 'hidden-program'],
    [
      'a part of two names',
      { parts: [{ name: 'word/a.xml', unicodePath: 'word/_rels/settings.xml.rels', content: '<x/>' }] },
      'hidden-program',
    ],
  ])('with %s is held back', async (_, more, danger) => {
    expect(await dangerOf(makeDocx(more))).toBe(danger)
  })
})

describe('an OpenDocument text', () => {
  test('with a picture of its own, a link, a formula and its author’s template is shown', async () => {
    const content =
      '<draw:image xlink:href="Pictures/a.png"/><text:a xlink:href="https://x.example"/><draw:object xlink:href="./Object 1"/>'
    const meta = '<meta:template xlink:href="file:///C:/Vorlagen/brief.ott"/>'
    expect(await dangerOf(makeOdt(content, meta))).toBeNull()
  })

  test.each([
    ['a picture elsewhere', '<draw:image xlink:href="http://x.example/a.png"/>', '', 'external-content'],
    [
      'a section from elsewhere',
      '<text:section-source xlink:href="//x.example/a.odt"/>',
      '',
      'external-content',
    ],
    ['a template elsewhere', '', '<meta:template xlink:href="https://x.example/a.ott"/>', 'external-content'],
    [
      'a template on a server',
      '',
      '<meta:template xlink:href="file://x.example/a.ott"/>',
      'external-content',
    ],
    ['an event', '<script:event-listener/>', '', 'active-content'],
    [
      'a macro behind a link',
      '<text:a xlink:href="vnd.sun.star.script:a?language=Basic"/>',
      '',
      'active-content',
    ],
    ['an object of another program', '<draw:object-ole xlink:href="Object 1"/>', '', 'embedded-object'],
    ['DDE', '<text:dde-connection-decl/>', '', 'external-content'],
  ])('with %s is held back', async (_, content, meta, danger) => {
    expect(await dangerOf(makeOdt(content, meta))).toBe(danger)
  })
})

describe('an archive', () => {
  const photo = { name: 'fotos/eins.jpg', content: 'x' }

  test('with pictures, a letter and a table is shown', async () => {
    const entries = [
      photo,
      { name: 'fotos/', content: '', stored: true },
      { name: 'brief.docx', content: makeDocx() },
    ]
    expect(await dangerOf(makeZip([...entries, { name: 'liste.csv', content: 'a;b' }]))).toBeNull()
  })

  test.each([
    ['another name before the entry', [{ ...photo, localName: 'fotos/eins.exe' }], [], 'unreadable'],
    [
      'a program in the name that Windows prefers',
      [{ ...photo, unicodePath: 'fotos/eins.exe' }],
      [],
      'hidden-program',
    ],
    ['a name that is turned around', [{ name: 'foto\u202egpj.exe', content: 'x' }], [], 'hidden-program'],
    ['an entry that its directory leaves out', [photo], [{ name: 'a.exe', content: 'MZ' }], 'unreadable'],
    [
      'a letter with macros',
      [{ name: 'a.docx', content: makeDocx({ contentType: 'x/vbaProject' }) }],
      [],
      'active-content',
    ],
    [
      'a letter with a template elsewhere',
      [{ name: 'a.rtf', content: '{\\rtf1{\\*\\template http://x.example}}' }],
      [],
      'external-content',
    ],
    [
      'a page as XML',
      [{ name: 'a.xml', content: `<?xml version="1.0"?><a xmlns="${xhtml}"/>` }],
      [],
      'active-content',
    ],
    ['an archive', [{ name: 'a.zip', content: makeZip([photo]) }], [], 'unreadable'],
    [
      'an archive of another name',
      [{ name: 'a.dat', content: makeZip([{ name: 'b.exe', content: 'MZ' }]) }],
      [],
      'hidden-program',
    ],
  ])('with %s is held back', async (_, entries, hidden, danger) => {
    expect(await dangerOf(makeZip(entries, hidden))).toBe(danger)
  })
})

describe('a PDF', () => {
  const plain = sample('letter.pdf').toString('latin1')
  function withObject(object: string): Buffer {
    return Buffer.from(
      plain.replace('endobj', () => `endobj\n99 0 obj\n${object}\nendobj`),
      'latin1',
    )
  }
  function packed(objects: string, dictionary = '/Filter /FlateDecode'): Buffer {
    const stream = deflateSync(Buffer.from(objects)).toString('latin1')
    return withObject(`<< /Type /ObjStm /N 1 /First 4 ${dictionary} >>\nstream\n${stream}\nendstream`)
  }

  test('with packed objects is shown', async () => {
    expect(await dangerOf(packed('9 0 << /Type /Page >>'))).toBeNull()
  })

  test.each([
    ['JavaScript', withObject('<< /S /JavaScript /JS (app.alert(1)) >>'), 'active-content'],
    ['JavaScript, spelled in numbers', withObject('<< /S /J#61vaScr#69pt >>'), 'active-content'],
    ['JavaScript in packed objects', packed('9 0 << /S /JavaScript >>'), 'active-content'],
    ['a program to launch', withObject('<< /S /Launch /F (cmd.exe) >>'), 'active-content'],
    ['a file within', withObject('<< /Type /EmbeddedFile >>'), 'embedded-object'],
    ['a way to a file elsewhere', withObject('<< /S /GoToR /F (//x.example/a.pdf) >>'), 'external-content'],
    [
      'objects packed in another way',
      packed('9 0 << >>', '/Filter [/ASCIIHexDecode /FlateDecode]'),
      'unreadable',
    ],
    [
      'objects that cannot be unpacked',
      withObject('<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nxyz\nendstream'),
      'unreadable',
    ],
  ])('with %s is held back', async (_, bytes, danger) => {
    expect(await dangerOf(bytes)).toBe(danger)
  })

  test('a name at the border of what is read at once is seen', async () => {
    const far = Buffer.concat([
      Buffer.from(plain, 'latin1'),
      Buffer.alloc(1024 * 1024 - plain.length - 5, ' '),
    ])
    expect(await dangerOf(Buffer.concat([far, Buffer.from('<< /S /JavaScript >>')]))).toBe('active-content')
  })

  test('is described only without a password, and where PDFium sees nothing that runs', async () => {
    await expect(describeMedia(inMemory(sample('letter.pdf')), 'application/pdf')).resolves.toMatchObject({
      pages: 2,
    })
    await expect(describeMedia(inMemory(sample('locked.pdf')), 'application/pdf')).rejects.toThrow()
    await expect(
      describeMedia(inMemory(sample('sealed-script.pdf')), 'application/pdf'),
    ).rejects.toMatchObject({ danger: 'active-content' })
    await expect(describeMedia(inMemory(sample('sealed.pdf')), 'application/pdf')).resolves.toMatchObject({
      pages: 2,
    })
  })
})
