import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  ArchiveState,
  ErrorBody,
  PackageRead,
  PageOfCheckpoints,
  PageOfPackages,
  VerificationReport,
} from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesOf, zipOf, zipOfEmptyFiles } from '../../../packages/records/test/zip-of.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

const verifier = fileURLToPath(
  new URL('../../../packages/records/dist/buergerdraht-verify.mjs', import.meta.url),
)

let office: StoryOffice
let records: Visitor
let auditor: Visitor
let folder: string
let sealed: string

beforeAll(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  auditor = await office.signIn('auditor')
  folder = await mkdtemp(join(tmpdir(), 'auditor-'))
  await office.citizenWrites('491713985601', 'Das gehört zur Akte')
  await office.settled()
  const clerk = await office.signIn('clerk')
  const { rows } = await office.database.pool.query<{ id: string }>('select id from conversation')
  const filing = { relevance: 'to-file', fileReference: '10.2-7/2026' }
  const closed = await clerk.post(`/conversations/${rows[0]?.id}/close`, { filing })
  expect(closed.status).toBe(200)
  for (const deadline = Date.now() + 60_000; ; ) {
    const { items } = (await records.get<PageOfPackages>('/archive/packages?state=sealed')).body
    if (items.length > 0) break
    if (Date.now() > deadline) throw new Error('It was not sealed.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  sealed = (await records.get<PageOfPackages>('/archive/packages')).body.items[0]?.id ?? ''
})
afterAll(async () => {
  await office.close()
  await rm(folder, { recursive: true })
})

function fetched(visitor: Visitor, path: string, reason?: string): Promise<Response> {
  return fetch(`${office.baseUrl}/api/v1${path}`, {
    headers: { ...visitor.headers(), ...(reason === undefined ? {} : { 'x-reason': reason }) },
  })
}
async function content(reason = 'audit'): Promise<Buffer> {
  const answer = await fetched(auditor, `/archive/packages/${sealed}/content`, reason)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
/** An auditor's machine: a folder with the package, the keys and our one file. */
async function offline(
  bytes: Buffer,
  ...more: string[]
): Promise<{ status: number | null; codes: string[] }> {
  const { body } = await auditor.get<ArchiveState>('/archive')
  await writeFile(join(folder, 'package.zip'), bytes)
  await writeFile(join(folder, 'keys.txt'), `${body.verifierKeys.archive}\n${body.verifierKeys.ledger}\n`)
  const { status, stdout } = spawnSync(
    process.execPath,
    [verifier, 'package.zip', '--key', 'keys.txt', '--json', ...more],
    { cwd: folder, encoding: 'utf8' },
  )
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] }
  return { status, codes: findings.map(({ code }) => code) }
}
/** The most memory of the one file while it verifies, in MB; it says so itself at its end (`maxRSS` would begin with what this process has). */
async function peakOf(bytes: Buffer): Promise<number> {
  await writeFile(join(folder, 'package.zip'), bytes)
  const told = `import { readFileSync } from 'node:fs'
    process.on('exit', () => process.stderr.write(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`
  const { stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(told)}`,
      verifier,
      'package.zip',
      '--key',
      'keys.txt',
      '--quiet',
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  return Number(stderr) / 1024
}
async function verification(bytes: Buffer, key?: string) {
  const form = new FormData()
  if (key !== undefined) form.append('key', key)
  form.append('package', new Blob([new Uint8Array(bytes)]), 'package.zip')
  const answer = await fetch(`${office.baseUrl}/api/v1/archive/verification`, {
    method: 'POST',
    headers: { ...auditor.headers(), origin: office.baseUrl },
    body: form,
  })
  return { status: answer.status, body: (await answer.json()) as VerificationReport & ErrorBody }
}
async function acts(act: string) {
  const { rows } = await office.database.pool.query<{ facts: object }>(
    `select facts from audit_entry where act = $1 and object_id = $2 order by id`,
    [act, sealed],
  )
  return rows.map(({ facts }) => facts)
}

test('what a clerk closes to the file is sealed, found by its reference and shown with a proof that holds', async () => {
  const { body: page } = await records.get<PageOfPackages>('/archive/packages?q=10.2')
  expect(page.items).toMatchObject([
    {
      id: sealed,
      state: 'sealed',
      fileReference: '10.2-7/2026',
      number: 1,
      leafIndex: 0,
      messages: 1,
      systemLines: 1,
      gathering: false,
    },
  ])
  expect((await records.get<PageOfPackages>('/archive/packages?q=10')).body.items).toHaveLength(1)
  expect((await records.get<PageOfPackages>('/archive/packages?q=10.20')).body.items).toHaveLength(0)
  // With the separator, or with what is only beside the words.
  for (const q of ['10.2-', '10.2-7/', '"10.2-7/2026"'.slice(1)])
    expect(
      (await records.post<PageOfPackages>('/archive/packages/search', { q })).body.items.map(({ id }) => id),
    ).toEqual([sealed])
  // The page asks so: what it searches for stands in no address.
  const found = await records.post<PageOfPackages>('/archive/packages/search', { q: '10.2', state: 'sealed' })
  expect(found.body).toEqual(page)
  expect((await auditor.post<PageOfPackages>('/archive/packages/search', { q: '10.2' })).body.items).toEqual(
    [],
  )
  // By its id, whole, as pages show it, and as somebody types that.
  const digits = sealed.replaceAll('-', '').slice(-8)
  const shown = `${digits.slice(0, 4)}-${digits.slice(4)}`.toUpperCase()
  for (const q of [sealed, sealed.slice(0, 6), shown, shown.slice(0, 4), ` ${digits}`])
    expect(
      (await auditor.post<PageOfPackages>('/archive/packages/search', { q })).body.items.map(({ id }) => id),
    ).toEqual([sealed])
  const another = `${digits.slice(1)}${digits.startsWith('0') ? '1' : '0'}`
  expect((await auditor.post<PageOfPackages>('/archive/packages/search', { q: another })).body.items).toEqual(
    [],
  )
  expect(
    (await records.get<PageOfPackages>('/archive/packages?from=2001-01-01&to=2001-01-02')).body.items,
  ).toHaveLength(0)
  const { body } = await records.get<PackageRead>(`/archive/packages/${sealed}`)
  expect(body).toMatchObject({
    cluster: 'DA03',
    rule: 'LR-DA03@1',
    proof: { index: 0, size: 1, signed: true, holds: true, path: [], cosignedBy: [] },
    events: [{ type: 'MADE' }, { type: 'SEALED' }],
    siblings: [{ id: sealed, number: 1 }],
  })
  expect(body.entries.map(({ kind }) => kind)).toEqual([
    'MESSAGE',
    'MESSAGE',
    'NOTE',
    'RENDERING',
    'METADATA',
  ])
  const { body: state } = await auditor.get<ArchiveState>('/archive')
  expect(state).toMatchObject({
    authorityNamed: true,
    counts: { waiting: 0, gathering: 0, failed: 0, sealed: 1, erased: 0 },
    teams: [{ id: body.team.id, name: body.team.name }],
    leaves: 1,
    checkpoint: { size: 1 },
  })
})

test('who proves the log elsewhere is shown, and since when somebody does not', async () => {
  const failingSince = '2026-11-20T08:00:00.000Z'
  async function shown() {
    // Nobody is asked in this office, so whoever proves checkpoints forgets it again.
    await office.database.pool.query(
      `insert into checkpoint_proof (log, kind, prover, failing_since, fault) values ('archive-log', 'witness', 'nachbar', $1, 'timeout'),
         ('deletion-ledger', 'witness', 'anderswo', $1, 'timeout') on conflict do nothing`,
      [failingSince],
    )
    return (await auditor.get<ArchiveState>('/archive')).body.proofs
  }
  await expect
    .poll(shown)
    .toEqual([
      { kind: 'witness', prover: 'nachbar', size: null, provenAt: null, failingSince, fault: 'timeout' },
    ])
})

test('the checkpoints of all three logs are listed, growth between two is proven, and nobody else is told', async () => {
  const { body: archived } = await auditor.get<PageOfCheckpoints>('/logs/archive-log/checkpoints')
  expect(archived.items).toMatchObject([{ size: 1, signed: true, stamp: null, witnesses: [] }])
  expect(Date.parse(archived.items[0]?.at ?? '')).toBeGreaterThan(0)
  const { body: ledger } = await records.get<PageOfCheckpoints>('/logs/deletion-ledger/checkpoints')
  expect(ledger.items.at(-1)).toMatchObject({ signed: true, at: null })
  await expect
    .poll(async () => (await auditor.get<PageOfCheckpoints>('/logs/audit-log/checkpoints')).body.items.length)
    .toBeGreaterThan(0)
  expect((await auditor.get('/logs/archive-log/growth?from=0&to=1')).body).toEqual({ proof: [] })
  for (const path of ['/logs/archive-log/growth?from=1&to=2', '/logs/archive-log/growth?from=2&to=1'])
    expect(await auditor.get(path)).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
  expect((await auditor.get('/logs/other/checkpoints')).status).toBe(400)
  expect((await auditor.get('/archive/renewals')).body).toEqual({
    endings: [],
    leadDays: 90,
    packages: { covered: 0, due: 0, bare: 1 },
  })
  expect((await auditor.get('/archive/checks')).body).toMatchObject({ nextCursor: null })
  const dpo = await office.signIn('dpo')
  for (const path of [
    '/logs/audit-log/checkpoints',
    '/logs/archive-log/growth?from=0&to=1',
    '/archive/checks',
    '/archive/renewals',
  ])
    expect((await dpo.get(path)).status, path).toBe(403)
})

test('the auditor sees the proof and no file reference, and finds nothing by one', async () => {
  const { body } = await auditor.get<PackageRead>(`/archive/packages/${sealed}`)
  expect(body).toMatchObject({ fileReference: null, proof: { holds: true } })
  expect((await auditor.get<PageOfPackages>('/archive/packages?q=10.2')).body.items).toEqual([])
  expect(
    (await auditor.get<PageOfPackages>(`/archive/packages?q=${sealed.slice(0, 8)}`)).body.items,
  ).toHaveLength(1)
})

test('is taken away with a reason alone, which the audit log has, and verifies in a folder without anything else', async () => {
  const without = await fetched(auditor, `/archive/packages/${sealed}/content`)
  expect(without.status).toBe(400)
  const before = (await acts('package-taken')).length
  const bytes = await content('audit')
  await content('Bitte des Rechnungsprüfungsamts')
  expect((await acts('package-taken')).slice(before)).toEqual([{ reason: 'audit' }, { reason: 'other' }])
  expect(await offline(bytes)).toMatchObject({
    status: 0,
    codes: expect.arrayContaining(['PROOF_GOOD', 'ITEMS_UNCHANGED']),
  })
  for (const at of [200, Math.floor(bytes.length / 2), bytes.length - 100]) {
    const tampered = Buffer.from(bytes)
    tampered[at] = (tampered[at] ?? 0) ^ 1
    expect((await offline(tampered)).status).toBe(1)
  }
})

test('its contents are read with keys that records management alone gets, with a reason', async () => {
  expect((await fetched(auditor, `/archive/packages/${sealed}/keys`, 'audit')).status).toBe(403)
  const answer = await fetched(records, `/archive/packages/${sealed}/keys`, 'inspection')
  expect(answer.status).toBe(200)
  const keys = (await answer.json()) as Record<string, string>
  expect(Object.keys(keys)).toHaveLength(5)
  await writeFile(join(folder, 'item-keys.json'), JSON.stringify(keys))
  expect((await offline(await content(), '--item-keys', 'item-keys.json')).codes).toContain(
    'ITEM_CONTENT_CHECKED',
  )
  expect(await acts('package-opened')).toEqual([{ reason: 'inspection' }])
})

test('a package that is handed in is verified by the code of the command line', async () => {
  const bytes = await content()
  expect((await verification(bytes)).body).toMatchObject({ verdict: 'valid', erasedSince: 0 })
  const cut = await verification(bytes.subarray(0, bytes.length - 7))
  expect(cut.body).toMatchObject({
    verdict: 'invalid',
    findings: [{ code: 'ZIP_UNREADABLE', de: expect.any(String) }],
  })
  expect((await verification(Buffer.from('<html>'))).body.verdict).toBe('invalid')
  expect(await verification(bytes, 'no key')).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
  const noBody = await auditor.post<ErrorBody>('/archive/verification', {})
  expect(noBody.body.code).toBe('encoding-refused')
})

/** What somebody forges who knows the format, or does not. */
async function forgeries(): Promise<Record<string, [zip: Buffer, code: string]>> {
  const bytes = await content()
  const files = await filesOf(bytes)
  const x = Buffer.from('x')
  function and(name: string): Buffer {
    return zipOf([...files, { name, bytes: x }])
  }
  return {
    'a path out of the folder': [and('../../../etc/cron.d/x'), 'ZIP_BAD_NAME'],
    'an absolute path': [and('/etc/passwd'), 'ZIP_BAD_NAME'],
    'a path of another system': [and('..\\..\\x.bin'), 'ZIP_BAD_NAME'],
    'a file that nothing calls for': [and('items/x.bin'), 'FILE_UNLISTED'],
    'a file twice': [and(files[0]?.name ?? ''), 'ZIP_DUPLICATE_NAME'],
    'a byte in front': [Buffer.concat([x, bytes]), 'ZIP_UNREADABLE'],
    'a megabyte of nothing behind': [Buffer.concat([bytes, Buffer.alloc(1 << 20)]), 'ZIP_UNREADABLE'],
    'cut in the middle': [bytes.subarray(0, bytes.length >> 1), 'ZIP_UNREADABLE'],
    'nothing at all': [Buffer.alloc(0), 'ZIP_UNREADABLE'],
    'a million files': [zipOfEmptyFiles(1_000_000), 'ZIP_UNREADABLE'],
  }
}

test('what is forged is refused on the page and at the command line alike', async () => {
  for (const [what, [zip, code]] of Object.entries(await forgeries())) {
    const { body } = await verification(zip)
    expect([what, body.verdict]).toEqual([what, 'invalid'])
    expect([what, body.findings.map((one) => one.code)]).toEqual([what, expect.arrayContaining([code])])
    const said = await offline(zip)
    expect([what, said.status, said.codes]).toEqual([what, 1, body.findings.map((one) => one.code)])
  }
})

test('a million files take no more memory than a whole package does', async () => {
  const bytes = await content()
  await offline(bytes)
  const whole = await peakOf(bytes)
  expect(await peakOf(zipOfEmptyFiles(1_000_000))).toBeLessThan(whole + 50)
  // As many as a package may have are read, and take what they take.
  expect(await peakOf(zipOfEmptyFiles(600_000))).toBeLessThan(whole + 700)
})

test('a clerk, data protection and the administrator see nothing of it', async () => {
  for (const role of ['clerk', 'team-lead', 'dpo', 'admin'] as const) {
    const other = await office.signIn(role)
    for (const path of ['/archive', '/archive/packages', `/archive/packages/${sealed}`])
      expect(`${role} ${path} ${(await other.get(path)).status}`).toBe(`${role} ${path} 403`)
    expect((await fetched(other, `/archive/packages/${sealed}/content`, 'audit')).status).toBe(403)
  }
})

test('what is not there is said to be', async () => {
  expect((await records.get('/archive/packages/5f0c8f5e-6f4f-4d6c-9f57-4b1f1f3a0000')).status).toBe(404)
  expect(
    (await fetched(records, '/archive/packages/5f0c8f5e-6f4f-4d6c-9f57-4b1f1f3a0000/content', 'audit'))
      .status,
  ).toBe(404)
  expect((await records.get<ErrorBody>('/archive/packages?cursor=x')).body.code).toBe('invalid-input')
})
