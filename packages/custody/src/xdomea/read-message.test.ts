import { answerFaults } from '@buergerdraht/contract'
import { zipStream } from '@buergerdraht/records'
import { describe, expect, test } from 'vitest'
import { schemaFaults, xdomeaSchemas } from '../../../../testing/xdomea-schema.ts'
import { fingerprint, judgeAnswer, type Sent } from './judge-answer.ts'
import { messageNames } from './profile.ts'
import { type Answer, type AnswerCode, maxMessageBytes, readMessage } from './read-message.ts'

const processId = '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11'
const matter = '7b0e6a52-7d0c-4b0e-8f5a-0c3a3a0f2a01'
const part = '11111111-1111-4111-8111-111111111111'
const stranger = '99999999-9999-4999-8999-999999999999'

type About = {
  readonly type?: string
  readonly version?: string
  readonly process?: string
  readonly before?: string
}

/** An answer as another system writes it. */
function answer(
  of: AnswerCode,
  body: string,
  { type = of, version = '3.1.0', process = processId, before = '' }: About = {},
) {
  const receipts = { '0502': 1, '0513': 1 } as Readonly<Record<string, number>>
  const end =
    of === '0630'
      ? '<x:FVSessionID>1</x:FVSessionID>'
      : receipts[of] === undefined
        ? ''
        : '<x:Empfangsbestaetigung>0</x:Empfangsbestaetigung>'
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${before}
<x:${messageNames[of]} xmlns:x="urn:xoev-de:xdomea:schema:${version}"><x:Kopf><x:ProzessID>${process}</x:ProzessID>
<x:Nachrichtentyp><code>${type}</code></x:Nachrichtentyp><x:Erstellungszeitpunkt>2026-12-01T10:00:00Z</x:Erstellungszeitpunkt>
<x:Absender/><x:Empfaenger/>${end}</x:Kopf>${body}</x:${messageNames[of]}>`)
}

function outcome(name: string, id: string, taken: boolean | string, rest = '') {
  return `<x:${name}><x:IDSGO>${id}</x:IDSGO><x:Erfolgreich>${taken}</x:Erfolgreich>${rest}</x:${name}>`
}
function of0402(id = matter, taken: boolean | string = true, rest = '') {
  return answer('0402', outcome('AbgegebenesObjekt', id, taken, rest))
}
function valued(name: string, id: string, value: string) {
  return `<x:${name}><x:ID>${id}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>${value}</code></x:Aussonderungsart></x:Aussonderungsart></x:${name}>`
}
function general(code: string) {
  return `<x:Rueckmeldung><x:AllgemeineRueckmeldung><code>${code}</code></x:AllgemeineRueckmeldung></x:Rueckmeldung>`
}
function of0630(body: string) {
  return answer('0630', `<x:ErfolgOderMisserfolg>${body}</x:ErfolgOderMisserfolg>`)
}
function parameter(id: string, taken: boolean) {
  return `<x:Rueckgabeparameter><x:IDSGO>${id}</x:IDSGO><x:Parameter><x:Ablageort>Akte 1</x:Ablageort></x:Parameter><x:Erfolgreich>${taken}</x:Erfolgreich></x:Rueckgabeparameter>`
}

async function read(bytes: Uint8Array): Promise<Answer> {
  const result = await readMessage(bytes)
  if ('unreadable' in result) throw new Error(`${result.unreadable.fault} ${result.unreadable.place}`)
  return result.answer
}
async function faultOf(bytes: Uint8Array) {
  const result = await readMessage(bytes)
  return 'unreadable' in result ? result.unreadable : 'read'
}

const good = {
  '0402': of0402(matter, false, '<x:Fehlermeldung>Akte ist geschlossen.</x:Fehlermeldung>'),
  '0403': answer('0403', ''),
  '0502': answer('0502', valued('BewertetesObjekt', matter, 'A')),
  '0504': answer('0504', ''),
  '0506': answer(
    '0506',
    outcome('AusgesondertesSGO', matter, '1', '<x:Archivkennung>Best. 7 Nr. 1</x:Archivkennung>'),
  ),
  '0507': answer('0507', ''),
  '0513': answer('0513', valued('BewerteteAktenplaneinheit', matter, 'V')),
  '0629': answer('0629', ''),
  '0630': of0630(general('0000000') + parameter(matter, true)),
} as const satisfies Record<AnswerCode, Buffer>

const said: Readonly<Record<AnswerCode, Answer['said']>> = {
  '0402': {
    kind: 'import',
    taken: null,
    reasons: [],
    objects: [{ id: matter, taken: false, reasons: ['Akte ist geschlossen.'], archiveReference: null }],
  },
  '0403': { kind: 'receipt' },
  '0502': { kind: 'valuation', values: [{ id: matter, valuation: 'A' }] },
  '0504': { kind: 'receipt' },
  '0506': {
    kind: 'import',
    taken: null,
    reasons: [],
    objects: [{ id: matter, taken: true, reasons: [], archiveReference: 'Best. 7 Nr. 1' }],
  },
  '0507': { kind: 'receipt' },
  '0513': { kind: 'catalogue', values: [{ id: matter, valuation: 'V' }] },
  '0629': { kind: 'receipt' },
  '0630': {
    kind: 'import',
    taken: true,
    reasons: [],
    objects: [{ id: matter, taken: true, reasons: [], archiveReference: null }],
  },
}

const codes = Object.keys(good) as AnswerCode[]
test.each(codes)('%s is read', async (of) => {
  expect(await read(good[of])).toEqual({ code: of, version: '3.1.0', processId, said: said[of] })
})

test('an answer is read out of a ZIP, whatever lies beside it', async () => {
  const files = [
    { name: 'answer.xml', content: [good['0402']] },
    { name: 'letter.pdf', content: [Buffer.from('%PDF')] },
  ]
  const zip = Buffer.concat(await zipStream(files).toArray())
  expect((await read(zip)).code).toBe('0402')
  const two = Buffer.concat(await zipStream([...files, { name: 'b.xml', content: [good['0402']] }]).toArray())
  expect(await faultOf(two)).toEqual({ fault: 'not-one-message' })
  expect(await faultOf(zip.subarray(0, zip.length - 5))).toEqual({ fault: 'not-one-message' })
  const none = Buffer.concat(await zipStream([{ name: 'x/answer.xml', content: [good['0402']] }]).toArray())
  expect(await faultOf(none)).toEqual({ fault: 'not-one-message' })
})

test('what is refused is said in German and in English', () => {
  for (const { de, en } of Object.values(answerFaults)) {
    expect(de).toMatch(/^[A-ZÄÖÜ].*\.$/)
    expect(en).toMatch(/^[A-Z].*\.$/)
    expect(en).not.toBe(de)
  }
})

const bomb = `<!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')}]>`
const inner = of0402().toString()
test.each<[string, Buffer, Awaited<ReturnType<typeof faultOf>>]>([
  ['nothing', Buffer.alloc(0), { fault: 'not-xml' }],
  ['too much', Buffer.alloc(maxMessageBytes + 1, 0x20), { fault: 'too-large' }],
  ['no XML', Buffer.from('Guten Tag'), { fault: 'not-xml' }],
  ['a page', Buffer.from('<html><body>Wartung</body></html>'), { fault: 'not-xdomea' }],
  ['an XML bomb', answer('0402', '&a30;', { before: bomb }), { fault: 'not-xml' }],
  [
    'a document type alone',
    answer('0402', '', { before: '<!DOCTYPE a SYSTEM "http://127.0.0.1/x">' }),
    { fault: 'not-xml' },
  ],
  ['a cut message', good['0402'].subarray(0, -10), { fault: 'not-xml' }],
  ['too deep', answer('0402', '<x:a>'.repeat(300) + '</x:a>'.repeat(300)), { fault: 'not-xml' }],
  ['too many elements', answer('0402', '<x:a/>'.repeat(200_001)), { fault: 'not-xml' }],
  ['no UTF-8', Buffer.concat([good['0402'], Buffer.from('<!-- \xff -->', 'latin1')]), { fault: 'not-xml' }],
  ['version 5', answer('0402', '', { version: '5.0.0' }), { fault: 'unsupported-version' }],
  ['version 2', answer('0402', '', { version: '2.4.0' }), { fault: 'unsupported-version' }],
  [
    'a message that is no answer',
    Buffer.from(inner.replaceAll('ImportBestaetigen.0402', 'Abgabe.0401')),
    { fault: 'unknown-message' },
  ],
  [
    'a message nobody knows',
    Buffer.from(inner.replaceAll('ImportBestaetigen.0402', 'Neu.0499')),
    { fault: 'unknown-message' },
  ],
  [
    'another type in its head',
    answer('0402', '', { type: '0506' }),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/Kopf[1]/Nachrichtentyp[1]' },
  ],
  [
    'no process',
    answer('0402', '', { process: '' }),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/Kopf[1]/ProzessID[1]' },
  ],
  [
    'nothing in it',
    answer('0402', ''),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/AbgegebenesObjekt' },
  ],
  [
    'perhaps',
    of0402(matter, 'vielleicht'),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/AbgegebenesObjekt[1]/Erfolgreich[1]' },
  ],
  [
    'two words on one object',
    answer(
      '0402',
      outcome('AbgegebenesObjekt', matter, true) + outcome('AbgegebenesObjekt', matter.toUpperCase(), false),
    ),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/AbgegebenesObjekt[2]' },
  ],
  [
    'yes and no at once',
    of0402(matter, true, '<x:Erfolgreich>0</x:Erfolgreich>'),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/AbgegebenesObjekt[1]/Erfolgreich[2]' },
  ],
  [
    'a value that is none',
    answer('0502', valued('BewertetesObjekt', matter, 'X')),
    { fault: 'invalid-message', place: 'Aussonderung.Bewertungsverzeichnis.0502/BewertetesObjekt[1]' },
  ],
  [
    'elements of another namespace',
    Buffer.from(inner.replace('<x:AbgegebenesObjekt>', '<x:AbgegebenesObjekt xmlns:x="urn:other">')),
    { fault: 'invalid-message', place: 'Abgabe.ImportBestaetigen.0402/AbgegebenesObjekt' },
  ],
])('%s is refused as what it is', async (_, bytes, fault) => {
  expect(await faultOf(bytes)).toEqual(fault)
})

test.each<[string, string, boolean, readonly string[]]>([
  ['success', general('0000000'), true, []],
  ['a general fault', general('0000008'), false, ['0000008']],
  ['a fault beside a success', general('0000000') + general('0000002'), false, ['0000002']],
  [
    'a fault of its own',
    '<x:Rueckmeldung><x:SpezifischeFehlermeldung0605><code>0605001</code></x:SpezifischeFehlermeldung0605></x:Rueckmeldung>',
    false,
    ['0605001'],
  ],
  [
    'words',
    '<x:Rueckmeldung><x:SonstigeFehlermeldung>Kein Platz</x:SonstigeFehlermeldung></x:Rueckmeldung>',
    false,
    ['Kein Platz'],
  ],
  ['success, and an object that was not taken', general('0000000') + parameter(matter, false), false, []],
])('0630 says %s', async (_, body, taken, reasons) => {
  expect((await read(of0630(body))).said).toMatchObject({ kind: 'import', taken, reasons })
})

const sent: Sent = {
  code: '0401',
  matters: new Set([matter]),
  parts: new Set([part]),
  state: 'sent',
  saidBefore: null,
  answers: new Map(),
}
const yes = await read(of0402())
const no = await read(good['0402'])
function having(...before: Answer[]): Sent {
  return { ...sent, answers: new Map(before.map((one) => [one.code, fingerprint(one)])) }
}

test.each<[string, Answer, Sent | undefined, ReturnType<typeof judgeAnswer>]>([
  ['taken', yes, sent, { accepted: 'taken', archiveReferences: new Map() }],
  ['not taken', no, sent, { accepted: 'rejected', reasons: ['Akte ist geschlossen.'] }],
  ['received', await read(good['0403']), sent, { accepted: 'received' }],
  ['of a process that is none of ours', yes, undefined, { refused: 'foreign-process' }],
  ['of what has not been sent', yes, { ...sent, state: 'prepared' }, { refused: 'not-sent' }],
  ['of what was withdrawn', yes, { ...sent, state: 'withdrawn' }, { refused: 'finished-process' }],
  ['as a person has said', yes, { ...sent, saidBefore: 'taken' as const }, { refused: 'duplicate' }],
  [
    'otherwise than a person has said',
    no,
    { ...sent, saidBefore: 'taken' as const },
    { refused: 'contradiction' },
  ],
  ['as the ledger has said', no, { ...sent, saidBefore: 'rejected' as const }, { refused: 'duplicate' }],
  ['to another message', yes, { ...sent, code: '0605' }, { refused: 'wrong-answer' }],
  [
    'a catalogue, which nobody asked for',
    await read(good['0513']),
    { ...sent, code: '0501' },
    { refused: 'wrong-answer' },
  ],
  ['of something else', await read(of0402(stranger)), sent, { refused: 'foreign-object' }],
  ['of a part alone', await read(of0402(part)), sent, { refused: 'object-missing' }],
  ['said before', yes, having(yes), { refused: 'duplicate' }],
  ['said otherwise before', yes, having(no), { refused: 'contradiction' }],
  ['a receipt after the word that decides', await read(good['0403']), having(yes), { accepted: 'received' }],
  [
    'with its reference there',
    await read(good['0506']),
    { ...sent, code: '0503' },
    { accepted: 'taken', archiveReferences: new Map([[matter, 'Best. 7 Nr. 1']]) },
  ],
  [
    'valued',
    await read(good['0502']),
    { ...sent, code: '0501' },
    { accepted: 'valued', values: new Map([[matter, 'A']]) },
  ],
  [
    'valued, what was not offered',
    await read(answer('0502', valued('BewertetesObjekt', part, 'A'))),
    { ...sent, code: '0501' },
    { refused: 'foreign-object' },
  ],
  [
    'a catalogue of what was asked',
    await read(good['0513']),
    { ...sent, code: '0511' },
    { accepted: 'valued', values: new Map([[matter, 'V']]) },
  ],
  [
    'a catalogue of something else',
    await read(answer('0513', valued('BewerteteAktenplaneinheit', stranger, 'V'))),
    { ...sent, code: '0511' },
    { refused: 'foreign-object' },
  ],
  [
    'of single matters, where a catalogue was asked for',
    await read(good['0502']),
    { ...sent, code: '0511' },
    { refused: 'wrong-answer' },
  ],
  [
    'of the whole, with no object named',
    await read(of0630(general('0000000'))),
    { ...sent, code: '0605' },
    { accepted: 'taken', archiveReferences: new Map() },
  ],
  [
    'of the whole, with one that is none of ours',
    await read(of0630(general('0000000') + parameter(stranger, true))),
    { ...sent, code: '0605' },
    { refused: 'foreign-object' },
  ],
  [
    'of the whole, not taken',
    await read(of0630(general('0000008'))),
    { ...sent, code: '0605' },
    { accepted: 'rejected', reasons: ['0000008'] },
  ],
])('an answer is judged: %s', (_, given, to, verdict) => {
  expect(judgeAnswer(given, to)).toEqual(verdict)
})

test('two answers are the same that say the same, in whatever order', async () => {
  const [a, b] = [outcome('AbgegebenesObjekt', matter, true), outcome('AbgegebenesObjekt', part, '1')]
  const one = await read(answer('0402', a + b))
  expect(fingerprint(await read(answer('0402', b + a)))).toBe(fingerprint(one))
  expect(fingerprint(yes)).not.toBe(fingerprint(one))
})

describe('4.0.0', () => {
  /** An answer with the head of XÖV-Basisnachricht. */
  function answer4(
    of: AnswerCode,
    body: string,
    type = `<nachrichtentyp><code>${of}</code></nachrichtentyp>`,
  ) {
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<x:${messageNames[of]} xmlns:x="urn:xoev-de:xdomea:schema:4.0.0" produkt="E" produkthersteller="E" standard="xdomea" version="4.0.0"><x:nachrichtenkopf>
<x:identifikation.nachricht><nachrichtenUUID>${stranger}</nachrichtenUUID>${type}<erstellungszeitpunkt>2026-12-01T10:00:00.000Z</erstellungszeitpunkt></x:identifikation.nachricht>
<x:leser/><x:autor/><x:ProzessID>${processId}</x:ProzessID></x:nachrichtenkopf>${body}</x:${messageNames[of]}>`)
  }
  function said4(inside: string, name = 'Objekt') {
    return `<x:${name}>${inside}</x:${name}>`
  }
  const id = `<x:xdomeaUUID>${matter}</x:xdomeaUUID>`
  function word(taken: boolean | number) {
    return `<x:Erfolgreich>${taken}</x:Erfolgreich>`
  }
  const why =
    '<x:Fehlermeldung>Kein Platz.</x:Fehlermeldung><x:FehlermeldungCode><code>12</code></x:FehlermeldungCode>'
  function imported(taken: boolean | null, objects: unknown[], reasons: string[] = []) {
    return { kind: 'import', taken, reasons, objects }
  }
  function object(taken: boolean, reasons: string[] = [], archiveReference: string | null = null) {
    return { id: matter, taken, reasons, archiveReference }
  }

  test.each<[string, AnswerCode, string, unknown]>([
    ['taken', '0402', said4(word(1) + id), imported(null, [object(true)])],
    [
      'taken, whatever it is called',
      '0402',
      said4(id + word(true), 'Anders'),
      imported(null, [object(true)]),
    ],
    ['not taken', '0402', said4(word(0) + why + id), imported(null, [object(false, ['Kein Platz.', '12'])])],
    [
      'archived',
      '0506',
      said4(`${word(1)}${id}<x:Archivkennung>Best. 7 Nr. 1</x:Archivkennung>`),
      imported(null, [object(true, [], 'Best. 7 Nr. 1')]),
    ],
    ['taken as a whole', '0402', said4(word(1)), imported(true, [])],
    ['not taken as a whole', '0506', said4(word(0) + why), imported(false, [], ['Kein Platz.', '12'])],
    [
      'taken as a whole, but for an object',
      '0402',
      said4(word(1)) + said4(word(0) + id),
      imported(true, [object(false)]),
    ],
    ['received', '0403', '', { kind: 'receipt' }],
    ['received by the archive', '0507', '', { kind: 'receipt' }],
  ])('is read: %s', async (_, of, body, said) => {
    expect(await read(answer4(of, body))).toEqual({ code: of, version: '4.0.0', processId, said })
  })

  const root = messageNames['0402']
  test.each<[string, Buffer, Awaited<ReturnType<typeof faultOf>>]>([
    ['an answer to what is not sent in it', answer4('0502', ''), { fault: 'unsupported-version' }],
    ['another', answer4('0630', ''), { fault: 'unsupported-version' }],
    [
      'a head of before',
      Buffer.from(good['0402'].toString().replace('schema:3.1.0', 'schema:4.0.0')),
      { fault: 'invalid-message', place: `${root}/nachrichtenkopf` },
    ],
    [
      'another type in its head',
      answer4('0402', said4(word(1)), '<nachrichtentyp><code>0506</code></nachrichtentyp>'),
      {
        fault: 'invalid-message',
        place: `${root}/nachrichtenkopf[1]/identifikation.nachricht[1]/nachrichtentyp`,
      },
    ],
    [
      'a type in the namespace of the message',
      answer4('0402', said4(word(1)), '<x:nachrichtentyp><code>0402</code></x:nachrichtentyp>'),
      {
        fault: 'invalid-message',
        place: `${root}/nachrichtenkopf[1]/identifikation.nachricht[1]/nachrichtentyp`,
      },
    ],
    ['nothing said', answer4('0402', ''), { fault: 'invalid-message', place: root }],
    [
      'an id under another name, so that it seems to be said of the whole',
      answer4('0402', said4(`${word(1)}<x:ID>${matter}</x:ID>`)),
      { fault: 'invalid-message', place: `${root}/Objekt/ID` },
    ],
    [
      'what is said of objects alone, without an id',
      answer4('0506', said4(`${word(1)}<x:Archivkennung>Best. 7</x:Archivkennung>`)),
      { fault: 'invalid-message', place: `${messageNames['0506']}/Objekt/Archivkennung` },
    ],
    [
      'something else of an object',
      answer4('0402', said4(`${word(1)}${id}<x:Vorbehalt>ja</x:Vorbehalt>`)),
      { fault: 'invalid-message', place: `${root}/Objekt/Vorbehalt` },
    ],
    [
      'no word',
      answer4('0402', said4(id)),
      { fault: 'invalid-message', place: `${root}/Objekt/Erfolgreich` },
    ],
    [
      'two words of the whole',
      answer4('0402', said4(word(1)) + said4(word(0))),
      { fault: 'invalid-message', place: `${root}/Objekt` },
    ],
    [
      'two words of an object',
      answer4('0402', said4(word(1) + id) + said4(word(0) + id)),
      { fault: 'invalid-message', place: `${root}/Objekt` },
    ],
    [
      'yes and no at once',
      answer4('0402', said4(word(1) + word(0) + id)),
      { fault: 'invalid-message', place: `${root}/Objekt/Erfolgreich[2]` },
    ],
    [
      'an element of another namespace',
      answer4('0402', `${said4(word(1) + id)}<y xmlns="urn:other"/>`),
      { fault: 'invalid-message', place: `${root}/y` },
    ],
    [
      'one within what is said',
      answer4('0402', said4(`${word(1)}${id}<Erfolgreich xmlns="urn:other">0</Erfolgreich>`)),
      { fault: 'invalid-message', place: `${root}/Objekt/Erfolgreich` },
    ],
  ])('is refused as what it is: %s', async (_, bytes, fault) => {
    expect(await faultOf(bytes)).toEqual(fault)
  })

  test('is judged as any other', async () => {
    async function verdict(body: string) {
      return judgeAnswer(await read(answer4('0402', body)), sent)
    }
    expect(await verdict(said4(word(1) + id))).toEqual({ accepted: 'taken', archiveReferences: new Map() })
    expect(await verdict(said4(word(0) + why + id))).toEqual({
      accepted: 'rejected',
      reasons: ['Kein Platz.', '12'],
    })
    expect(await verdict(said4(`${word(1)}<x:xdomeaUUID>${stranger}</x:xdomeaUUID>`))).toEqual({
      refused: 'foreign-object',
    })
    expect(await verdict(said4(`${word(1)}<x:xdomeaUUID>${part}</x:xdomeaUUID>`))).toEqual({
      refused: 'object-missing',
    })
    expect(await verdict(said4(word(1)))).toEqual({ accepted: 'taken', archiveReferences: new Map() })
  })
})

if (xdomeaSchemas !== undefined) {
  test.each(codes)('%s as it is read here is valid under the official schema', (of) => {
    expect(schemaFaults('3.1.0', good[of])).toBe('')
  })
}
