import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
let html = ''
beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { TRUSTED_PROXIES: '127.0.0.0/8' } })
  await office.startApi()
  html = await (await fetch(`${office.baseUrl}/`)).text()
})
afterAll(() => office.close())

function get(path: string, headers: Record<string, string> = {}) {
  return fetch(`${office.baseUrl}${path}`, { headers })
}

describe('the web app', () => {
  test.each([
    ['/', {}],
    ['/conversations/0193f000-0000-7000-8000-000000000000', { accept: 'text/html,application/xhtml+xml' }],
    ['/settings/channels?tab=1', { accept: '*/*', 'sec-fetch-dest': 'document' }],
  ])('answers %s with its page, asked for anew each time', async (path, headers) => {
    const response = await get(path, headers)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await response.text()).toBe(html)
  })

  test('has files that never change and are kept for ever', async () => {
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const response = await get(file)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      await response.body?.cancel()
    }
  })

  test.each([
    ['/assets/nothing.js', {}],
    ['/nothing.png', { 'sec-fetch-dest': 'image' }],
    ['/.env', {}],
    ['/%2e%2e/%2e%2e/package.json', {}],
    ['/..%2f..%2fpackage.json', {}],
    ['/.git/config', {}],
    ['/assets', {}],
    ['/assets/', {}],
    ['/assets/../', { 'sec-fetch-dest': 'image' }],
    ['/api/v2/session', { accept: 'text/html' }],
  ])('does not answer %s', async (path, headers) => {
    const response = await get(path, headers)
    expect([400, 404]).toContain(response.status)
    expect(response.headers.get('content-type')).toContain('application/json')
    await response.body?.cancel()
  })
})

describe('behind a proxy that is trusted', () => {
  test('HTTPS is what the proxy says, for a year', async () => {
    const secure = await get('/health/live', { 'x-forwarded-proto': 'https' })
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect((await get('/health/live')).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('behind nobody', () => {
  test('nobody is believed', async () => {
    const alone = await StoryOffice.prepare()
    await alone.startApi()
    const response = await fetch(`${alone.baseUrl}/health/live`, {
      headers: { 'x-forwarded-proto': 'https' },
    })
    expect(response.headers.get('strict-transport-security')).toBeNull()
    await alone.close()
  })
})
