import { resolve } from 'node:path'
import {
  type Bucket,
  type Mailbox,
  readVerifierKey,
  type VerifierKey,
  type Witness,
} from '@buergerdraht/office'
import { z } from 'zod'
import { type Environment, isSafeFromEavesdroppers, list, secret } from './setting.ts'

/** A verifier key of a log or a witness (c2sp.org/signed-note). */
function verifierKeyOf(kind: VerifierKey['kind']) {
  return z.string().transform((text, context): VerifierKey => {
    const key = readVerifierKey(kind, text)
    if (key !== null) return key
    context.addIssue(`must be verifier keys of a ${kind}, separated by commas`)
    return z.NEVER
  })
}

const witness = z
  .string()
  .regex(
    /^https?:\/\/\S+ +\S+$/,
    'must be addresses, each with the verifier key behind it, separated by commas',
  )
  .transform((text) => text.split(/ +/))
  .pipe(z.tuple([z.url(), verifierKeyOf('witness')]))
  .transform(([url, key]): Witness => ({ url, key }))

/** Who witnesses, and whom we witness. */
export const witnessSettings = {
  WITNESSES: list()
    .pipe(z.array(witness))
    .describe(
      'witnesses that cosign the checkpoints of each log (c2sp.org/tlog-witness): `https://address key`, by commas; of another office `https://…/witness` and what its `/witness/key` says',
    ),
  WITNESSED_LOGS: list()
    .pipe(z.array(verifierKeyOf('log')))
    .describe('verifier keys of other offices’ logs that this office is a witness of, by commas'),
  WITNESS_FOLDER: z
    .string()
    .optional()
    .describe(
      'folder of somebody else that each checkpoint is carried to, best on storage where nothing can be overwritten',
    ),
  WITNESS_BUCKET_URL: z
    .url({ protocol: /^https?$/ })
    .regex(
      /^https?:\/\/[^/]+\/[a-z0-9.-]+(\/[A-Za-z0-9._-]+)*\/?$/,
      'must be https://host/bucket or …/bucket/folder',
    )
    .optional()
    .describe(
      'bucket of somebody else with Object Lock, `https://host/bucket`, in which each checkpoint is kept and locked (protocol of Amazon S3); with it `WITNESS_BUCKET_LOGIN`',
    ),
  WITNESS_BUCKET_LOGIN: secret(10)
    .regex(/^[^:\s]+:\S+$/, 'must be id:secret')
    .optional()
    .describe('`id:secret` of the access key there'),
  WITNESS_BUCKET_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('eu-central-1')
    .describe('its region'),
  WITNESS_BUCKET_YEARS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe(
      'for so many years nobody can change or remove a checkpoint there, not even who owns the account',
    ),
  WITNESS_MAILBOX: z
    .email()
    .optional()
    .describe(
      'mailbox of somebody else, as of the audit office, to which the newest checkpoint of each log is sent once a day; with it `MAIL_SERVER` and `MAIL_FROM`',
    ),
  MAIL_SERVER: secret(1)
    .regex(/^smtps?:\/\/([^@/\s]+@)?[^@/\s]+\/?$/, 'must be smtps://user:password@host:port or smtp://…')
    .refine((text) => URL.canParse(text), 'must be smtps://user:password@host:port or smtp://…')
    .optional()
    .describe(
      'server that takes those mails, `smtps://user:password@host:465` or `smtp://…:587`, which has to go on encrypted (STARTTLS)',
    ),
  MAIL_FROM: z.email().optional().describe('address that those mails are from'),
}

type WitnessSettings = z.output<z.ZodObject<typeof witnessSettings>>

/** Settings of witnesses that do not go together. Empty ones are not among the values. */
export function faultsOfWitnesses(values: Environment, production: boolean): string[] {
  const faults: string[] = []
  const bucket = values['WITNESS_BUCKET_URL']
  if (bucket !== undefined && values['WITNESS_BUCKET_LOGIN'] === undefined)
    faults.push('WITNESS_BUCKET_LOGIN: is required with WITNESS_BUCKET_URL')
  if (production && bucket !== undefined && !isSafeFromEavesdroppers(bucket))
    faults.push('WITNESS_BUCKET_URL: must be https')
  for (const name of ['MAIL_SERVER', 'MAIL_FROM'] as const)
    if (values['WITNESS_MAILBOX'] !== undefined && values[name] === undefined)
      faults.push(`${name}: is required with WITNESS_MAILBOX`)
  return faults
}

function bucketOf(it: WitnessSettings): Bucket | null {
  if (it.WITNESS_BUCKET_URL === undefined) return null
  const [id = '', secretKey = ''] = (it.WITNESS_BUCKET_LOGIN ?? '').split(/:(.*)/s)
  return {
    url: it.WITNESS_BUCKET_URL,
    id,
    secret: secretKey,
    region: it.WITNESS_BUCKET_REGION,
    years: it.WITNESS_BUCKET_YEARS,
  }
}

function mailboxOf(it: WitnessSettings, authority: string): Mailbox | null {
  if (it.WITNESS_MAILBOX === undefined) return null
  return {
    to: it.WITNESS_MAILBOX,
    from: it.MAIL_FROM ?? '',
    serverUrl: it.MAIL_SERVER ?? '',
    authority,
  }
}

/** Who witnesses the logs of this office, and whose logs it witnesses, by the settings. @param authority as mails name it */
export function witnessingOf(it: WitnessSettings, authority: string) {
  return {
    witnesses: it.WITNESSES,
    witnessedLogs: it.WITNESSED_LOGS,
    witnessFolder: it.WITNESS_FOLDER === undefined ? null : resolve(it.WITNESS_FOLDER),
    witnessBucket: bucketOf(it),
    witnessMailbox: mailboxOf(it, authority),
  }
}
