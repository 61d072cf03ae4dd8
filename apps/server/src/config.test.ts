import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { faultsIn, required } from '../test/settings.ts'
import { readConfig } from './config.ts'

describe('settings', () => {
  test('have defaults that fit together', () => {
    const config = readConfig({ ...required, PORT: '9000', DATA_DIR: '/data' })
    expect(config).toMatchObject({
      production: false,
      publicUrl: 'http://127.0.0.1:9000',
      mediaDir: '/data/media',
      keyFile: '/data/keys',
      simulatorUrl: 'http://127.0.0.1:9001',
      trustedProxies: [],
      redisUrl: undefined,
    })
    expect([...config.ownOrigins]).toContain('http://localhost:9000')
  })

  test.each([
    ['::1', 'http://[::1]:9000'],
    ['0.0.0.0', 'http://127.0.0.1:9000'],
    ['inbox.localhost', 'http://inbox.localhost:9000'],
  ])('listening on %s say where that is', (HOST, publicUrl) => {
    expect(readConfig({ ...required, HOST, PORT: '9000' }).publicUrl).toBe(publicUrl)
  })

  test('that are empty are not set', () => {
    expect(readConfig({ ...required, REDIS_URL: '', PORT: '', METRICS_TOKEN: '' })).toMatchObject({
      port: 8080,
    })
  })

  test.each(['0.0.0.0/0', '::/0', '10.0.0.1, ::0/00', '::ffff:0:0/0'])(
    'believe no network of everybody: %s',
    (TRUSTED_PROXIES) => {
      expect(faultsIn({ TRUSTED_PROXIES })).toContain('not everybody')
    },
  )

  test('with a public address allow that one alone', () => {
    const config = readConfig({ ...required, PUBLIC_URL: 'https://chat.musterstadt.de/inbox' })
    expect([...config.ownOrigins]).toEqual(['https://chat.musterstadt.de'])
  })

  test('that are wrong are named all at once, without their values', () => {
    const faults = faultsIn({
      PORT: 'canary',
      HOST: 'canary:1',
      DATABASE_URL: 'mysql://canary',
      LOG_LEVEL: 'canary',
      TRUSTED_PROXIES: '10.0.0.0/8, canary',
      CLAMAV_URL: 'canary',
      POSTAL_CODES: '62345, canary',
      METRICS_TOKEN: 'canary',
      SESSION_IDLE_MINUTES: '0',
    })
    for (const name of [
      'PORT',
      'HOST',
      'DATABASE_URL',
      'LOG_LEVEL',
      'TRUSTED_PROXIES.1',
      'CLAMAV_URL',
      'POSTAL_CODES.1',
      'METRICS_TOKEN',
      'SESSION_IDLE_MINUTES',
    ]) {
      expect(faults).toContain(`  ${name}: `)
    }
    expect(faults).not.toContain('canary')
  })

  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://chat.example.de',
    KEY: Buffer.alloc(32).toString('base64'),
    DATABASE_URL: 'postgresql://127.0.0.1/x',
  }
  test.each([
    ['database', { DATABASE_URL: 'postgresql://db.example/x' }],
    ['database', { DATABASE_URL: 'postgresql://db.example/x?sslmode=require' }],
    ['database', { DATABASE_URL: 'postgresql://db.example/x?sslmode=disable' }],
    ['database', { DATABASE_URL: 'postgresql://localhost/x?host=db.example' }],
    ['redis', { REDIS_URL: 'redis://cache.example:6379' }],
    ['clamav', { CLAMAV_URL: 'tcp://clamav:3310' }],
  ])(
    'in production want TLS to a %s beyond this machine, or the words that it is given up',
    (what, address) => {
      const environment = { ...production, ...address }
      expect(faultsIn(environment)).toContain(`EAVESDROPPING_ALLOWED_ON=${what}`)
      expect(faultsIn({ ...environment, EAVESDROPPING_ALLOWED_ON: what })).toBe('')
      expect(faultsIn({ ...environment, NODE_ENV: 'development' })).toBe('')
      expect(faultsIn({ ...environment, EAVESDROPPING_ALLOWED_ON: 'everything' })).toContain('EAVESDROPPING')
    },
  )
  test.each([
    { DATABASE_URL: 'postgresql://db.example/x?sslmode=verify-full' },
    { DATABASE_URL: 'postgresql:///x?host=/run/postgresql' },
    { REDIS_URL: 'rediss://cache.example' },
    { REDIS_URL: 'redis://[::1]:6379', CLAMAV_URL: 'unix:/run/clamd' },
    { CLAMAV_URL: 'tcp://127.0.0.1:3310' },
  ])('in production take TLS, a socket and this machine as they are: %j', (address) => {
    expect(faultsIn({ ...production, ...address })).toBe('')
  })

  test('say whose records are sealed, or that nobody has said it, and take no placeholder', () => {
    expect(readConfig({ ...production, AUTHORITY: ' Stadt Köln ' })).toMatchObject({
      authority: 'Stadt Köln',
      authorityNamed: true,
    })
    expect(readConfig(production)).toMatchObject({ authority: 'Behörde ohne Namen', authorityNamed: false })
    expect(readConfig(required).authorityNamed).toBe(true)
    for (const AUTHORITY of ['Behörde ohne Namen', 'Stadt\nKöln', '123', '\u202eStadt', 'x'.repeat(201)])
      expect(faultsIn({ ...production, AUTHORITY })).toContain('  AUTHORITY: ')
  })

  test('let a demo live in another time, and never an office in production', () => {
    expect(readConfig({ ...required, DEMO_CLOCK: '+90d' }).clockAheadMs).toBe(90 * 24 * 60 * 60 * 1000)
    expect(readConfig(required).clockAheadMs).toBe(0)
    expect(faultsIn({ DEMO_CLOCK: '90 days' })).toContain('DEMO_CLOCK: must be')
    expect(faultsIn({ ...production, DEMO_CLOCK: '+90d' })).toContain('DEMO_CLOCK: is for a demo')
  })

  test('in production need a key and an address of one’s own', () => {
    const faults = faultsIn({ NODE_ENV: 'production' })
    expect(faults).toContain('KEY_FILE: is required in production')
    expect(faults).toContain('PUBLIC_URL: is required in production')
  })

  test('take secrets from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'url')
    writeFileSync(file, 'postgresql://localhost/from-file\n')
    expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgresql://localhost/from-file')
    expect(faultsIn({ DATABASE_URL_FILE: file })).toContain('DATABASE_URL: is set twice')
    expect(faultsIn({ DATABASE_URL_FILE: `${file}.none` })).toContain(
      'DATABASE_URL_FILE: cannot be read (ENOENT)',
    )
  })
})
