import { createHash, generateKeyPairSync } from 'node:crypto'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultsIn, read } from '../../test/settings.ts'

const bucket = {
  WITNESS_BUCKET_URL: 'https://s3.example/pruefpunkte/amt',
  WITNESS_BUCKET_LOGIN: 'schluessel:ge:heim',
}
const mailbox = {
  WITNESS_MAILBOX: 'revision@rpa.example',
  MAIL_SERVER: 'smtps://amt:geheim@mail.example',
  MAIL_FROM: 'amt@stadt.example',
}
const production = { NODE_ENV: 'production' }

/** A verifier key (c2sp.org/signed-note) of an Ed25519 key: 1 signs notes as a log does, 4 cosigns as a witness does. */
function verifierKey(name: string, type: 1 | 4): string {
  const key = Buffer.concat([
    Buffer.from([type]),
    generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
  ])
  const id = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8)
  return `${name}+${id}+${key.toString('base64')}`
}
const witnessKey = verifierKey('zeuge.example', 4)
const logKey = verifierKey('log.example', 1)

describe('settings of witnesses', () => {
  test('are nobody where nothing is set', () => {
    expect(read({})).toMatchObject({
      witnesses: [],
      witnessedLogs: [],
      witnessFolder: null,
      witnessBucket: null,
      witnessMailbox: null,
    })
  })

  test('name a folder, whole', () => {
    expect(read({ WITNESS_FOLDER: 'zeuge' }).witnessFolder).toBe(resolve('zeuge'))
  })

  test('name a bucket with its access key, region and years', () => {
    expect(read(bucket).witnessBucket).toEqual({
      url: 'https://s3.example/pruefpunkte/amt',
      id: 'schluessel',
      secret: 'ge:heim',
      region: 'eu-central-1',
      years: 10,
    })
    expect(
      read({ ...bucket, WITNESS_BUCKET_REGION: 'eu-west-3', WITNESS_BUCKET_YEARS: '100' }).witnessBucket,
    ).toMatchObject({ region: 'eu-west-3', years: 100 })
    for (const WITNESS_BUCKET_YEARS of ['0', '101', '1.5'])
      expect(faultsIn({ ...bucket, WITNESS_BUCKET_YEARS })).toContain('WITNESS_BUCKET_YEARS: ')
    expect(faultsIn({ ...bucket, WITNESS_BUCKET_REGION: 'EU west' })).toContain('WITNESS_BUCKET_REGION: ')
  })

  test('want the access key of a bucket', () => {
    expect(faultsIn({ ...bucket, WITNESS_BUCKET_LOGIN: undefined })).toContain(
      'WITNESS_BUCKET_LOGIN: is required with WITNESS_BUCKET_URL',
    )
    for (const WITNESS_BUCKET_LOGIN of ['schluessel-allein', 'schluessel:ge heim', ':geheim-ganz-lang'])
      expect(faultsIn({ ...bucket, WITNESS_BUCKET_LOGIN })).toContain(
        'WITNESS_BUCKET_LOGIN: must be id:secret',
      )
  })

  test.each([
    'https://s3.example/',
    'https://s3.example',
    'https://s3.example/Amt',
    'https://s3.example/a//b',
  ])('refuse %s as a bucket', (WITNESS_BUCKET_URL) => {
    expect(faultsIn({ ...bucket, WITNESS_BUCKET_URL })).toContain('must be https://host/bucket')
  })

  test('in production want TLS to a bucket beyond this machine', () => {
    const plain = { ...bucket, WITNESS_BUCKET_URL: 'http://s3.example/amt' }
    expect(faultsIn({ ...plain, ...production })).toContain('WITNESS_BUCKET_URL: must be https')
    expect(faultsIn(plain)).toBe('')
    expect(faultsIn({ ...bucket, ...production })).not.toContain('WITNESS_BUCKET_URL')
  })

  test('name a mailbox, what takes mails for it, and whom they are from', () => {
    expect(read({ ...mailbox, AUTHORITY: 'Stadt Köln' }).witnessMailbox).toEqual({
      to: 'revision@rpa.example',
      from: 'amt@stadt.example',
      serverUrl: 'smtps://amt:geheim@mail.example',
      authority: 'Stadt Köln',
    })
    for (const name of ['MAIL_SERVER', 'MAIL_FROM'])
      expect(faultsIn({ ...mailbox, [name]: undefined })).toContain(
        `${name}: is required with WITNESS_MAILBOX`,
      )
    for (const MAIL_SERVER of [
      'mail.example',
      'imaps://mail.example',
      'smtp://mail.example/folder',
      'smtp://a b',
    ])
      expect(faultsIn({ ...mailbox, MAIL_SERVER })).toContain('MAIL_SERVER: must be smtps://')
    expect(faultsIn({ ...mailbox, MAIL_SERVER: 'smtp://mail.example:port' })).toContain(
      'MAIL_SERVER: must be',
    )
    expect(faultsIn({ ...mailbox, MAIL_FROM: 'amt' })).toContain('MAIL_FROM: ')
    expect(faultsIn({ ...mailbox, WITNESS_MAILBOX: 'revision' })).toContain('WITNESS_MAILBOX: ')
  })

  test('name witnesses by their addresses and keys, and logs by their keys', () => {
    const both = `https://zeuge.example/witness ${witnessKey}, http://127.0.0.1:8080/witness  ${verifierKey('nah.example', 4)}`
    expect(read({ WITNESSES: both, WITNESSED_LOGS: logKey })).toMatchObject({
      witnesses: [
        { url: 'https://zeuge.example/witness', key: { name: 'zeuge.example' } },
        { url: 'http://127.0.0.1:8080/witness', key: { name: 'nah.example' } },
      ],
      witnessedLogs: [{ name: 'log.example' }],
    })
  })

  test('take no address without a key, no key of another kind, and no word that is no key', () => {
    for (const WITNESSES of [
      'https://zeuge.example',
      `ftp://zeuge.example ${witnessKey}`,
      `zeuge.example ${witnessKey}`,
    ])
      expect(faultsIn({ WITNESSES })).toContain('WITNESSES.0')
    expect(faultsIn({ WITNESSES: `https://zeuge.example ${witnessKey} ${witnessKey}` })).toContain(
      'must be addresses, each with the verifier key behind it',
    )
    for (const key of [logKey, witnessKey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), 'zeuge.example'])
      expect(faultsIn({ WITNESSES: `https://zeuge.example ${key}` })).toContain(
        'must be verifier keys of a witness',
      )
    for (const WITNESSED_LOGS of [witnessKey, 'log.example'])
      expect(faultsIn({ WITNESSED_LOGS })).toContain('must be verifier keys of a log')
  })

  test('are read from files where they are secret', () => {
    for (const name of ['WITNESS_BUCKET_LOGIN', 'MAIL_SERVER'])
      expect(faultsIn({ [`${name}_FILE`]: '/nowhere/secret' })).toContain(
        `${name}_FILE: cannot be read (ENOENT)`,
      )
  })
})
