import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, test as anyTest, beforeAll, describe, expect } from 'vitest'
import { type ChatBytes, chatDocument as documentOf } from '../src/archive/chat-document.ts'
import type { ChatFile, ChatMessage, ChatRecord } from '../src/archive/chat-record.ts'

/** What reads a document as its receiver would: Debian's programs, without which these tests are skipped. */
const programs = ['pdftotext', 'pdfinfo', 'pdffonts', 'pdfdetach', 'qpdf']
const test = anyTest.skipIf(!programs.every((name) => existsSync(`/usr/bin/${name}`)))
const veraPdf = ['/usr/bin/verapdf', '/usr/local/bin/verapdf', '/opt/verapdf/verapdf'].find(existsSync)

const at = '2026-11-20T08:00:00.000Z'
const none: ChatBytes = { original: () => Promise.reject(new Error('none')), picture: async () => null }

async function chatDocument(what: ChatRecord, bytes: ChatBytes): Promise<Uint8Array> {
  const pdf = await documentOf(what, bytes)
  if (pdf === null) throw new Error('It is too long')
  return pdf
}

let count = 0
function message(over: Partial<ChatMessage> = {}): ChatMessage {
  count += 1
  return {
    id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    direction: 'inbound',
    kind: 'text',
    text: null,
    details: null,
    sentAt: at,
    receivedAt: at,
    versions: [],
    editedAt: null,
    revokedAt: null,
    forwarded: 'no',
    referral: null,
    quoted: null,
    reactions: [],
    files: [],
    sending: null,
    corrections: [],
    ...over,
  }
}

const answered: NonNullable<ChatMessage['sending']> = {
  role: 'clerk',
  pseudonym: null,
  fromApp: false,
  status: 'read',
  acceptedAt: '2026-11-20T08:05:00.000Z',
  sentAt: '2026-11-20T08:05:01.000Z',
  deliveredAt: '2026-11-20T08:05:02.000Z',
  readAt: '2026-11-21T09:05:00.000Z',
  playedAt: null,
  failedAt: null,
  errorCode: null,
}

function record(messages: readonly ChatMessage[], over: Partial<ChatRecord> = {}): ChatRecord {
  return {
    format: 'buergerdraht-chat',
    v: 1,
    conversation: '3f2a0c1e-7b1d-4c55-9a51-0c4b5a7f0001',
    continues: null,
    office: { name: 'Gemeinde Musterhausen', team: 'Bürgerservice' },
    channel: { name: 'Bürgertelefon', number: '+49 6881 9690', vendor: '360dialog' },
    citizen: { name: 'Erika Müßigmann', username: null, maskedNumber: '+49 ••• 4711', number: null },
    fileReference: '112.21-2026/0815',
    openedAt: at,
    closedAt: '2026-11-23T13:10:00.000Z',
    sealedAt: '2026-11-23T13:12:00.000Z',
    filing: {
      relevance: 'to-file',
      archiveBasis: null,
      decidedAt: '2026-11-23T13:10:00.000Z',
      role: 'clerk',
      cluster: 'DA03',
      rule: 'LR-DA03@1',
      class: 'CASE_CLOSED+END_OF_YEAR/10y',
    },
    notices: [],
    messages,
    corrections: [],
    ...over,
  }
}

function fileOf(bytes: Buffer, over: Partial<ChatFile>): ChatFile {
  count += 1
  return {
    id: `10000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    kind: 'document',
    state: 'ready',
    fileName: 'Antrag.pdf',
    mediaType: 'application/pdf',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    durationMs: null,
    waveform: null,
    pages: null,
    width: null,
    height: null,
    ...over,
  }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buergerdraht-chat-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A page as it is opened, and what programs say of it. */
async function open(pdf: Uint8Array) {
  count += 1
  const file = join(folder, `${count}.pdf`)
  await writeFile(file, pdf)
  function run(program: string, ...args: string[]): string {
    return execFileSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  }
  return {
    file,
    run,
    text: () => run('pdftotext', '-layout', file, '-').replace(/\s+/g, ' '),
    isPdfA3a: () => /pdfaid:part>3<[\s\S]*pdfaid:conformance>A</.test(run('qpdf', '--qdf', file, '-')),
  }
}

/** Signs as they are read one after the other, without spaces and places to break at. */
function signs(text: string): string {
  return text.replace(/[\s\u200B]/gu, '')
}

/** What Typst would run, or could not read, if it took it for markup or code. */
const hostile = [
  '#panic("ran")',
  ']; #panic("ran") [',
  '"); panic("ran"); ("',
  '\\u{22}); panic("ran"); (\\u{22}',
  '$ panic("ran") $',
  '```typ #panic("ran") ```',
  '= #read("/etc/passwd")',
  '- + / [[[ ((( {{{ $ ` * _ @nobody <label> https://x.example/#a //',
  'Er sagte: "so" -- \'nicht\' --- ... ~ 1/2 -> /*',
].join(' | ')

describe('the chat as a document', () => {
  test('is PDF/A-3a by its own words, whole, tagged, in German, with every font in it', async () => {
    const emoji = 'Grüße 👩🏽‍❤️‍💋‍👨🏿 Здравствуйте مرحبا שלום ሰላም 𝓗𝓪𝓵𝓵𝓸 ➤'
    const { file, run, isPdfA3a, text } = await open(
      await chatDocument(record([message({ text: emoji })]), none),
    )
    expect(isPdfA3a()).toBe(true)
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found')
    const fonts = run('pdffonts', file).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(5)
    for (const font of fonts) expect(font).toMatch(/\s(?:CID TrueType|Type 3)\s+\S+\s+yes\s+\S+\s+yes\s/)
    const info = run('pdfinfo', file)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Title:\s+Gesprächsniederschrift 112\.21-2026\/0815/)
    const structure = run('pdfinfo', '-struct-text', file)
    expect(structure).toMatch(/H1[\s\S]*Niederschrift eines WhatsApp-Gesprächs/)
    expect(structure).toMatch(/H2[\s\S]*Freitag, 20\. November 2026/)
    expect(run('qpdf', '--qdf', file, '-')).toContain('/Lang (de-DE)')
    for (const part of ['👩🏽‍❤️‍💋‍👨🏿', 'Здравствуйте', 'ሰላም', 'Gemeinde Musterhausen', 'Seite 1 von 1'])
      expect(text()).toContain(part)
    // The last page says what is embedded; without a file that is the record alone.
    expect(run('pdfdetach', '-list', file)).toMatch(/2 embedded files/)
  })

  test('holds record, originals and their checksums, each related to it', async () => {
    const photo = Buffer.from('not a picture, and an original nevertheless')
    const image = fileOf(photo, { kind: 'image', fileName: 'Ümläut "x"\n/../a.jpg', mediaType: 'image/jpeg' })
    const voice = fileOf(Buffer.from('OggS'), {
      kind: 'voice',
      fileName: 'Sprachnachricht.ogg',
      mediaType: 'audio/ogg',
      durationMs: 83_400,
      waveform: Array.from({ length: 64 }, (_, n) => n),
    })
    const gone = fileOf(Buffer.alloc(0), { state: 'expired', fileName: 'Ausweis.pdf', sha256: null })
    const bytes: ChatBytes = {
      original: async ({ id }) => (id === image.id ? photo : Buffer.from('OggS')),
      picture: async () => null,
    }
    const what = record([message({ kind: 'image', files: [image] }), message({ files: [voice, gone] })])
    const { file, run, text } = await open(await chatDocument(what, bytes))
    const out = await mkdtemp(join(folder, 'out-'))
    run('pdfdetach', '-saveall', '-o', out, file)
    expect(execFileSync('sha256sum', ['-c', 'pruefsummen.sha256'], { cwd: out, encoding: 'utf8' })).toBe(
      [
        'gespraech.json: OK',
        'anlage-0001-Ümläut _x___.._a.jpg: OK',
        'anlage-0002-Sprachnachricht.ogg: OK',
        '',
      ].join('\n'),
    )
    expect(JSON.parse(await readFile(join(out, 'gespraech.json'), 'utf8'))).toEqual(what)
    const relationships = run('qpdf', '--qdf', file, '-').match(/AFRelationship \/\w+/g)
    expect(relationships?.toSorted()).toEqual([
      'AFRelationship /Data',
      'AFRelationship /Source',
      'AFRelationship /Supplement',
      'AFRelationship /Supplement',
    ])
    const page = text()
    expect(page).toContain('Anlage 2 · 1:23 min · 4 Byte')
    expect(page).toContain('Die Datei war beim Dienst nicht mehr vorhanden.')
    expect(page).toContain('nicht eingebettet: nicht vorhanden')
    expect(page).toContain(image.sha256)
  })

  test('says in words what no picture shows, and what happened to each message', async () => {
    const { text } = await open(
      await chatDocument(
        record([
          message({
            kind: 'location',
            details: {
              kind: 'location',
              latitude: 49.407,
              longitude: -6.9943,
              name: 'Rathaus',
              address: 'Am Markt 1',
              url: null,
            },
            receivedAt: '2026-11-20T08:20:00.000Z',
          }),
          message({
            kind: 'contacts',
            details: {
              kind: 'contacts',
              contacts: [
                {
                  name: 'Klaus Meier',
                  phones: ['+49 170 1234567'],
                  emails: ['k@example.org'],
                  organisation: 'Bauhof',
                  requested: false,
                },
              ],
            },
          }),
          message({
            text: 'Neu',
            versions: [{ text: 'Alt', saidAt: at }],
            editedAt: '2026-11-20T08:01:00.000Z',
            revokedAt: '2026-11-21T08:02:00.000Z',
            reactions: [{ from: 'office', emoji: '👍🏽', at: '2026-11-20T08:03:00.000Z' }],
            corrections: [
              {
                contested: 'Dies',
                correct: 'Das',
                markedAt: '2026-11-22T08:03:00.000Z',
                withdrawn: { at: '2026-11-23T08:04:00.000Z', reason: 'Jenes war gemeint', replaced: false },
              },
            ],
          }),
          message({
            direction: 'outbound',
            text: 'Antwort',
            sending: answered,
            quoted: { id: null, direction: 'inbound', kind: 'text', text: 'Wann?' },
          }),
          message({
            direction: 'outbound',
            kind: 'template',
            text: 'Ihr Termin',
            details: { kind: 'template', name: 'termin', buttons: ['Absagen'] },
            sending: {
              ...answered,
              role: 'team-lead',
              deliveredAt: null,
              readAt: null,
              status: 'failed',
              failedAt: '2026-11-20T08:06:00.000Z',
              errorCode: '131026',
            },
          }),
          message({
            direction: 'outbound',
            kind: 'elsewhere',
            text: 'Am Telefon gesagt',
            details: { kind: 'elsewhere', way: 'phone' },
            sending: { ...answered, deliveredAt: null, readAt: null, status: 'elsewhere' },
          }),
          message({ kind: 'form', details: { kind: 'form', answers: { Anliegen: 'Ausweis' } } }),
          message({ kind: 'order', details: { kind: 'order', items: [{ productId: 'P-1', quantity: 2 }] } }),
          message({ kind: 'unsupported', details: { kind: 'unsupported', type: 'poll', unavailable: true } }),
          message({
            kind: 'system',
            details: {
              kind: 'system',
              event: 'closed',
              by: 'Jana Beispiel',
              reason: null,
              cause: null,
              earlier: null,
            },
          }),
        ]),
        none,
      ),
    )
    const page = text()
    for (const part of [
      '49,407° N, 6,9943° W (WGS 84)',
      'eingegangen 09:20 Uhr',
      'Klaus Meier',
      '+49 170 1234567',
      'Bearbeitet 09:01 Uhr · Vom Absender zurückgenommen 21.11.2026, 09:02',
      'Fassung von 09:00 Uhr',
      'Alt',
      '👍🏽',
      'Berichtigung vermerkt am 22.11.2026, 09:03 Uhr (Art. 16 DSGVO)',
      'Zurückgenommen 23.11.2026, 09:04',
      'Grund Jenes war gemeint',
      'Amt (Sachbearbeitung)',
      'Antwort auf Bürgerin/Bürger Wann?',
      'zugestellt 09:05 Uhr, gelesen 21.11.2026, 10:05 Uhr',
      'Amt (Teamleitung)',
      'nicht zugestellt (Fehler 131026) 09:06 Uhr',
      'Absagen',
      'Am Telefon gesagt',
      'Anders beantwortet telefonisch',
      'nicht über WhatsApp gesendet',
      '2 × P-1',
      'nur auf dem Telefon der Person vorhanden',
      'Der Vorgang wurde geschlossen.',
    ])
      expect(page).toContain(part)
    // Who answered is said by the role.
    expect(page).not.toContain('Jana')
  })

  test('shows a number as the record has it: hidden, unless it was to be in there', async () => {
    const hidden = await open(await chatDocument(record([]), none))
    expect(hidden.text()).toContain('+49 ••• 4711')
    expect(hidden.text()).toContain('bis auf ihre letzten Ziffern verdeckt')
    const { citizen } = record([])
    const whole = record([], { citizen: { ...citizen, number: '+491701234711' } })
    const shown = await open(await chatDocument(whole, none))
    expect(shown.text()).toContain('+491701234711')
    expect(shown.text()).not.toContain('verdeckt')
  })

  test('parts no short message from who wrote it, where a page ends', async () => {
    const details = {
      kind: 'location',
      latitude: 49.4,
      longitude: 7,
      name: 'Ort',
      address: 'Markt 1',
      url: null,
    } as const
    const messages = Array.from({ length: 60 }, () => message({ kind: 'location', text: null, details }))
    const { file, run, text } = await open(await chatDocument(record(messages), none))
    expect(text().match(/Markt 1/g)).toHaveLength(60)
    const pages = run('pdftotext', '-layout', file, '-').split('\f')
    expect(pages.length).toBeGreaterThan(4)
    for (const page of pages)
      expect((page.match(/Eingang/g) ?? []).length).toBe((page.match(/Koordinaten/g) ?? []).length)
  })

  test('takes nothing that somebody wrote for its own, wherever it stands', async () => {
    const everywhere = message({
      text: hostile,
      versions: [{ text: hostile, saidAt: at }],
      quoted: { id: null, direction: null, kind: null, text: hostile },
      referral: { sourceType: hostile, headline: hostile },
      reactions: [{ from: 'citizen', emoji: hostile, at }],
      corrections: [{ contested: hostile, correct: hostile, markedAt: at }],
      details: { kind: 'form', answers: { [hostile]: hostile } },
      files: [fileOf(Buffer.alloc(0), { state: 'failed', fileName: hostile, sha256: null })],
    })
    const what = record([everywhere], {
      office: { name: hostile, team: hostile },
      fileReference: hostile.slice(0, 100),
      citizen: { name: hostile, username: hostile, maskedNumber: null, number: null },
    })
    const { run, file, isPdfA3a } = await open(await chatDocument(what, none))
    expect(isPdfA3a()).toBe(true)
    const read = signs(run('pdftotext', '-raw', file, '-'))
    expect(read.split(signs(hostile)).length).toBeGreaterThan(8)
  })

  test('shows every text as it was written (whatever is written)', async () => {
    const written = fc.string({
      unit: fc.oneof(
        { weight: 6, arbitrary: fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }) },
        {
          weight: 6,
          arbitrary: fc.constantFrom(...'#$@\\`*_<>[](){}"\'/-~=+|^&%\näöüßÄÖÜẞéłščžığ€„“–жЯїґ'),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom('😀', '👨‍👩‍👧‍👦', '👩🏽‍❤️‍💋‍👨🏿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '❤️'),
        },
      ),
      maxLength: 300,
    })
    const many = fc.array(written, { minLength: 20, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(many, async (texts) => {
        const messages = texts.map((text, n) => message({ text: `⟦${n}:${text}:${n}⟧` }))
        const { run, file, isPdfA3a } = await open(await chatDocument(record(messages), none))
        expect(isPdfA3a()).toBe(true)
        const read = signs(run('pdftotext', '-raw', '-nopgbrk', file, '-'))
        for (const [n, text] of texts.entries()) {
          // What has no shape is named by its number.
          const shown = text.replace(/[\p{Cc}]/gu, (sign) =>
            /\s/.test(sign) && !'\v\f'.includes(sign) ? '' : `U+${hex(sign)}`,
          )
          const found = read.slice(read.indexOf(`⟦${n}:`), read.indexOf(`:${n}⟧`) + `:${n}⟧`.length)
          expect(withoutFurniture(found)).toBe(signs(`⟦${n}:${shown}:${n}⟧`))
        }
      }),
      { numRuns: 4 },
    )
  })

  test('is made of whatever a text can hold, and stays PDF/A-3a', async () => {
    const units = ['binary', 'grapheme', 'grapheme-composite'] as const
    for (const unit of units)
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit, maxLength: 200, size: 'max' }), { minLength: 30, maxLength: 30 }),
          async (texts) => {
            const messages = texts.map((text) => message({ text }))
            const { isPdfA3a } = await open(await chatDocument(record(messages), none))
            expect(isPdfA3a()).toBe(true)
          },
        ),
        { numRuns: 2 },
      )
  })

  test('names what has no shape, what turns the direction, and halves of signs, by their numbers', async () => {
    const { text } = await open(
      await chatDocument(
        record([message({ text: 'a\u202Egnp.exe b\u0000c\uE000d\uD800e\u0F40f\uFEFFg' })]),
        none,
      ),
    )
    expect(signs(text())).toContain('aU+202Egnp.exebU+0000cU+E000dU+D800eU+0F40fU+FEFFg')
  })

  test('says of originals that are too large where in the package they lie, and does not read them', async () => {
    const small = Buffer.from('klein')
    const large = fileOf(small, { fileName: 'Film.mp4', mediaType: 'video/mp4', sizeBytes: 10_000_001 })
    const four = Array.from({ length: 5 }, (_, n) =>
      fileOf(small, { fileName: `Plan ${n}.pdf`, sizeBytes: 9_999_999 }),
    )
    const asked: string[] = []
    const bytes: ChatBytes = {
      original: async ({ id }) => {
        asked.push(id)
        // Of these as many bytes as they have say how much is embedded together.
        return Buffer.alloc(9_999_999)
      },
      picture: async () => null,
    }
    const whole = createHash('sha256').update(Buffer.alloc(9_999_999)).digest('hex')
    const files = [large, ...four.map((one) => ({ ...one, sha256: whole }))]
    const { text, run, file } = await open(await chatDocument(record([message({ files })]), bytes))
    const last = four.at(-1)
    expect(asked).toEqual(four.slice(0, 4).map(({ id }) => id))
    for (const id of [large.id, last?.id])
      expect(signs(text())).toContain(
        signs(
          `nicht eingebettet: zu groß; das Original liegt im Archivpaket unter items/${id}.bin und wird mit diesem Dokument als Datei ${id} übergeben`,
        ),
      )
    for (const { sha256 } of [large, { sha256: whole }]) expect(signs(text())).toContain(sha256)
    expect(signs(text()).split(signs('nicht eingebettet, siehe Anlagen')).length - 1).toBe(2)
    // Four originals, the record and the checksums.
    expect(run('pdfdetach', '-list', file)).toMatch(/6 embedded files/)
  })

  const scripts = {
    Georgian: 'გამარჯობა, დოკუმენტი',
    Armenian: 'Բարեւ ձեզ',
    Thai: 'สวัสดีครับ ขอบคุณ',
    Devanagari: 'नमस्ते',
  }
  test.each(Object.entries(scripts))('shows %s as it was written', async (_, written) => {
    const { text, isPdfA3a } = await open(await chatDocument(record([message({ text: written })]), none))
    expect(isPdfA3a()).toBe(true)
    expect(signs(text())).toContain(signs(written))
  })

  const cjk = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
  test('shows Chinese, Japanese and Korean where the operator has installed the font, and names them where not', async () => {
    const written = '你好，我搬家了。こんにちは 안녕하세요'
    const { text, isPdfA3a, run, file } = await open(
      await chatDocument(record([message({ text: written })]), none),
    )
    expect(isPdfA3a()).toBe(true)
    const isThere = existsSync(cjk)
    expect(signs(text())).toContain(isThere ? signs(written) : 'U+4F60')
    expect(run('pdffonts', file).includes('NotoSansCJKsc')).toBe(isThere)
  })

  test('takes the longest message, ten thousand lines, and what has no place to break at', async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => `Zeile ${n}`).join('\n')
    const long = ['x'.repeat(4096), '😀'.repeat(2048), 'م'.repeat(4096), 'e\u0301\u0302'.repeat(1000)]
    const messages = [lines, ...long, '\n'.repeat(4096)].map((text) => message({ text }))
    const { text, isPdfA3a, run, file } = await open(await chatDocument(record(messages), none))
    expect(isPdfA3a()).toBe(true)
    const page = text()
    expect(page).toContain('Zeile 0 ')
    expect(page).toContain('Zeile 9999')
    expect(signs(page).match(/x/g)?.length ?? 0).toBeGreaterThanOrEqual(4096)
    // Nothing stands in the margin of 20 mm; Poppler takes the box of a coloured sign for wider than it is drawn.
    const boxes = [...run('pdftotext', '-bbox', file, '-').matchAll(/xMax="([\d.]+)"/g)]
    expect(Math.max(...boxes.map(([, x]) => Number(x)))).toBeLessThan(595.3 - 48)
  })

  test('is none for what would fill the machine: too many messages, signs or lines', async () => {
    const many = Array.from({ length: 14_000 }, () => message({ text: 'Ja' }))
    const long = Array.from({ length: 1000 }, () => message({ text: 'x'.repeat(4096) }))
    const lines = [message({ text: '\n'.repeat(100_000) })]
    for (const messages of [many, long, lines]) expect(await documentOf(record(messages), none)).toBe(null)
  })

  test('is the same, byte by byte, when it is made again', async () => {
    const what = record([message({ text: 'Guten Tag 😀' })])
    expect(
      Buffer.from(await chatDocument(what, none)).equals(Buffer.from(await chatDocument(what, none))),
    ).toBe(true)
  })

  test('does without a picture that is damaged, and refuses a file that is not the one it names', async () => {
    const original = Buffer.from('original')
    const image = fileOf(original, { kind: 'image', fileName: 'Foto.webp', mediaType: 'image/webp' })
    const what = record([message({ kind: 'image', text: 'Foto', files: [image] })])
    const damaged = { original: async () => original, picture: async () => Buffer.from('RIFFxxxxWEBP') }
    const { text, isPdfA3a } = await open(await chatDocument(what, damaged))
    expect(isPdfA3a()).toBe(true)
    expect(text()).toContain('Anlage 1 · 8 Byte')
    const other = { original: async () => Buffer.from('another'), picture: async () => null }
    await expect(chatDocument(what, other)).rejects.toThrow('not the one that the record names')
  })

  if (veraPdf !== undefined)
    anyTest('conforms, says veraPDF', async () => {
      const { file, run } = await open(await chatDocument(record([message({ text: 'Grüße 😀' })]), none))
      expect(run(veraPdf, '--flavour', '3a', '--format', 'text', file)).toMatch(/^PASS/)
    })
})

function hex(sign: string): string {
  return (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** Without head and foot of a page that a message goes over. */
function withoutFurniture(text: string): string {
  return text.replace(
    /NiederschrifteinesWhatsApp-GesprächsSeite\d+von\d+GemeindeMusterhausen112\.21-2026\/0815/g,
    '',
  )
}
