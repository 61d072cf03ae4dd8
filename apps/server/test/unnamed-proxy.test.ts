import { randomBytes } from 'node:crypto'
import type { ArchiveState, OperationWarning } from '@buergerdraht/contract'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../../testing/free-port.ts'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
afterEach(() => office.close())

async function startProduction(environment: Readonly<Record<string, string>>) {
  const port = String(await freePort())
  office = await StoryOffice.prepare({
    environment: {
      NODE_ENV: 'production',
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      KEY: randomBytes(32).toString('base64'),
      AUTHORITY: 'Gemeinde Neuhausen',
      ...environment,
    },
  })
  await office.startApi()
  const admin = await office.signIn('admin')
  return {
    warnings: async () => (await admin.get<{ warnings: OperationWarning[] }>('/operation')).body.warnings,
    told: () => office.logLines.filter((line) => line.includes('TRUSTED_PROXIES')),
    throughProxy: () => fetch(`${office.baseUrl}/`, { headers: { 'x-forwarded-for': '192.0.2.7' } }),
  }
}

test('a proxy that nobody has named is told of on the administrator’s page and in the log, once', async () => {
  const { warnings, told, throughProxy } = await startProduction({})
  expect(await warnings()).toEqual([])
  expect(told()).toEqual([])
  await throughProxy()
  await throughProxy()
  expect(await warnings()).toEqual(['proxy-not-named'])
  expect(told()).toHaveLength(1)
  expect(told()[0]).toContain('"level":40')
})

test('a proxy that is named is nothing to be told of, and records in nobody’s name are', async () => {
  const { warnings, told, throughProxy } = await startProduction({
    TRUSTED_PROXIES: '127.0.0.1',
    AUTHORITY: '',
  })
  await throughProxy()
  expect(await warnings()).toEqual(['authority-not-named'])
  const records = await office.signIn('records')
  expect((await records.get<ArchiveState>('/archive')).body.authorityNamed).toBe(false)
  expect(told()).toEqual([])
})
