import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Proposal } from '@buergerdraht/contract'
import { test as anyTest, beforeEach, expect } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

/** What reads a document as its receiver would: Debian's programs, without which these tests are skipped. */
const test = anyTest.skipIf(!['/usr/bin/pdftotext'].every((path) => existsSync(path)))

type Kind = 'deletion-concept' | 'processing-record' | 'security-measures' | 'impact-assessment'
const kinds: readonly Kind[] = [
  'deletion-concept',
  'processing-record',
  'security-measures',
  'impact-assessment',
]
type Listed = {
  readonly kind: Kind
  readonly issues: readonly { readonly number: number; readonly issuedRole: string }[]
  readonly changes: readonly string[] | null
}

let office: StoryOffice
let records: Visitor
let dpo: Visitor
beforeEach(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
  return () => office.close()
})

const path = '/retention/documents'
async function listed(kind: Kind): Promise<Listed> {
  const { body } = await dpo.get<{ items: Listed[] }>(path)
  return body.items.find((one) => one.kind === kind) ?? expect.fail(`no ${kind}`)
}
async function issued(by: Visitor, kind: Kind, after: number) {
  return by.post<{ number?: number; code?: string }>(`${path}/${kind}/issues`, { after })
}
async function markdown(kind: Kind, which: number | 'draft'): Promise<string> {
  const response = await fetch(`${office.baseUrl}/api/v1${path}/${kind}/issues/${which}?format=md`, {
    headers: dpo.headers(),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  return response.text()
}
/** What a reader of the PDF reads, its lines put together. */
async function pdfText(kind: Kind, which: number | 'draft'): Promise<string> {
  const response = await fetch(`${office.baseUrl}/api/v1${path}/${kind}/issues/${which}`, {
    headers: dpo.headers(),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const folder = await mkdtemp(join(tmpdir(), 'buergerdraht-documents-'))
  try {
    const file = join(folder, 'document.pdf')
    await writeFile(file, Buffer.from(await response.arrayBuffer()))
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ')
  } finally {
    await rm(folder, { recursive: true })
  }
}
async function shortened(period: string): Promise<void> {
  const body = { periods: [{ variant: null, period, endOfYear: false }] }
  expect((await records.post('/retention/rules/DA01/versions', body)).status).toBe(202)
  const { body: all } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = all.items.find(({ kind, state }) => kind === 'change-rule' && state === 'open')
  expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
}
function rowOf(page: string, heading: string, name: string): string {
  const section = page.split(/^#+ /m).find((one) => one.startsWith(heading)) ?? expect.fail(heading)
  return section.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? expect.fail(name)
}

test('an issue says what holds, the next one what has changed since, and the first stays as it was', async () => {
  expect(await listed('deletion-concept')).toMatchObject({ issues: [], changes: null })
  expect(await issued(records, 'deletion-concept', 0)).toMatchObject({ status: 201, body: { number: 1 } })
  // Asked for twice, it is there once.
  expect(await issued(dpo, 'deletion-concept', 0)).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  // Numbers have no gaps.
  expect((await issued(dpo, 'deletion-concept', 7)).status).toBe(409)
  expect(await listed('deletion-concept')).toMatchObject({
    issues: [{ number: 1, issuedRole: 'records' }],
    changes: [],
  })
  const first = await markdown('deletion-concept', 1)
  expect(first).toContain('Ausgabe 1 vom ')
  expect(first).not.toContain('Änderungen gegenüber')
  const ruleBefore = rowOf(first, '3 Löschregeln', 'LR-DA01')
  expect(ruleBefore).toContain('| 30 Tage ab Ende des Vorgangs |')
  expect(ruleBefore).toContain('| LR-DA01\\@1 |')
  expect(rowOf(first, '4 Löschklassen', '30 Tage')).toMatch(/DA01/)

  await shortened('14d')
  const changes = (await listed('deletion-concept')).changes ?? []
  expect(changes).toEqual(
    expect.arrayContaining([
      '3 Löschregeln und Löschfristen (Abschnitt 7) – geändert: LR-DA01, Frist: bisher „30 Tage ab Ende des Vorgangs“, jetzt „14 Tage ab Ende des Vorgangs“',
      expect.stringMatching(/LR-DA01, Fassung: bisher „LR-DA01@1“, jetzt „LR-DA01@2 seit 20\d\d-\d\d-\d\d“$/),
      expect.stringMatching(/^4 Löschklassen .* geändert: 14 Tage, ab Ende des Vorgangs: .*DA01/),
    ]),
  )
  // Of other rules nothing.
  expect(changes.filter((one) => one.startsWith('3 ')).every((one) => one.includes('LR-DA01'))).toBe(true)
  expect(await markdown('deletion-concept', 'draft')).toContain('Entwurf vom ')

  expect(await issued(dpo, 'deletion-concept', 1)).toMatchObject({ status: 201, body: { number: 2 } })
  const second = await markdown('deletion-concept', 2)
  expect(second).toContain('## Änderungen gegenüber Ausgabe 1 vom ')
  expect(second).toContain(
    'LR-DA01, Frist: bisher „30 Tage ab Ende des Vorgangs“, jetzt „14 Tage ab Ende des Vorgangs“',
  )
  expect(second).toMatch(/herausgegeben durch: Datenschutz$/m)
  // Approved by a role, on a day, by nobody's name.
  expect(rowOf(second, '3 Löschregeln', 'LR-DA01')).toMatch(
    /\| 20\d\d-\d\d-\d\d: Datenschutz, auf Vorschlag von Schriftgutverwaltung oder Administration \|$/,
  )
  expect(await markdown('deletion-concept', 1)).toBe(first)
  expect((await listed('deletion-concept')).changes).toEqual([])

  const page = await pdfText('deletion-concept', 2)
  for (const words of [
    'Löschkonzept',
    'Ausgabe 2 vom',
    'Änderungen gegenüber Ausgabe 1',
    '14 Tage ab',
    'LR-DA01',
  ])
    expect(page).toContain(words)

  const { rows } = await office.database.pool.query(
    `select actor_role, facts from audit_entry where act = 'document-issued' order by id`,
  )
  expect(rows).toEqual([
    { actor_role: 'records', facts: { document: 'deletion-concept', number: 1 } },
    { actor_role: 'dpo', facts: { document: 'deletion-concept', number: 2 } },
  ])
  const people = await office.database.pool.query<{ display_name: string; email: string }>(
    'select display_name, email from account',
  )
  const { rows: stored } = await office.database.pool.query<{ content: string }>(
    'select content from document_issue',
  )
  for (const { display_name, email } of people.rows)
    for (const { content } of stored)
      for (const own of [display_name, email]) expect(content).not.toContain(own)
})

test('settings, processors and the archive are told as they are, and each change is named; neither networks nor secrets', async () => {
  const { pool } = office.database
  for (const kind of kinds) expect((await issued(dpo, kind, 0)).status).toBe(201)
  const [channel] = (
    await pool.query<{ name: string; base_url: string }>('select name, base_url from channel')
  ).rows
  const host = new URL(channel?.base_url ?? '').host
  expect(rowOf(await markdown('processing-record', 1), '4 Empfänger', channel?.name ?? '')).toContain(
    `| ${host} |`,
  )

  await pool.query(
    `update sign_in_setting set second_factor_roles = '{auditor,admin}', network_rules = '{"admin":["203.0.113.0/24"],"clerk":[]}'`,
  )
  await pool.query(`update office_setting set download_roles = '{}', receives_only = true`)
  await pool.query(
    `update channel set base_url = 'https://key:geheim@waba-v2.360dialog.io/pfad?token=geheim'`,
  )
  await pool.query(`insert into archive_agreement (agreed_at, agreement) values (now(), $1)`, [
    JSON.stringify({
      land: 'HE',
      answerWithinMonths: 6,
      silence: 'RELEASES_NOTHING',
      mode: { kind: 'OFFER_EACH' },
    }),
  ])
  const measures = await listed('security-measures')
  expect(measures.changes).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Prüfung, Zweiter Faktor verlangt: bisher „nein“, jetzt „ja“'),
      expect.stringContaining('Administration, Auf Netze beschränkt: bisher „nein“, jetzt „ja“'),
      expect.stringContaining('Dateien speichern dürfen, Wert: bisher „Teamleitung“, jetzt „keine“'),
    ]),
  )
  expect(measures.changes?.join()).not.toContain('Sachbearbeitung, Auf Netze beschränkt')
  expect((await listed('processing-record')).changes).toContainEqual(
    expect.stringMatching(/Server des Dienstleisters: bisher „.*“, jetzt „waba-v2\.360dialog\.io“$/),
  )
  expect((await listed('deletion-concept')).changes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^6 Anbietung .* entfallen: Mit dem Archiv ist nichts vereinbart/),
      expect.stringContaining('Über WhatsApp wird nur empfangen, gesendet wird nichts.'),
      expect.stringMatching(/^6 Anbietung .* neu: Land \(Wert: HE\)$/),
    ]),
  )
  for (const kind of kinds) {
    const page = `${await markdown(kind, 'draft')} ${await pdfText(kind, 'draft')}`
    expect(page).not.toMatch(/203\.0\.113|geheim|4930|\/pfad/)
  }
  expect(await pdfText('security-measures', 'draft')).toContain('Zweiter Faktor')
  expect(await pdfText('processing-record', 'draft')).toContain('waba-v2.360dialog.io')
})

/** What Typst would run, and Markdown would make something of. */
const hostile = [
  '#panic("ran") ]; #panic("ran") [ "); panic("ran"); ("',
  '$ panic("ran") $ ```typ #panic("ran")``` #read("/etc/passwd") /*',
  '<img src=x onerror=alert(1)> [link](javascript:alert(1)) | cell | **bold** ![p](https://x.example/p) www.x.example',
].join(' ')

test('what a team and a channel are called are words in both forms', async () => {
  const { pool } = office.database
  await pool.query('update channel set name = $1', [hostile])
  await pool.query(`update team set name = $1 where id = (select id from team order by id limit 1)`, [
    `\n# ${hostile}\n\n- x\u202e`,
  ])
  for (const kind of kinds) {
    expect((await issued(dpo, kind, 0)).status).toBe(201)
    const page = await markdown(kind, 1)
    // What is left without the signs that are escaped makes nothing.
    expect(page.replace(/\\./g, '')).not.toMatch(/<|`|\*|\$|\]|#panic|https?:\/\/|www\.|\u202e|\n-/)
    expect(page).toContain('\\#panic("ran")')
    // Each row has as many cells as its head.
    for (const [head, ...rows] of page
      .split(/\n\n/)
      .map((block) => block.split('\n').filter((line) => line.startsWith('|'))))
      for (const row of rows) expect(row.match(/(?<!\\)\|/g)?.length).toBe(head?.match(/(?<!\\)\|/g)?.length)
    const words = (await pdfText(kind, 1)).replaceAll(' ', '')
    expect(words).toContain('panic(')
    expect(words).not.toContain('root:')
  }
})

test('read by whoever watches over retention, issued by records management and data protection', async () => {
  const [admin, clerk, lead, auditor] = await Promise.all(
    (['admin', 'clerk', 'team-lead', 'auditor'] as const).map((role) => office.signIn(role)),
  )
  for (const visitor of [records, dpo, admin]) expect((await visitor?.get(path))?.status).toBe(200)
  for (const visitor of [clerk, lead, auditor]) {
    expect((await visitor?.get(path))?.status).toBe(403)
    expect((await visitor?.get(`${path}/deletion-concept/issues/draft?format=md`))?.status).toBe(403)
  }
  for (const visitor of [admin, clerk, lead, auditor])
    expect((await visitor?.post(`${path}/deletion-concept/issues`, { after: 0 }))?.status).toBe(403)
  expect((await dpo.get(`${path}/deletion-concept/issues/1?format=md`)).status).toBe(404)
  for (const wrong of [
    'deletion-concept/issues/0',
    'deletion-concept/issues/x',
    'plan/issues/1',
    'deletion-concept/issues/draft?format=exe',
  ])
    expect((await dpo.get(`${path}/${wrong}`)).status).toBe(400)
  expect((await issued(dpo, 'deletion-concept', -1)).status).toBe(400)
})

test('the skeleton of an impact assessment names what only the controller can say, and the gaps of this configuration', async () => {
  const { pool } = office.database
  async function measureAgainst(risk: string): Promise<string> {
    const lines = (await markdown('impact-assessment', 'draft'))
      .split('\n')
      .filter((one) => one.includes(risk))
    return lines.at(-1) ?? expect.fail('no such risk')
  }
  const whole = await markdown('impact-assessment', 'draft')
  for (const words of [
    'Art. 35 Abs. 7 DSGVO',
    'keine Folgenabschätzung',
    'von der Kommune auszufüllen',
    'WhatsApp',
  ])
    expect(whole).toContain(words)
  // What whoever writes is told is taken from the privacy notice in force, not from what somebody remembers.
  const told = 'Information nach Art. 13 DSGVO'
  async function toldBy(text: string, easy: string | null, link: string): Promise<string> {
    await pool.query(
      `insert into privacy_notice (version, draft, text, easy_text, proposed_by, proposed_at, approved_by, approved_at)
       select coalesce(max(version), 0) + 1, $1, $2, $3, gen_random_uuid(), now(), gen_random_uuid(), now() from privacy_notice`,
      [JSON.stringify({ values: { link } }), text, easy],
    )
    return measureAgainst(told)
  }
  if ((await pool.query('select from privacy_notice where approved_at is not null')).rowCount === 0)
    expect(await measureAgainst(told)).toContain('keine: Es gibt keinen Datenschutzhinweis')
  const little = await toldBy('Zum Datenschutz: Metadaten.', null, '')
  expect(little).toMatch(
    /Fassung \d+ vom 20\d\d-\d\d-\d\d.*nennt Meta nicht: Lücke; nicht in Leichter Sprache; ohne Verweis/,
  )
  const all = await toldBy('WhatsApp gehört zu Meta.', 'Leicht.', 'https://stadt.example/ds')
  expect(all).toMatch(/nennt Meta; auf Wunsch in Leichter Sprache; ganze Information: /)
  expect(all).toContain('stadt')
  const { rows } = await pool.query<{ roles: string[] }>(
    'select second_factor_roles as roles from sign_in_setting',
  )
  await pool.query(`update sign_in_setting set second_factor_roles = '{}'`)
  expect(await measureAgainst('Ein fremdes Konto wird benutzt')).toContain('Lücke')
  await pool.query(`update sign_in_setting set second_factor_roles = '{admin}'`)
  expect(await measureAgainst('Ein fremdes Konto wird benutzt')).toContain('Zweiter Faktor für:')
  await pool.query('update sign_in_setting set second_factor_roles = $1', [rows[0]?.roles])
})
