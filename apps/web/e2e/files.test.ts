import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makePdf } from '../../../testing/make-pdf.ts'
import { axeViolations, focused, pressIn, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

type Drawing = { png(): { toBuffer(): Promise<Buffer> } }
const sharp: (pixels: Buffer, options: object) => Drawing = createRequire(
  new URL('../../../packages/inbox/package.json', import.meta.url),
)('sharp')

const { office, atDesk } = staffedOffice()
const citizen = '491713960011'

function sample(name: string): Buffer {
  return readFileSync(new URL(`../../../packages/inbox/test/media/samples/${name}`, import.meta.url))
}

async function citizenSends(bytes: Buffer, media: Record<string, string>): Promise<void> {
  const answer = await fetch(`${office().simulator.url}/citizens/${citizen}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ base64: bytes.toString('base64'), ...media }),
  })
  expect(answer.status).toBe(201)
  await office().settled()
}

/** The smallest thing that says that it is a photo of a phone. */
function heic(): Buffer {
  const box = Buffer.alloc(64)
  box.writeUInt32BE(24, 0)
  box.write('ftypheic\0\0\0\0mif1heic', 4, 'latin1')
  box.writeUInt32BE(40, 24)
  box.write('mdat', 28, 'latin1')
  return box
}

/** Whether the picture in the viewer is drawn, and how large: it is here before the page has given it its size. */
function drawn(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const image = document.querySelector('[role=dialog] section img')
    return image?.complete && image.naturalWidth > 0 && image.style.width !== '' ? image.style.width + ' ' + image.style.transform : ''
  })()`)
}

test('files are seen at full size, enlarged, turned, one after the other and page by page, by keys alone', async () => {
  await office().citizenWrites(citizen, 'Guten Tag, hier sind meine Unterlagen.')
  await citizenSends(sample('photo-with-gps.jpg'), { mediaType: 'image/jpeg', kind: 'image' })
  await citizenSends(makePdf(3000), { mediaType: 'application/pdf', kind: 'document', fileName: 'Akte.pdf' })
  await citizenSends(Buffer.from('Erste Zeile\nZweite Zeile'), {
    mediaType: 'text/plain',
    kind: 'document',
    fileName: 'Notiz.txt',
  })
  await citizenSends(sample('photo.heic'), {
    mediaType: 'image/heic',
    kind: 'document',
    fileName: 'IMG_0002.heic',
  })
  await citizenSends(heic(), { mediaType: 'image/heic', kind: 'document', fileName: 'IMG_0001.heic' })
  const { page } = await atDesk('clerk')
  // Found by what only they wrote; the row itself says what came last.
  await page.getByRole('searchbox').fill('sind meine Unterlagen')
  await page.getByRole('link', { name: /sind meine Unterlagen/ }).click()
  const log = page.getByRole('log')
  await log.getByText(/Ein Bild im Format HEIC, das hier nicht zu sehen ist/).waitFor()

  const photo = log.getByRole('button', { name: 'Bild: Bild.jpg' })
  await photo.press('Enter')
  const viewer = page.getByRole('dialog', { name: 'Bild.jpg' })
  await viewer.getByText('1 von 4').waitFor()
  await expect.poll(() => drawn(page)).toMatch(/rotate\(0deg\)$/)
  const [before] = (await drawn(page)).split('px')
  await pressIn(viewer, '+')
  await viewer.getByText('150 %').waitFor()
  expect(Number((await drawn(page)).split('px')[0])).toBeCloseTo(Number(before) * 1.5, 0)
  await pressIn(viewer, 'r')
  await expect.poll(() => drawn(page)).toMatch(/rotate\(90deg\)$/)
  expect(await axeViolations(page)).toEqual([])
  await pressIn(viewer, '0')
  await viewer.getByText('100 %').waitFor()

  await pressIn(viewer, 'ArrowRight')
  const document = page.getByRole('dialog', { name: 'Akte.pdf' })
  await document.getByText('Dieses Dokument hat 3.000 Seiten.', { exact: false }).waitFor()
  await document.getByRole('img', { name: 'Akte.pdf, Seite 1 von 3000' }).waitFor()
  await pressIn(document, 'PageDown')
  await document.getByRole('img', { name: 'Akte.pdf, Seite 2 von 3000' }).waitFor()
  await expect.poll(() => drawn(page)).toMatch(/px/)
  await pressIn(document, 'End')
  await document.getByRole('img', { name: 'Akte.pdf, Seite 500 von 3000' }).waitFor()
  await document.getByLabel('Seite', { exact: true }).fill('7')
  await document.getByLabel('Seite', { exact: true }).press('Enter')
  await document.getByRole('img', { name: 'Akte.pdf, Seite 7 von 3000' }).waitFor()
  await expect.poll(() => drawn(page)).toMatch(/px/)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 568 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })

  await document.getByRole('button', { name: /Nächste Datei/ }).press('Enter')
  const note = page.getByRole('dialog', { name: 'Notiz.txt' })
  await note.getByText('Zweite Zeile').waitFor()
  // A photo of an iPhone, which no browser but Apple's shows by itself.
  await pressIn(note, 'ArrowRight')
  const last = page.getByRole('dialog', { name: 'IMG_0002.heic' })
  await last.getByText('4 von 4').waitFor()
  await expect.poll(() => drawn(page)).toMatch(/rotate\(0deg\)$/)
  await pressIn(last, '+')
  await last.getByText('150 %').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await pressIn(last, 'Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await focused(page, 'button[aria-haspopup="dialog"]')
})

test('a large photo goes scaled, or as the document it was, once asked; each refusal names its limit', async () => {
  await office().citizenWrites('491713960022', 'Schicken Sie mir den Plan?')
  const { page, expectError } = await atDesk('clerk')
  expectError(/status of (413|400|415)/)
  await page.getByRole('link', { name: /Schicken Sie mir den Plan/ }).click()
  // Just more than a photo may have: it is drawn anew several times, also where there is little to compute with.
  const noise = sharp(randomBytes(1400 * 1400 * 3), { raw: { width: 1400, height: 1400, channels: 3 } })
  const picker = page.locator('input[type=file]')
  await picker.setInputFiles({
    name: 'plan.png',
    mimeType: 'image/png',
    buffer: await noise.png().toBuffer(),
  })
  // What is typed next is the caption.
  await focused(page, 'textarea')
  const tray = page.getByRole('listitem').filter({ hasText: 'plan.png' })
  await tray
    .getByText(/Verkleinert, weil WhatsApp Fotos nur bis 5 MB nimmt; das Original hat 5,9 MB/)
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await tray.getByRole('button', { name: 'Ja, das Original' }).click()
  await tray.getByText('5,9 MB', { exact: true }).waitFor()
  await tray.getByRole('button', { name: 'Ja, das Original' }).waitFor({ state: 'detached' })

  await picker.setInputFiles([
    { name: 'leer.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: 'spiel.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ'.padEnd(600, '\0')) },
    { name: 'poster.png', mimeType: 'image/png', buffer: sample('pixel-bomb.png') },
  ])
  function refused(name: string) {
    return page.getByRole('listitem').filter({ hasText: name })
  }
  await refused('leer.pdf').getByText('Die Datei ist leer.', { exact: false }).waitFor()
  await refused('spiel.exe')
    .getByText('Dateien dieser Art werden nicht gesendet.', { exact: false })
    .waitFor()
  await refused('poster.png')
    .getByText(/Bilder werden bis 100 Megapixel und 48 MB angenommen/)
    .waitFor()
  // Another try would be refused again.
  expect(await page.getByRole('button', { name: 'Erneut hochladen' }).count()).toBe(0)
  for (const name of ['leer.pdf', 'spiel.exe', 'poster.png']) {
    await page.getByRole('button', { name: `${name} entfernen` }).click()
  }
  await page.getByLabel('Antwort', { exact: true }).fill('Hier ist er.')
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page.getByRole('log').getByText('plan.png').waitFor()
  await expect
    .poll(async () => {
      const chat = await fetch(`${office().simulator.url}/citizens/491713960022/messages`)
      return chat.text()
    })
    .toContain('"kind":"document"')
})

test('a file that is on its way when its clerk goes to another conversation arrives, or says that it did not', async () => {
  await office().citizenWrites('491713960024', 'Haben Sie das Formular?')
  await office().citizenWrites('491713960025', 'Eine andere Sache')
  const { page, expectError } = await atDesk('clerk')
  expectError(/net::ERR_FAILED/)
  const held: ((arrives: boolean) => void)[] = []
  await page.route('**/api/v1/attachments', async (route) => {
    const arrives = await new Promise<boolean>((resolve) => void held.push(resolve))
    await (arrives ? route.continue() : route.abort())
  })
  const form = page.getByRole('link', { name: /Formular|eins\.jpg|zwei\.jpg|024/ })
  async function uploadAndLeave(name: string, arrives: boolean): Promise<void> {
    const before = held.length
    await page.locator('input[type=file]').setInputFiles({
      name,
      mimeType: 'image/jpeg',
      buffer: sample('photo-with-gps.jpg'),
    })
    await expect.poll(() => held.length).toBe(before + 1)
    await page.getByRole('link', { name: /Eine andere Sache/ }).click()
    await page.getByRole('log').getByText('Eine andere Sache').waitFor()
    held.at(-1)?.(arrives)
    await form.click()
    await page.getByRole('log').getByText('Haben Sie das Formular?').waitFor()
  }
  await form.click()
  await uploadAndLeave('eins.jpg', true)
  await page.getByRole('button', { name: 'eins.jpg entfernen' }).waitFor()
  await uploadAndLeave('zwei.jpg', false)
  const lost = page.getByRole('listitem').filter({ hasText: 'zwei.jpg' })
  await lost.getByRole('button', { name: 'Erneut hochladen' }).waitFor()
  await page.getByRole('button', { name: 'zwei.jpg entfernen' }).click()
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page.getByRole('log').getByRole('button', { name: 'Bild: eins.jpg' }).waitFor()
})
