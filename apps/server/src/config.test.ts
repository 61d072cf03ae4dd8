import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigUnusable, type Environment, readConfig } from './config.ts'

const required = { DATABASE_URL: 'postgresql://localhost/x' }
function faultsOf(environment: Environment): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigUnusable) return error.message
    throw error
  }
  return ''
}

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
      expect(faultsOf({ ...required, TRUSTED_PROXIES })).toContain('not everybody')
    },
  )

  test('with a public address allow that one alone', () => {
    const config = readConfig({ ...required, PUBLIC_URL: 'https://chat.musterstadt.de/inbox' })
    expect([...config.ownOrigins]).toEqual(['https://chat.musterstadt.de'])
  })

  test('that are wrong are named all at once, without their values', () => {
    const faults = faultsOf({
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
      expect(faultsOf(environment)).toContain(`EAVESDROPPING_ALLOWED_ON=${what}`)
      expect(faultsOf({ ...environment, EAVESDROPPING_ALLOWED_ON: what })).toBe('')
      expect(faultsOf({ ...environment, NODE_ENV: 'development' })).toBe('')
      expect(faultsOf({ ...environment, EAVESDROPPING_ALLOWED_ON: 'everything' })).toContain('EAVESDROPPING')
    },
  )
  test.each([
    { DATABASE_URL: 'postgresql://db.example/x?sslmode=verify-full' },
    { DATABASE_URL: 'postgresql:///x?host=/run/postgresql' },
    { REDIS_URL: 'rediss://cache.example' },
    { REDIS_URL: 'redis://[::1]:6379', CLAMAV_URL: 'unix:/run/clamd' },
    { CLAMAV_URL: 'tcp://127.0.0.1:3310' },
  ])('in production take TLS, a socket and this machine as they are: %j', (address) => {
    expect(faultsOf({ ...production, ...address })).toBe('')
  })

  test('say whose records are sealed, or that nobody has said it, and take no placeholder', () => {
    expect(readConfig({ ...production, AUTHORITY: ' Stadt Köln ' })).toMatchObject({
      authority: 'Stadt Köln',
      authorityNamed: true,
    })
    expect(readConfig(production)).toMatchObject({ authority: 'Behörde ohne Namen', authorityNamed: false })
    expect(readConfig(required).authorityNamed).toBe(true)
    for (const AUTHORITY of ['Behörde ohne Namen', 'Stadt\nKöln', '123', '\u202eStadt', 'x'.repeat(201)])
      expect(faultsOf({ ...production, AUTHORITY })).toContain('  AUTHORITY: ')
  })

  test('of handing over name a server by its key, one way to sign in, and one host', () => {
    const sftp = {
      ...required,
      XDOMEA_SFTP_URL: 'sftp://amt%20a@[::1]:2022/~/akte%20neu',
      XDOMEA_SFTP_HOST_KEY: `SHA256:${'a'.repeat(43)}, SHA256:${'b'.repeat(43)}`,
      XDOMEA_SFTP_PASSWORD: 'geheim',
    }
    expect(readConfig(sftp).handOver.sftp).toEqual({
      host: '::1',
      port: 2022,
      user: 'amt a',
      hostKeys: [`SHA256:${'a'.repeat(43)}`, `SHA256:${'b'.repeat(43)}`],
      password: 'geheim',
      privateKey: null,
      path: 'akte neu',
    })
    const plain = { ...sftp, XDOMEA_SFTP_URL: 'sftp://amt@dms.example' }
    expect(readConfig(plain).handOver.sftp).toMatchObject({ host: 'dms.example', port: 22, path: '/' })
    const { XDOMEA_SFTP_HOST_KEY: _, ...unknown } = sftp
    expect(faultsOf(unknown)).toContain('XDOMEA_SFTP_HOST_KEY: is required')
    expect(faultsOf({ ...sftp, XDOMEA_SFTP_HOST_KEY: 'SHA256:abc' })).toContain('must be fingerprints')
    expect(faultsOf({ ...sftp, XDOMEA_SFTP_URL: 'sftp://amt:geheim@dms.example' })).toContain(
      'must be sftp://user@host',
    )
    expect(faultsOf({ ...sftp, XDOMEA_SFTP_PASSWORD: undefined })).toContain('XDOMEA_SFTP_KEY: it, or')
    const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'A'.repeat(80)}\n-----END OPENSSH PRIVATE KEY-----`
    expect(faultsOf({ ...sftp, XDOMEA_SFTP_KEY: key })).toContain('XDOMEA_SFTP_KEY: it, or')
    const answers = { XDOMEA_WEBDAV_ANSWERS_URL: 'https://dms.example/in' }
    expect(faultsOf({ ...required, ...answers })).toContain('must be on the host of XDOMEA_WEBDAV_URL')
    expect(faultsOf({ ...required, ...answers, XDOMEA_WEBDAV_URL: 'https://other.example/out' })).toContain(
      'must be on the host of XDOMEA_WEBDAV_URL',
    )
    expect(
      readConfig({ ...required, ...answers, XDOMEA_WEBDAV_URL: 'https://dms.example/out' }).handOver.webdav,
    ).toMatchObject({ answersUrl: 'https://dms.example/in' })
  })

  test('of witnesses are whole', () => {
    const bucket = { ...required, WITNESS_BUCKET_URL: 'https://s3.example/pruefpunkte/amt' }
    expect(faultsOf(bucket)).toContain('WITNESS_BUCKET_LOGIN: is required')
    expect(readConfig({ ...bucket, WITNESS_BUCKET_LOGIN: 'schluessel:ge:heim' }).witnessBucket).toEqual({
      url: 'https://s3.example/pruefpunkte/amt',
      id: 'schluessel',
      secret: 'ge:heim',
      region: 'eu-central-1',
      years: 10,
    })
    expect(faultsOf({ ...bucket, WITNESS_BUCKET_URL: 'https://s3.example/' })).toContain(
      'must be https://host/bucket',
    )
    const open = {
      ...bucket,
      WITNESS_BUCKET_LOGIN: 'schluessel:geheim',
      WITNESS_BUCKET_URL: 'http://s3.example/amt',
    }
    expect(faultsOf({ ...open, NODE_ENV: 'production' })).toContain('WITNESS_BUCKET_URL: must be https')
    const mailbox = { ...required, WITNESS_MAILBOX: 'revision@rpa.example' }
    expect(faultsOf(mailbox)).toMatch(/MAIL_SERVER: is required.*\n.*MAIL_FROM: is required/)
    const whole = {
      ...mailbox,
      MAIL_SERVER: 'smtps://amt:geheim@mail.example',
      MAIL_FROM: 'amt@stadt.example',
    }
    expect(readConfig({ ...whole, AUTHORITY: 'Stadt Köln' }).witnessMailbox).toEqual({
      to: 'revision@rpa.example',
      from: 'amt@stadt.example',
      serverUrl: 'smtps://amt:geheim@mail.example',
      authority: 'Stadt Köln',
    })
  })

  test('let a demo live in another time, and never an office in production', () => {
    expect(readConfig({ ...required, DEMO_CLOCK: '+90d' }).clockAheadMs).toBe(90 * 24 * 60 * 60 * 1000)
    expect(readConfig(required).clockAheadMs).toBe(0)
    expect(faultsOf({ ...required, DEMO_CLOCK: '90 days' })).toContain('DEMO_CLOCK: must be')
    expect(faultsOf({ ...production, DEMO_CLOCK: '+90d' })).toContain('DEMO_CLOCK: is for a demo')
  })

  test('in production need a key and an address of one’s own', () => {
    const faults = faultsOf({ ...required, NODE_ENV: 'production' })
    expect(faults).toContain('KEY_FILE: is required in production')
    expect(faults).toContain('PUBLIC_URL: is required in production')
  })

  test('take secrets from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'url')
    writeFileSync(file, 'postgresql://localhost/from-file\n')
    expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgresql://localhost/from-file')
    expect(faultsOf({ ...required, DATABASE_URL_FILE: file })).toContain('DATABASE_URL: is set twice')
    expect(faultsOf({ DATABASE_URL_FILE: `${file}.none` })).toContain(
      'DATABASE_URL_FILE: cannot be read (ENOENT)',
    )
  })
})
