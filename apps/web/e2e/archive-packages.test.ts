import { readFile } from 'node:fs/promises'
import type { ArchiveState } from '@buergerdraht/contract'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** One matter each is closed to a file, and sealed by the worker. */
async function seal(references: readonly string[], phone: number): Promise<void> {
  for (const at of references.keys())
    await office().citizenWrites(`${phone + at}`, 'Das gehört in die Bauakte')
  await office().settled()
  const clerk = await office().signIn('team-lead')
  const { body } = await clerk.get<{ items: { id: string }[] }>('/conversations?limit=100')
  for (const [at, { id }] of body.items.entries())
    expect(
      await clerk.post(`/conversations/${id}/close`, {
        filing: { relevance: 'to-file', fileReference: references[at] ?? 'ohne' },
      }),
    ).toMatchObject({ status: 200 })
}

test('records management watches what is filed being sealed, finds it, follows its proof and takes it along', async () => {
  await seal(['10.2-1/2026', '10.2-2/2026', '33.1-7/2026'], 491713988021)
  const { page } = await atDesk('records')
  await page.getByRole('link', { name: 'Archiv', exact: true }).click()
  await page.getByRole('heading', { name: 'Archiv', level: 1 }).waitFor()
  await page.getByText('Alles ist versiegelt.').waitFor({ timeout: 60_000 })
  const rows = page.getByRole('region', { name: 'Pakete' }).getByRole('row')
  const filed = page.getByRole('row', { name: /33\.1-7\/2026/ })
  await filed.waitFor()
  expect(await axeViolations(page)).toEqual([])

  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.getByRole('textbox', { name: 'Aktenzeichen' }).fill('10.2')
  await page.getByRole('button', { name: 'Suchen' }).click()
  await expect.poll(() => rows.count()).toBe(3)
  expect(addresses.some((address) => address.endsWith('/archive/packages/search'))).toBe(true)
  expect(addresses.filter((address) => address.includes('10.2'))).toEqual([])
  await page.getByRole('button', { name: 'Suche aufheben' }).click()
  await filed.waitFor()
  await page.getByRole('textbox', { name: 'Aktenzeichen' }).and(page.locator(':focus')).waitFor()
  await page.getByLabel('Geschlossen ab').fill('2001-01-01')
  await page.getByLabel('bis', { exact: true }).fill('2001-01-02')
  await page.getByText('Hier ist nichts, was zu dieser Auswahl passt.').waitFor()
  await page.getByRole('button', { name: 'Suche aufheben' }).click()

  await page
    .getByRole('row', { name: /33\.1-7\/2026/ })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: /^Archivpaket /, level: 1 }).waitFor()
  await page.getByText('Nachgerechnet: Das Verzeichnis steht unverändert im Archivlog.').waitFor()
  await page.getByText('33.1-7/2026').waitFor()
  await page.getByRole('region', { name: 'Der Weg als Tabelle' }).waitFor()
  await page.getByRole('row', { name: /^Niederschrift \(PDF\)/ }).waitFor()
  expect(await page.content()).not.toContain('Bauakte')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Wurzel kopieren' }).click()
  await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^[0-9a-f]{64}$/)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })

  await page.getByLabel('Grund').selectOption('audit')
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Paket laden' }).click(),
  ])
  const zip = await readFile(await download.path())
  async function taken(): Promise<object[]> {
    const { rows: acts } = await office().database.pool.query<{ facts: object }>(
      `select facts from audit_entry where act = 'package-taken'`,
    )
    return acts
  }
  await expect.poll(taken).toEqual([{ facts: { reason: 'audit' } }])

  await page.getByRole('link', { name: 'Zu allen Paketen' }).click()
  await page.getByRole('link', { name: /^Ein Paket prüfen/ }).click()
  await page.getByRole('heading', { name: 'Prüfung', level: 1 }).waitFor()
  const choose = page.getByLabel('Archivpaket (ZIP)')
  async function verify(buffer: Buffer): Promise<void> {
    await choose.setInputFiles({ name: 'paket.zip', mimeType: 'application/zip', buffer })
    await page.getByRole('button', { name: 'Prüfen', exact: true }).click()
  }
  await verify(zip)
  await page.getByText('GÜLTIG: Das Paket ist vollständig und unverändert.', { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const tampered = Buffer.from(zip)
  const place = tampered.indexOf('"cluster":"DA03"') + 14
  tampered.write('4', place)
  await verify(tampered)
  await page.getByText(/^UNGÜLTIG: Das Paket ist nicht so/).waitFor()
  // What is wrong stands before what is well.
  const findings = page.getByRole('region', { name: 'Befunde' }).getByRole('row')
  expect(await findings.nth(1).textContent()).toContain('Fehler')
  // Of an older state, and of one in which something is erased: what the server would say is put in its place.
  await page.route(/\/archive\/verification$/, async (route) => {
    const response = await route.fetch()
    const body = await response.json()
    const erased = { ...body.findings[0], code: 'ITEM_ERASED', severity: 'notice', location: 'items/x.bin' }
    await route.fulfill({ response, json: { ...body, findings: [...body.findings, erased], erasedSince: 2 } })
  })
  await verify(zip)
  await page.getByText('GÜLTIG: Was fehlt, ist nachweislich rechtmäßig gelöscht.', { exact: false }).waitFor()
  await page.getByText('Ein älterer Stand: Dieses Amt hat 2 Inhalte', { exact: false }).waitFor()
  await page.unroute(/\/archive\/verification$/)
  await verify(Buffer.from('Das ist kein Paket'))
  await page.getByText(/^UNGÜLTIG: Die Datei ist kein Archivpaket/).waitFor()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})

test('the auditor sees checkpoints, keys and proofs without file references, and is told when the page does not fit the proof', async () => {
  await seal(['99.9-1/2026'], 491713988031)
  const { page } = await atDesk('auditor')
  await page.getByRole('link', { name: 'Prüfung', exact: true }).click()
  await page.getByRole('heading', { name: 'Prüfung', level: 1 }).waitFor()
  await page.getByText('Alles ist versiegelt.').waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: 'Letzter Prüfpunkt' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  expect(await page.content()).not.toMatch(/(?:10\.2|33\.1|99\.9)-\d/)
  // What the server says of one item is not what was sealed.
  await page.route(/\/archive\/packages\/[0-9a-f-]{36}$/, async (route) => {
    const response = await route.fetch()
    const body = await response.json()
    body.entries[0].size += 1
    await route.fulfill({ response, json: body })
  })
  await page.getByRole('region', { name: 'Pakete' }).getByRole('link').first().click()
  await page.getByText(/^Das Nachrechnen führt nicht zur unterschriebenen Wurzel/).waitFor()
  expect(await page.getByRole('button', { name: 'Schlüssel der Inhalte laden' }).count()).toBe(0)
})

test('the auditor compares a checkpoint that was kept with what the log is now, and is told when it does not fit', async () => {
  const auditor = await office().signIn('auditor')
  async function newest() {
    return (await auditor.get<ArchiveState>('/archive')).body.checkpoint
  }
  await seal(['50.1-1/2026'], 491713988041)
  await expect.poll(async () => (await newest())?.size ?? 0).toBeGreaterThan(0)
  const kept = await newest()
  await seal(['50.1-2/2026'], 491713988042)
  await expect.poll(async () => (await newest())?.size ?? 0).toBeGreaterThan(kept?.size ?? 0)
  const { page, expectError } = await atDesk('auditor')
  // Of a checkpoint that is not there.
  expectError(/status of 400/)
  await page.getByRole('link', { name: 'Prüfung', exact: true }).click()
  await page.getByRole('link', { name: /^Alle Prüfpunkte/ }).click()
  await page.getByRole('heading', { name: 'Prüfpunkte', level: 1 }).waitFor()
  const list = page.getByRole('region', { name: 'Prüfpunkte: Archivlog' })
  await list.getByRole('row').nth(2).waitFor()
  await page.getByLabel('Text des Prüfpunkts').fill(kept?.note ?? '')
  await page.getByRole('button', { name: 'Nachrechnen' }).click()
  await page.getByText(/^Nachgerechnet: Von \d+ auf \d+ Einträge ist nur etwas dazugekommen/).waitFor()
  await page.getByRole('region', { name: 'Die Stücke als Tabelle' }).getByRole('row').nth(2).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 256 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })

  // Somebody has written another root above the signature.
  const [origin, size, , ...rest] = (kept?.note ?? '').split('\n')
  const forged = [origin, size, Buffer.alloc(32, 7).toString('base64'), ...rest].join('\n')
  await page.getByLabel('Text des Prüfpunkts').fill(forged)
  await page.getByRole('button', { name: 'Nachrechnen' }).click()
  await page.getByText(/trägt keine gültige Unterschrift dieses Registers/).waitFor()
  await page.getByText(/^Das Nachrechnen führt nicht zu beiden Wurzeln/).waitFor()
  // One of more entries than there are.
  await page
    .getByLabel('Text des Prüfpunkts')
    .fill([origin, '999999', ...forged.split('\n').slice(2)].join('\n'))
  await page.getByRole('button', { name: 'Nachrechnen' }).click()
  await page.getByText(/^Über so viele Einträge gibt es hier keinen Prüfpunkt/).waitFor()
  await page.getByLabel('Text des Prüfpunkts').fill('Sehr geehrte Damen und Herren')
  await page.getByRole('button', { name: 'Nachrechnen' }).click()
  await page.getByText('Das ist kein Prüfpunkt.', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])

  // The keyboard alone: another log, two of its checkpoints.
  const log = page.getByLabel('Register')
  await log.pressSequentially('Löschregister')
  await page.getByRole('region', { name: 'Prüfpunkte: Löschregister' }).waitFor()
  await page.getByLabel('Text des Prüfpunkts').fill(kept?.note ?? '')
  await page.getByLabel('Text des Prüfpunkts').press('Tab')
  await page.locator('select:focus').press('Tab')
  await page.locator('button[type=submit]:focus').press('Enter')
  await page.getByText('Dieser Prüfpunkt gehört zu einem anderen Register als dem gewählten.').waitFor()

  await page.getByRole('link', { name: 'Zur Prüfung' }).click()
  await page.getByRole('link', { name: 'Alle Selbstprüfungen' }).click()
  await page.getByRole('heading', { name: 'Selbstprüfungen', level: 1 }).waitFor()
  await page
    .getByText(/Sie läuft jede Nacht|Alles stimmt überein/)
    .first()
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('the auditor sees what the proofs rest on, how long, and what is due', async () => {
  const { page } = await atDesk('auditor')
  // The authority of this office is none: what it would show is put in its place.
  await page.route(/\/archive\/renewals$/, (route) =>
    route.fulfill({
      json: {
        endings: [
          {
            kind: 'certificate',
            name: 'CN=Zeit 2026',
            until: '2026-12-24',
            packages: 3,
            logs: ['archive-log'],
          },
          { kind: 'hash', name: 'sha256', until: '2032-12-31', packages: 12, logs: [] },
          {
            kind: 'signature',
            name: 'ecdsa 256 sha256',
            until: '2099-12-31',
            packages: 12,
            logs: ['audit-log'],
          },
        ],
        leadDays: 90,
        packages: { covered: 12, due: 3, bare: 1 },
      },
    }),
  )
  await page.getByRole('link', { name: 'Prüfung', exact: true }).click()
  await page.getByRole('link', { name: /^Worauf die Nachweise ruhen/ }).click()
  await page.getByRole('heading', { name: 'Erneuerungen', level: 1 }).waitFor()
  await page.getByText('3 Pakete werden jetzt erneuert.', { exact: false }).waitFor()
  await page.getByRole('row', { name: /Prüfsumme SHA-256 31\. Dezember 2032 .* 12 Pakete/ }).waitFor()
  await page.getByRole('row', { name: /Unterschrift ECDSA 256 SHA-256/ }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 256 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.unroute(/\/archive\/renewals$/)
  await page.reload()
  await page.getByText('Nichts ist zu erneuern.').waitFor()
})

test('in English too', async () => {
  const { page } = await atDesk('records')
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('radio', { name: 'English' }).click()
  await page.goto('/archiv')
  await page.getByRole('heading', { name: 'Archive', level: 1 }).waitFor()
  await page.getByRole('link', { name: /^Verify a package/ }).click()
  await page.getByRole('heading', { name: 'Inspection', level: 1 }).waitFor()
  // An office in production in which nobody has said whose records these are.
  await page.route(/\/api\/v1\/archive$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), authorityNamed: false } })
  })
  await page.reload()
  await page.getByText('Trial: the name of the authority is not set (AUTHORITY).', { exact: false }).waitFor()
  for (const [address, title] of [
    ['pruefpunkte', 'Checkpoints'],
    ['erneuerungen', 'Renewals'],
    ['selbstpruefungen', 'Self-checks'],
  ] as const) {
    await page.goto(`/pruefung/${address}`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }
})
