import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigurationFault, readConfig } from './config.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function configFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'))
  folders.push(folder)
  const path = join(folder, 'simulator.json')
  writeFileSync(path, content)
  return path
}

test('without anything it listens beside the api, on this machine only', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8081,
    office: {
      apiKey: 'demo-key-of-the-simulator',
      phoneNumberId: '300000000000001',
      wabaId: '200000000000001',
      displayPhoneNumber: '493023125010',
      name: 'Stadt Musterstadt',
    },
    webhook: null,
    webhookSecret: null,
    recordsFolder: null,
    stateFolder: null,
    now: expect.any(Function),
  })
})

test('its clock keeps the distance that the whole demo has', () => {
  const dayMs = 24 * 60 * 60 * 1000
  const today = Date.parse(new Date().toISOString().slice(0, 10))
  for (const [text, days] of [
    ['+90d', 90],
    ['-2d', -2],
    [new Date(today + 31 * dayMs).toISOString().slice(0, 10), 31],
  ] as const)
    expect(Math.round((readConfig({ DEMO_CLOCK: text }).now() - Date.now()) / 1000)).toBe(
      (days * dayMs) / 1000,
    )
  expect(() => readConfig({ DEMO_CLOCK: 'tomorrow' })).toThrow(ConfigurationFault)
})

test('the port follows PORT unless it has its own', () => {
  expect(readConfig({ PORT: '9000' }).port).toBe(9001)
  expect(readConfig({ PORT: '9000', SIMULATOR_PORT: '' }).port).toBe(9001)
  expect(readConfig({ PORT: '9000', SIMULATOR_PORT: '0' }).port).toBe(0)
})

test('variables win over the file', () => {
  const path = configFile(
    JSON.stringify({
      office: { apiKey: 'from-file', name: 'Gemeinde Beispiel' },
      webhook: { url: 'http://127.0.0.1:8080/webhooks/whatsapp/1', headers: { 'x-key': 'v' } },
      webhookSecret: 's',
    }),
  )
  expect(readConfig({ SIMULATOR_CONFIG: path, SIMULATOR_API_KEY: 'from-variable' })).toMatchObject({
    office: { apiKey: 'from-variable', name: 'Gemeinde Beispiel' },
    webhook: { url: 'http://127.0.0.1:8080/webhooks/whatsapp/1', headers: { 'x-key': 'v' } },
    webhookSecret: 's',
  })
})

test('all faults are named at once', () => {
  function faults() {
    return readConfig({ PORT: 'eighty', SIMULATOR_PHONE_NUMBER_ID: 'x', SIMULATOR_PORT: '70000' })
  }
  expect(faults).toThrow(ConfigurationFault)
  expect(faults).toThrow(/PORT: .*\n.*SIMULATOR_PORT: .*\n.*SIMULATOR_PHONE_NUMBER_ID: /)
})

test.each([
  ['a file that is missing', '/nonexistent/simulator.json', /SIMULATOR_CONFIG: ENOENT/],
  ['a file that is no JSON', configFile('{'), /SIMULATOR_CONFIG: /],
  ['an unknown key', configFile('{"webhok":{}}'), /webhok/],
  ['a webhook that is no address', configFile('{"webhook":{"url":"ftp://x"}}'), /webhook.url/],
])('%s is a fault', (_title, path, expected) => {
  expect(() => readConfig({ SIMULATOR_CONFIG: path })).toThrow(expected)
})
