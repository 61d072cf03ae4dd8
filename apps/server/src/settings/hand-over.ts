import { resolve } from 'node:path'
import type { SftpFolder } from '@buergerdraht/custody'
import { z } from 'zod'
import { type Environment, isSafeFromEavesdroppers, list, originOf, secret } from './setting.ts'

const versions = ['3.0.0', '3.1.0', '4.0.0'] as const

/** How packages are handed over. */
export const handOverSettings = {
  XDOMEA_VERSION: z
    .enum(versions)
    .default('3.1.0')
    .describe(
      'version of xdomea in which packages are handed over to the records system: `3.0.0`, `3.1.0`, or `4.0.0`, in which they are handed over as to another office (0401) alone; answers are read in each of them',
    ),
  XDOMEA_ARCHIVE_VERSION: z
    .enum(versions)
    .optional()
    .describe(
      'version for the public archive; default that of `XDOMEA_VERSION`. In `4.0.0` what it wants is handed over (0503), and offers are given to it as a list',
    ),
  XDOMEA_FOLDER: z
    .string()
    .optional()
    .describe(
      'folder by which packages are handed over: they leave in `out`, answers are taken from `in`, refused ones are put aside in `refused`',
    ),
  XDOMEA_WEBDAV_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('WebDAV collection into which packages are put; nothing is sent to another host'),
  XDOMEA_WEBDAV_LOGIN: secret(3)
    .regex(/^[^:\s]+:.+$/, 'must be name:password')
    .optional()
    .describe('`name:password` there'),
  XDOMEA_WEBDAV_ANSWERS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'WebDAV collection on the same host from which answers are fetched; refused ones are put aside in `refused` there',
    ),
  XDOMEA_SFTP_URL: z
    .string()
    .regex(/^sftp:\/\/[^:@/\s]+@[^@/\s]+(\/[^?#\s]*)?$/, 'must be sftp://user@host:port/folder')
    .refine((text) => URL.canParse(text), 'must be sftp://user@host:port/folder')
    .optional()
    .describe(
      'folder on an SSH server by which packages are handed over, `sftp://user@host:port/folder`, from the user’s home `…/~/folder`: they leave in `out`, answers are taken from `in`, refused ones are put aside in `refused`',
    ),
  XDOMEA_SFTP_HOST_KEY: list()
    .pipe(
      z.array(
        z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be fingerprints SHA256:…, separated by commas'),
      ),
    )
    .describe(
      'fingerprints of that server’s host keys as `ssh-keygen -lf` shows them, by commas; required with `XDOMEA_SFTP_URL`, and nobody with another key is told anything',
    ),
  XDOMEA_SFTP_KEY: secret(100)
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'must be a private key in the format of OpenSSH or PEM')
    .optional()
    .describe('private key by which one signs in there, without a passphrase'),
  XDOMEA_SFTP_PASSWORD: secret(1).optional().describe('or the password'),
  XDOMEA_RECORDS_SYSTEM: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('E-Akte')
    .describe('what the records system (DMS) is called in messages to it'),
  XDOMEA_ARCHIVE: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('Öffentliches Archiv')
    .describe('what the public archive is called in messages to it'),
}

type HandOverSettings = z.output<z.ZodObject<typeof handOverSettings>>

/** Settings of handing over that do not go together. Empty ones are not among the values. */
export function faultsOfHandingOver(values: Environment, production: boolean): string[] {
  const faults: string[] = []
  function has(name: keyof typeof handOverSettings) {
    return values[name] !== undefined
  }
  const [webdav, answers] = [values['XDOMEA_WEBDAV_URL'], values['XDOMEA_WEBDAV_ANSWERS_URL']]
  if (production && webdav !== undefined && !isSafeFromEavesdroppers(webdav))
    faults.push('XDOMEA_WEBDAV_URL: must be https')
  if (answers !== undefined && URL.canParse(answers)) {
    if (webdav === undefined || !URL.canParse(webdav) || originOf(webdav) !== originOf(answers))
      faults.push('XDOMEA_WEBDAV_ANSWERS_URL: must be on the host of XDOMEA_WEBDAV_URL')
  }
  if (has('XDOMEA_SFTP_URL')) {
    if (!has('XDOMEA_SFTP_HOST_KEY')) faults.push('XDOMEA_SFTP_HOST_KEY: is required with XDOMEA_SFTP_URL')
    if (has('XDOMEA_SFTP_KEY') === has('XDOMEA_SFTP_PASSWORD'))
      faults.push('XDOMEA_SFTP_KEY: it, or XDOMEA_SFTP_PASSWORD, is required with XDOMEA_SFTP_URL')
  }
  return faults
}

/** `/~/` begins at the user's home. */
function sftpFolderOf(it: HandOverSettings): SftpFolder | null {
  if (it.XDOMEA_SFTP_URL === undefined) return null
  const { hostname, port, username, pathname } = new URL(it.XDOMEA_SFTP_URL)
  const path = decodeURIComponent(pathname)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 22 : Number(port),
    user: decodeURIComponent(username),
    hostKeys: it.XDOMEA_SFTP_HOST_KEY,
    privateKey: it.XDOMEA_SFTP_KEY ?? null,
    password: it.XDOMEA_SFTP_PASSWORD ?? null,
    path: path.startsWith('/~/') ? path.slice(3) || '.' : path || '/',
  }
}

/** HTTP Basic (RFC 7617). */
function basicOf(login: string | undefined): string | null {
  return login === undefined ? null : `Basic ${Buffer.from(login, 'utf8').toString('base64')}`
}

/** By which ways and to whom is handed over, by the settings. */
export function handOverOf(it: HandOverSettings) {
  return {
    version: it.XDOMEA_VERSION,
    archiveVersion: it.XDOMEA_ARCHIVE_VERSION ?? it.XDOMEA_VERSION,
    dropFolder: it.XDOMEA_FOLDER === undefined ? null : resolve(it.XDOMEA_FOLDER),
    webdav:
      it.XDOMEA_WEBDAV_URL === undefined
        ? null
        : {
            url: it.XDOMEA_WEBDAV_URL,
            answersUrl: it.XDOMEA_WEBDAV_ANSWERS_URL ?? null,
            authorization: basicOf(it.XDOMEA_WEBDAV_LOGIN),
          },
    sftp: sftpFolderOf(it),
    recordsSystem: it.XDOMEA_RECORDS_SYSTEM,
    publicArchive: it.XDOMEA_ARCHIVE,
  }
}
