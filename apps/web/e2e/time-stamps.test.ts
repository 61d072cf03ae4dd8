import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { PackageRead, PageOfCheckpoints, PageOfPackages, TimeStampRoots } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice({ timeStamps: true })

const foreignRoot = new URL('../../../packages/records/vectors/packages/tsa-root.pem', import.meta.url)

/** One matter is closed to a file, sealed, stamped, and has its evidence record. @returns its package */
async function provenPackage(reference: string, phone: string): Promise<PackageRead> {
  await office().citizenWrites(phone, 'Das gehört in die Bauakte')
  await office().settled()
  const clerk = await office().signIn('team-lead')
  const { body } = await clerk.get<{ items: { id: string }[] }>('/conversations?limit=100')
  for (const { id } of body.items)
    expect(
      await clerk.post(`/conversations/${id}/close`, {
        filing: { relevance: 'to-file', fileReference: reference },
      }),
    ).toMatchObject({ status: 200 })
  const auditor = await office().signIn('auditor')
  let found: PackageRead | undefined
  await expect
    .poll(
      async () => {
        const { items } = (await auditor.get<PageOfPackages>('/archive/packages')).body
        const [sealed] = items.filter(({ state }) => state === 'sealed')
        if (sealed === undefined) return null
        found = (await auditor.get<PackageRead>(`/archive/packages/${sealed.id}`)).body
        return found.evidence
      },
      { timeout: 150_000, interval: 500 },
    )
    .toEqual(expect.any(String))
  if (found === undefined) throw new Error('There is no package')
  return found
}

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  const last = bytes.length - 1
  bytes[last] = (bytes[last] ?? 0) ^ 1
  return bytes.toString('base64')
}

function timeStamp(page: Page) {
  return page.getByRole('region', { name: 'Zeitstempel (RFC 3161)', exact: true })
}
function evidence(page: Page) {
  return page.getByRole('region', { name: 'Beweisdatensatz (RFC 4998)', exact: true })
}
const good = 'Ihr Browser hat geprüft: hält. Der Server kommt zum selben Ergebnis.'
const alarm = /^Browser und Server kommen zu verschiedenen Ergebnissen/

test('a browser judges time stamp and evidence record of a package itself, and says so when the server says something else', async () => {
  const { id } = await provenPackage('10.2-1/2026', '491713988121')
  const { page } = await atDesk('records')
  await page.getByRole('link', { name: 'Archiv', exact: true }).click()
  await page.getByRole('heading', { name: 'Archiv', level: 1 }).waitFor()
  await page.goto(`/archiv/${id}`)
  await timeStamp(page).getByText(good, { exact: true }).waitFor()
  await evidence(page).getByText(good, { exact: true }).waitFor()
  const auditor = await office().signIn('auditor')
  const { items } = (await auditor.get<TimeStampRoots>('/archive/time-stamp-roots')).body
  const fingerprint = new X509Certificate(items[0]?.pem ?? '').fingerprint256
    .replaceAll(':', '')
    .toLowerCase()
  await timeStamp(page).getByText(fingerprint, { exact: true }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.setViewportSize({ width: 1366, height: 768 })

  // The server hands out a stamp that was tampered with, and says that it holds.
  const address = new RegExp(`/archive/packages/${id}$`)
  await page.route(address, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as PackageRead
    await route.fulfill({ response, json: { ...body, timeStamp: flipped(body.timeStamp ?? '') } })
  })
  await page.reload()
  await timeStamp(page).getByText('Ihr Browser hat geprüft: hält nicht.', { exact: true }).waitFor()
  await timeStamp(page).getByText('TIME_STAMP_SIGNATURE', { exact: true }).waitFor()
  await timeStamp(page).getByText(alarm).waitFor()
  // The evidence record covers the stamp.
  await evidence(page).getByText('EVIDENCE_OTHER_DATA', { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])

  // The server denies what holds.
  await page.unroute(address)
  await page.route(address, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as PackageRead
    const times = body.times.map((one) =>
      one.code === 'TIME_STAMP_GOOD' ? { ...one, code: 'TIME_STAMP_PATH', severity: 'error' } : one,
    )
    await route.fulfill({ response, json: { ...body, times } })
  })
  await page.reload()
  await timeStamp(page).getByText('Ihr Browser hat geprüft: hält.', { exact: true }).waitFor()
  await timeStamp(page).getByText(alarm).waitFor()
  await timeStamp(page)
    .getByText(/Der Server sagt: .*TIME_STAMP_PATH/)
    .waitFor()
  await evidence(page).getByText(good, { exact: true }).waitFor()
  await page.unroute(address)

  // What somebody has downloaded, judged from the file.
  await page.reload()
  await timeStamp(page).getByText(good, { exact: true }).waitFor()
  await page.getByLabel('Grund').selectOption('audit')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Paket laden' }).click(),
  ])
  const zip = await readFile(await download.path())
  await page.goto('/pruefung')
  const choose = page.getByLabel('Archivpaket (ZIP)')
  async function verify(buffer: Buffer): Promise<void> {
    await choose.setInputFiles({ name: 'paket.zip', mimeType: 'application/zip', buffer })
    await page.getByRole('button', { name: 'Prüfen', exact: true }).click()
  }
  await verify(zip)
  await page.getByText('GÜLTIG: Das Paket ist vollständig und unverändert.', { exact: true }).waitFor()
  await timeStamp(page).getByText(good, { exact: true }).waitFor()
  await evidence(page).getByText(good, { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  // A tampered one: both find the same.
  const stamp = Buffer.from(
    (await auditor.get<PackageRead>(`/archive/packages/${id}`)).body.timeStamp ?? '',
    'base64',
  )
  const tampered = Buffer.from(zip)
  const last = zip.indexOf(stamp) + stamp.length - 1
  tampered[last] = (tampered[last] ?? 0) ^ 1
  await verify(tampered)
  await page.getByText(/^UNGÜLTIG:/).waitFor()
  await timeStamp(page)
    .getByText('Ihr Browser hat geprüft: hält nicht. Der Server kommt zum selben Ergebnis.', { exact: true })
    .waitFor()
  expect(await page.getByText(alarm).count()).toBe(0)
  // The server says of it what it would say of the good one.
  await page.route(/\/archive\/verification$/, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as { findings: { code: string; location: string }[] }
    const findings = body.findings.filter(({ location }) => location !== 'checkpoint.tsr')
    await route.fulfill({ response, json: { ...body, verdict: 'valid', findings } })
  })
  await verify(tampered)
  await page.getByText('GÜLTIG: Das Paket ist vollständig und unverändert.', { exact: true }).waitFor()
  await timeStamp(page).getByText(alarm).waitFor()
})

test('an auditor has every checkpoint’s time stamp judged by the browser, by roots of their own too', async () => {
  const auditor = await office().signIn('auditor')
  async function stamped() {
    const { items } = (await auditor.get<PageOfCheckpoints>('/logs/deletion-ledger/checkpoints')).body
    return items.filter(({ stamp }) => stamp !== null).length
  }
  await expect.poll(stamped, { timeout: 150_000, interval: 500 }).toBeGreaterThan(0)
  const { page } = await atDesk('auditor')
  await page.getByRole('link', { name: 'Prüfung', exact: true }).click()
  await page.getByRole('link', { name: /^Alle Prüfpunkte/ }).click()
  await page.getByRole('heading', { name: 'Prüfpunkte', level: 1 }).waitFor()
  await page.getByLabel('Register').selectOption({ label: 'Löschregister' })
  const list = page.getByRole('region', { name: 'Prüfpunkte: Löschregister' })
  await list.getByText('Browser: hält', { exact: true }).first().waitFor()
  expect(await list.getByText(/^ALARM/).count()).toBe(0)
  expect(await axeViolations(page)).toEqual([])

  const roots = page.getByLabel('Eigene Wurzelzertifikate für Zeitstempel (PEM)')
  async function give(buffer: Buffer): Promise<void> {
    await roots.setInputFiles({ name: 'wurzel.pem', mimeType: 'application/x-pem-file', buffer })
  }
  await give(await readFile(foreignRoot))
  await list.getByText('Browser: hält nicht (TIME_STAMP_PATH)', { exact: true }).first().waitFor()
  await list.getByText('nach Ihren Wurzelzertifikaten').first().waitFor()
  expect(await list.getByText(/^ALARM/).count()).toBe(0)
  const { items } = (await auditor.get<TimeStampRoots>('/archive/time-stamp-roots')).body
  await give(Buffer.from(items.map(({ pem }) => pem).join('')))
  await list.getByText('Browser: hält nach Ihren Wurzelzertifikaten', { exact: true }).first().waitFor()
  await give(Buffer.from('Sehr geehrte Damen und Herren'))
  await page.getByText('Diese Datei enthält kein lesbares Zertifikat.', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])

  // The server says another time than the stamp.
  await page.route(/\/logs\/deletion-ledger\/checkpoints/, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as PageOfCheckpoints
    const altered = body.items.map((one) =>
      one.stamp === null ? one : { ...one, stamp: { ...one.stamp, at: '2020-01-01T00:00:00.000Z' } },
    )
    await route.fulfill({ response, json: { ...body, items: altered } })
  })
  await page.reload()
  await page.getByLabel('Register').selectOption({ label: 'Löschregister' })
  await list
    .getByText(/^ALARM: Der Server sagt etwas anderes als Ihr Browser/)
    .first()
    .waitFor()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})
