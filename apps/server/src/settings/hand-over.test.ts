import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultsIn, read } from '../../test/settings.ts'

const hostKeys = [`SHA256:${'a'.repeat(43)}`, `SHA256:${'b'.repeat(43)}`]
const sftp = {
  XDOMEA_SFTP_URL: 'sftp://amt%20a@[::1]:2022/~/akte%20neu',
  XDOMEA_SFTP_HOST_KEY: hostKeys.join(', '),
  XDOMEA_SFTP_PASSWORD: 'geheim',
}
const privateKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'A'.repeat(80)}\n-----END OPENSSH PRIVATE KEY-----`
const webdav = { XDOMEA_WEBDAV_URL: 'https://dms.example/out' }
const production = { NODE_ENV: 'production' }

describe('settings of handing over', () => {
  test('are no way but by hand where nothing is set, in the version that is in force', () => {
    expect(read({}).handOver).toEqual({
      version: '3.1.0',
      archiveVersion: '3.1.0',
      dropFolder: null,
      webdav: null,
      sftp: null,
      recordsSystem: 'E-Akte',
      publicArchive: 'Öffentliches Archiv',
    })
  })

  test('name a folder, whole, and whom messages are for', () => {
    expect(
      read({
        XDOMEA_FOLDER: 'austausch',
        XDOMEA_VERSION: '3.0.0',
        XDOMEA_RECORDS_SYSTEM: ' VIS ',
        XDOMEA_ARCHIVE: ' Landesarchiv ',
      }).handOver,
    ).toMatchObject({
      version: '3.0.0',
      dropFolder: resolve('austausch'),
      recordsSystem: 'VIS',
      publicArchive: 'Landesarchiv',
    })
    expect(faultsIn({ XDOMEA_RECORDS_SYSTEM: ' ' })).toContain('XDOMEA_RECORDS_SYSTEM: ')
    expect(faultsIn({ XDOMEA_ARCHIVE: 'x'.repeat(201) })).toContain('XDOMEA_ARCHIVE: ')
  })

  test('take a version that is known, and no other', () => {
    for (const version of ['2.4.0', '3.1', '4.0', '5.0.0']) {
      expect(faultsIn({ XDOMEA_VERSION: version })).toContain('XDOMEA_VERSION: ')
      expect(faultsIn({ XDOMEA_ARCHIVE_VERSION: version })).toContain('XDOMEA_ARCHIVE_VERSION: ')
    }
  })

  test('have the same version for the archive, or another one', () => {
    expect(read({ XDOMEA_VERSION: '4.0.0' }).handOver).toMatchObject({
      version: '4.0.0',
      archiveVersion: '4.0.0',
    })
    expect(read({ XDOMEA_ARCHIVE_VERSION: '4.0.0' }).handOver).toMatchObject({
      version: '3.1.0',
      archiveVersion: '4.0.0',
    })
  })

  test('name an SSH server with the keys that it is known by', () => {
    expect(read(sftp).handOver.sftp).toEqual({
      host: '::1',
      port: 2022,
      user: 'amt a',
      hostKeys,
      password: 'geheim',
      privateKey: null,
      path: 'akte neu',
    })
  })

  test.each([
    ['sftp://amt@dms.example', { host: 'dms.example', port: 22, path: '/' }],
    ['sftp://amt@dms.example/~/', { path: '.' }],
    ['sftp://amt@dms.example/~/a/b', { path: 'a/b' }],
    ['sftp://amt@dms.example/srv/akte', { path: '/srv/akte' }],
  ])('find the folder in %s', (XDOMEA_SFTP_URL, folder) => {
    expect(read({ ...sftp, XDOMEA_SFTP_URL }).handOver.sftp).toMatchObject(folder)
  })

  test.each([
    'sftp://amt:geheim@dms.example',
    'sftp://dms.example/akte',
    'ftp://amt@dms.example',
    'sftp://amt@dms.example/akte?x=1',
    'sftp://amt@dms.example/akte#x',
    'sftp://amt@dms.example:port/akte',
  ])('refuse %s as the address of an SSH folder', (XDOMEA_SFTP_URL) => {
    expect(faultsIn({ ...sftp, XDOMEA_SFTP_URL })).toContain('XDOMEA_SFTP_URL: must be sftp://user@host')
  })

  test('tell nothing to an SSH server whose key nobody has named', () => {
    expect(faultsIn({ ...sftp, XDOMEA_SFTP_HOST_KEY: undefined })).toContain(
      'XDOMEA_SFTP_HOST_KEY: is required with XDOMEA_SFTP_URL',
    )
    for (const XDOMEA_SFTP_HOST_KEY of [
      'SHA256:abc',
      `MD5:${'a'.repeat(43)}`,
      `${hostKeys[0]}x`,
      `x${hostKeys[0]}`,
    ])
      expect(faultsIn({ ...sftp, XDOMEA_SFTP_HOST_KEY })).toContain('must be fingerprints')
  })

  test('sign in by a key or by a password, and not by both', () => {
    const { XDOMEA_SFTP_PASSWORD: _, ...byNothing } = sftp
    expect(faultsIn(byNothing)).toContain('XDOMEA_SFTP_KEY: it, or')
    expect(faultsIn({ ...sftp, XDOMEA_SFTP_KEY: privateKey })).toContain('XDOMEA_SFTP_KEY: it, or')
    expect(read({ ...byNothing, XDOMEA_SFTP_KEY: privateKey }).handOver.sftp).toMatchObject({
      privateKey,
      password: null,
    })
    const publicKey = privateKey.replaceAll('OPENSSH PRIVATE', 'PUBLIC')
    for (const XDOMEA_SFTP_KEY of [publicKey, `ssh-ed25519 ${'A'.repeat(100)}`])
      expect(faultsIn({ ...byNothing, XDOMEA_SFTP_KEY })).toContain('must be a private key')
  })

  test('sign in to a collection by name and password', () => {
    expect(read({ ...webdav, XDOMEA_WEBDAV_LOGIN: 'amt:ge:heim' }).handOver.webdav).toEqual({
      url: 'https://dms.example/out',
      answersUrl: null,
      authorization: `Basic ${Buffer.from('amt:ge:heim').toString('base64')}`,
    })
    expect(read(webdav).handOver.webdav).toMatchObject({ authorization: null })
    for (const XDOMEA_WEBDAV_LOGIN of ['geheim', ':geheim', 'amt:', 'am t:geheim'])
      expect(faultsIn({ ...webdav, XDOMEA_WEBDAV_LOGIN })).toContain(
        'XDOMEA_WEBDAV_LOGIN: must be name:password',
      )
  })

  test('fetch answers from the host alone to which packages go', () => {
    const answers = { XDOMEA_WEBDAV_ANSWERS_URL: 'https://dms.example/in' }
    const fault = 'XDOMEA_WEBDAV_ANSWERS_URL: must be on the host of XDOMEA_WEBDAV_URL'
    expect(read({ ...webdav, ...answers }).handOver.webdav).toMatchObject({
      answersUrl: 'https://dms.example/in',
    })
    expect(faultsIn(answers)).toContain(fault)
    for (const XDOMEA_WEBDAV_URL of [
      'https://other.example/out',
      'http://dms.example/out',
      'https://dms.example:8443/out',
      'not an address',
    ])
      expect(faultsIn({ ...answers, XDOMEA_WEBDAV_URL })).toContain(fault)
  })

  test('in production want TLS to a collection beyond this machine', () => {
    const plain = { XDOMEA_WEBDAV_URL: 'http://dms.example/out' }
    expect(faultsIn({ ...plain, ...production })).toContain('XDOMEA_WEBDAV_URL: must be https')
    expect(faultsIn(plain)).toBe('')
    for (const XDOMEA_WEBDAV_URL of [
      'https://dms.example/out',
      'http://127.0.0.1:8080/out',
      'http://[::1]/out',
    ])
      expect(faultsIn({ XDOMEA_WEBDAV_URL, ...production })).not.toContain('XDOMEA_WEBDAV_URL')
    const elsewhere = { XDOMEA_WEBDAV_URL: 'http://localhost.example/out', ...production }
    expect(faultsIn(elsewhere)).toContain('XDOMEA_WEBDAV_URL: must be https')
    expect(faultsIn({ XDOMEA_WEBDAV_URL: 'ftp://dms.example/out' })).toContain('XDOMEA_WEBDAV_URL: ')
    const answers = { ...webdav, XDOMEA_WEBDAV_ANSWERS_URL: 'ftp://dms.example/in' }
    expect(faultsIn(answers)).toContain('XDOMEA_WEBDAV_ANSWERS_URL: ')
  })

  test('are read from files where they are secret', () => {
    for (const name of ['XDOMEA_WEBDAV_LOGIN', 'XDOMEA_SFTP_KEY', 'XDOMEA_SFTP_PASSWORD'])
      expect(faultsIn({ [`${name}_FILE`]: '/nowhere/secret' })).toContain(
        `${name}_FILE: cannot be read (ENOENT)`,
      )
  })
})
