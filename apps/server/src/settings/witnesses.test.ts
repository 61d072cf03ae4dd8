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

/** A verifier key (c2sp.org/signed-note) of all zeros: its hash is none of that key. */
const wrongKey = `log.example+00000000+${Buffer.from([1, ...new Uint8Array(32)]).toString('base64')}`

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

  test('name witnesses and logs by keys that are such', () => {
    for (const WITNESSES of [
      'https://witness.example',
      `ftp://witness.example ${wrongKey}`,
      `https://witness.example ${wrongKey}`,
    ])
      expect(faultsIn({ WITNESSES })).toContain('WITNESSES.0')
    expect(faultsIn({ WITNESSES: `https://witness.example ${wrongKey}` })).toContain(
      'must be verifier keys of a witness',
    )
    expect(faultsIn({ WITNESSED_LOGS: wrongKey })).toContain('must be verifier keys of a log')
  })

  test('are read from files where they are secret', () => {
    for (const name of ['WITNESS_BUCKET_LOGIN', 'MAIL_SERVER'])
      expect(faultsIn({ [`${name}_FILE`]: '/nowhere/secret' })).toContain(
        `${name}_FILE: cannot be read (ENOENT)`,
      )
  })
})
