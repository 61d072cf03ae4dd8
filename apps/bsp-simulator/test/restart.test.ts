import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@buergerdraht/bsp-simulator'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { erika, type FakeOffice, max, startFakeOffice } from './fake-office.ts'

let stateFolder: string
const running: (FakeOffice | Simulator)[] = []

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'buergerdraht-phones-'))
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
  await rm(stateFolder, { recursive: true, force: true })
})

async function fakeOffice(): Promise<FakeOffice> {
  const office = await startFakeOffice({ stateFolder })
  running.push(office)
  return office
}

async function end(office: FakeOffice): Promise<void> {
  running.splice(running.indexOf(office), 1)
  await office.close()
}

async function untilSettled(office: FakeOffice, identity: string, count: number): Promise<unknown[]> {
  for (;;) {
    const { items } = (await office.call('GET', `/citizens/${identity}/messages?all=true`)).body as {
      items: { direction: string; status: string }[]
    }
    // What the office sent is read by itself a moment after it was delivered.
    const isSettled = items.every(
      ({ direction, status }) =>
        status === 'read' || (direction === 'from-citizen' && status === 'delivered'),
    )
    // What the office has sent comes to the phone a moment later.
    if (isSettled && items.length === count) return items
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('phones have their names, numbers, chats and files again after a restart', async () => {
  const before = await fakeOffice()
  await before.connect()
  await before.call('PUT', `/citizens/${max}`, { profileName: 'Max von nebenan', username: 'max.neu' })
  await before.call('POST', `/citizens/${max}/messages`, { text: 'Guten Tag' })
  await before.call('POST', `/citizens/${max}/media`, { sample: 'photo' })
  await before.send({ kind: 'text', text: 'Guten Tag, Max' }, { recipient: { bsuid: max } })
  await before.call('DELETE', '/v1/configs/templates/rueckfrage_offen')
  const chat = await untilSettled(before, max, 3)
  await end(before)

  const after = await fakeOffice()
  expect(await untilSettled(after, max, 3)).toEqual(chat)
  expect((await after.call('GET', '/citizens')).body).toMatchObject({
    items: [{ identity: max, profileName: 'Max von nebenan', username: 'max.neu' }],
  })
  const { media } = chat[1] as { media: { url: string } }
  const photo = await fetch(`${after.simulator.url}${media.url}`)
  const sample = await readFile(new URL('../samples/schlagloch.jpg', import.meta.url))
  expect(Buffer.from(await photo.arrayBuffer()).equals(sample)).toBe(true)
  expect((await after.call('GET', '/office')).body).toMatchObject({ connected: true })
})

test('what nobody had taken before a restart is delivered after it', async () => {
  const before = await fakeOffice()
  await before.connect()
  for (let refused = 0; refused < 50; refused += 1) {
    before.answers.push((response) => void response.writeHead(503).end())
  }
  const { body } = await before.call('POST', `/citizens/${erika}/messages`, { text: 'Hört mich jemand?' })
  await before.hear('message')
  await end(before)

  const after = await fakeOffice()
  await after.connect()
  const [heard] = await after.hear('message')
  expect(heard).toMatchObject({ providerMessageId: (body as { id: string }).id })
  expect(await untilSettled(after, erika, 1)).toMatchObject([{ status: 'delivered' }])
})

test('a folder that holds something else is refused with what to do', async () => {
  await writeFile(join(stateFolder, 'phones.json'), '{"version":7}')
  await expect(startSimulator({ stateFolder })).rejects.toThrow(
    /phones\.json cannot be read; remove it to begin with empty phones\.$/,
  )
})

test('the network lives at another time when told so', async () => {
  const office = await fakeOffice()
  await office.connect()
  await office.call('PUT', '/clock', { at: '2026-03-02T09:30:00Z' })
  const { body } = await office.call('POST', `/citizens/${erika}/messages`, { text: 'Damals' })
  expect(body).toMatchObject({ message: { sentAt: expect.stringMatching(/^2026-03-02T09:30:/) } })
  await office.call('PUT', '/clock', { at: null })
  const { at } = (await office.call('GET', '/clock')).body as { at: string }
  expect(Date.parse(at)).toBeGreaterThan(Date.parse('2026-03-03'))
})
