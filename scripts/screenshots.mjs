// `node scripts/screenshots.mjs`: answers in the demo office that `npm start` runs, and writes the pictures of the
// documentation. It wants a fresh demo, before anybody else has answered.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { root } from './workspace.mjs'

const { chromium } = createRequire(join(root, 'apps/web/package.json'))('playwright-core')
const sharp = createRequire(join(root, 'packages/inbox/package.json'))('sharp')

const folder = join(root, 'docs/screenshots')
const demoFile = join(resolve(root, process.env.DATA_DIR || '.data'), 'demo.json')
const chromiumPath = process.env.CHROMIUM || '/usr/bin/chromium'
const maxBytes = 400_000

const { baseUrl, simulatorUrl, logins } = readDemo()

const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  mkdirSync(folder, { recursive: true })
  await photographInbox()
  await photographPhones()
  await photographDesks()
  await photographArchive()
} finally {
  await browser.close()
}

function readDemo() {
  try {
    return JSON.parse(readFileSync(demoFile, 'utf8'))
  } catch {
    process.stderr.write(`There is no demo office at ${demoFile}; start one with npm start.\n`)
    process.exit(1)
  }
}

/** A page in Berlin. */
async function visit(viewport) {
  const context = await browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport,
  })
  const page = await context.newPage()
  return page
}

/** Somebody of that role, signed in. */
async function atDesk(role, viewport) {
  const page = await visit(viewport)
  const login = logins.find((one) => one.role === role)
  await page.goto(baseUrl)
  await page.getByLabel('E-Mail-Adresse').fill(login.email)
  await page.getByLabel('Passwort', { exact: true }).fill(login.password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await page.getByRole('navigation').first().waitFor()
  return page
}

async function photographInbox() {
  const page = await atDesk('clerk', { width: 1440, height: 900 })
  await page.getByRole('link', { name: /Irmgard Behrens/ }).waitFor()

  await page.getByRole('link', { name: /Max M/ }).click()
  await page.getByRole('log', { name: /Max M/ }).waitFor()
  await answer(page, 'Hallo, der Wertstoffhof ist samstags von 9 bis 13 Uhr offen.')

  await page.getByRole('link', { name: /Erika Musterfrau/ }).click()
  await page.getByRole('button', { name: 'Übernehmen' }).first().click()
  await page.getByText('In Ihrer Bearbeitung').first().waitFor()
  const question = page.getByRole('article').filter({ hasText: 'An wen kann ich mich wenden' })
  await question.hover()
  await question.getByRole('button', { name: 'Antworten' }).click()
  await answer(
    page,
    'Guten Tag Frau Musterfrau, bei uns sind Sie richtig. Der Bauhof sichert die Stelle noch heute ab und füllt das Loch am Donnerstag. Vielen Dank für das Foto.',
  )
  const photo = page.getByRole('article').filter({ hasText: 'So sieht es seit gestern aus.' })
  await photo.getByRole('img').scrollIntoViewIfNeeded()
  await photo.hover()
  await photo.getByRole('button', { name: 'Reagieren' }).click()
  await page.getByRole('dialog', { name: 'Reagieren' }).getByRole('button', { name: '🙏' }).click()
  await page.getByText('Reaktion des Amts: 🙏').waitFor({ state: 'attached' })
  await page.getByRole('log').evaluate((log) => {
    log.scrollTop = log.scrollHeight
  })
  await page.getByLabel('Antwort', { exact: true }).focus()
  await page.mouse.move(1, 880)
  await keep(page, 'inbox.png')
}

async function answer(page, text) {
  await page.getByLabel('Antwort', { exact: true }).fill(text)
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('article')
    .filter({ hasText: text })
    .getByText(/^gelesen/)
    .waitFor({ state: 'attached' })
}

/** The pictures of the handbooks. */
async function photographDesks() {
  const viewport = { width: 1200, height: 800 }
  const clerk = await atDesk('clerk', viewport)
  await clerk.getByRole('link', { name: /Max M/ }).click()
  await clerk.getByRole('log', { name: /Max M/ }).waitFor()
  await clerk.keyboard.press('Escape')
  await clerk.keyboard.press('e')
  await clerk.getByRole('dialog').waitFor()
  await keep(clerk, 'closing.png')
  const pages = [
    ['admin', '/personen', 'people.png'],
    ['auditor', '/protokoll', 'audit.png'],
    ['auditor', '/pruefung', 'auditor.png'],
    ['clerk', '/loeschwerkstatt', 'workbench.png'],
    ['clerk', '/antraege', 'requests.png'],
    ['dpo', '/loeschkonzept', 'retention.png'],
    ['dpo', '/loeschlaeufe', 'runs.png'],
    ['dpo', '/loeschkonzept/register', 'ledger.png'],
    ['dpo', '/vorschlaege', 'proposals.png'],
    ['dpo', '/rollen', 'roles.png'],
  ]
  for (const [role, address, name] of pages) {
    const page = await atDesk(role, viewport)
    await page.goto(`${baseUrl}${address}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keep(page, name)
  }
}

/** Packages that the demo has sealed, their proof, and what the auditor sees of the logs. */
async function photographArchive() {
  const viewport = { width: 1200, height: 800 }
  const records = await atDesk('records', viewport)
  await records.goto(`${baseUrl}/archiv`)
  const packages = records.getByRole('region', { name: 'Pakete' }).getByRole('link')
  await packages.first().waitFor()
  await keep(records, 'archive.png')
  await packages.last().click()
  await records.getByText(/^Nachgerechnet: Das Verzeichnis/).waitFor()
  await records.getByRole('heading', { name: 'Weg zur Wurzel' }).evaluate((step) => step.scrollIntoView())
  await keep(records, 'archive-proof.png')
  await records.goto(`${baseUrl}/archiv/uebergaben`)
  await records.getByRole('region', { name: 'Übergaben', exact: true }).waitFor()
  await keep(records, 'hand-overs.png')
  const auditor = await atDesk('auditor', viewport)
  await auditor.goto(`${baseUrl}/pruefung/pruefpunkte`)
  await auditor.getByLabel('Erster Prüfpunkt').selectOption({ index: 2 })
  await auditor.getByRole('button', { name: 'Nachrechnen' }).click()
  await auditor.getByText(/^Nachgerechnet: /).waitFor()
  await auditor.getByRole('heading', { name: 'Zwei Prüfpunkte vergleichen' }).scrollIntoViewIfNeeded()
  await auditor.mouse.wheel(0, 700)
  await keep(auditor, 'checkpoints.png')
  await auditor.goto(`${baseUrl}/pruefung/erneuerungen`)
  await auditor.getByRole('region', { name: 'Was wann endet' }).waitFor()
  await keep(auditor, 'renewals.png')
}

async function photographPhones() {
  const page = await visit({ width: 1100, height: 900 })
  await page.goto(simulatorUrl)
  await page.getByText('bei uns sind Sie richtig', { exact: false }).first().waitFor()
  await page.getByText('Wertstoffhof', { exact: false }).first().waitFor()
  await keep(page, 'phone.png')
}

async function keep(page, name) {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate(() =>
    Promise.all([...document.images].map((image) => image.decode().catch(() => null))),
  )
  const picture = await sharp(await page.screenshot())
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toBuffer()
  if (picture.length > maxBytes) throw new Error(`${name} has ${picture.length} bytes.`)
  writeFileSync(join(folder, name), picture)
  process.stdout.write(`docs/screenshots/${name}: ${Math.round(picture.length / 1000)} kB\n`)
}
