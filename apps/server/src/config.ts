import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import type { AuditReceiver, ProviderSettings, SignInPlace, TimeAuthorities } from '@buergerdraht/office'
import { z } from 'zod'
import { demoClockAheadMs, demoClockPattern } from './demo/demo-clock.ts'
import { faultsOfHandingOver, handOverOf, handOverSettings } from './settings/hand-over.ts'
import { type Environment, isSafeFromEavesdroppers, list, originOf, secret } from './settings/setting.ts'
import { faultsOfWitnesses, witnessingOf, witnessSettings } from './settings/witnesses.ts'
import { eavesdroppable, faultsOfTapping } from './tapping.ts'

function port(fallback: number) {
  return z.coerce.number().int().min(0).max(65_535).default(fallback)
}
function minutes(fallback: number) {
  return z.coerce.number().int().min(1).max(10_080).default(fallback)
}
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Stands in records where nobody has said whose they are. */
const unnamed = 'Behörde ohne Namen'

const trustedProxy = z.string().refine((value) => {
  const [address, bits] = value.split('/')
  const family = isIP(address ?? '')
  if (family === 0) return false
  // A network of everybody would let everybody say where they come from.
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
  )
}, 'must be IP addresses or networks in CIDR notation, separated by commas, and not everybody (/0)')

/** Every setting there is, with the sentence that the README's table shows. Secrets may come from a file: `NAME_FILE`. */
const settings = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('development')
    .describe('`production` refuses defaults for secrets and keys'),
  PORT: port(8080).describe('port of the web inbox and the API'),
  HOST: z
    .string()
    .refine((host) => URL.canParse(addressOf(host, 80)), 'must be a host name or an IP address')
    .default('127.0.0.1')
    .describe('address to listen on'),
  WORKER_PORT: port(8082).describe('port of the worker’s own health and metrics'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address under which browsers reach the inbox; default `http://HOST:PORT`'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
    .pipe(z.array(trustedProxy))
    .describe('proxies whose `X-Forwarded-*` headers are believed: addresses or networks, by commas'),
  CLIENT_CERTIFICATE_HEADER: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9-]{1,60}$/, 'must be the name of a header')
    .optional()
    .describe(
      'header in which those proxies hand on the certificate that a device has shown them, so that one can be demanded by role; they must overwrite what a browser sends in it',
    ),
  DATA_DIR: z.string().default('./.data').describe('folder for everything that is a file'),
  MEDIA_DIR: z.string().optional().describe('folder of the encrypted media; default `DATA_DIR/media`'),
  LEDGER_DIR: z
    .string()
    .optional()
    .describe('folder of the logs that only grow, of which the audit log is one; default `DATA_DIR/logs`'),
  ARCHIVE_DIR: z
    .string()
    .optional()
    .describe('folder of the sealed archive packages; default `DATA_DIR/archive`'),
  AUTHORITY: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{C}]*\p{L}[^\p{C}]*$/u, 'is a name in one line, with letters')
    .refine((name) => name !== unnamed, 'is the name of the authority, and not what stands in its place')
    .optional()
    .describe(
      'name of the authority whose records are sealed and handed over, as they say it; without one the desks of the archive say so',
    ),
  ...handOverSettings,
  AUDIT_SHIP_TO: z
    .string()
    .regex(
      /^(file:\/\/\/[^?#]+|syslog-tls:\/\/[A-Za-z0-9.-]+:\d{1,5})$/,
      'must be file:///path or syslog-tls://host:port',
    )
    .optional()
    .describe(
      'where the audit log is kept besides: `file:///path` as JSON lines, or `syslog-tls://host:port` (RFC 5424 over TLS, RFC 5425)',
    ),
  AUDIT_SHIP_CA: z
    .string()
    .optional()
    .describe(
      'file with the authorities that the receiver’s certificate is of, PEM; default those of the system',
    ),
  AUDIT_SHIP_IDENTITY: z
    .string()
    .optional()
    .describe('file with certificate and key by which this office is known to the receiver, PEM'),
  TSA_URLS: list()
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .describe(
      'time-stamping authorities (RFC 3161), asked in this order for a time stamp a day over the checkpoints of each log, by commas; they are sent a hash; without one nothing is stamped',
    ),
  TSA_ROOTS: z
    .string()
    .optional()
    .describe('file with the roots that their certificates are of, PEM; required with `TSA_URLS`'),
  TSA_REVOCATION_HOSTS: list()
    .pipe(z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be host names, separated by commas')))
    .describe(
      'hosts that may be asked besides whether those certificates hold, by commas: addresses that stand in certificates are asked nowhere else',
    ),
  TSA_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(20)
    .describe('so long an authority may take for an answer, before the next one is asked'),
  ...witnessSettings,
  DATABASE_URL: secret(1)
    .regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address')
    .describe('PostgreSQL ≥ 15; `npm start` starts an embedded one when this is not set'),
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(16)
    .describe('connections each process opens at most for its own work'),
  REDIS_URL: secret(1)
    .regex(/^rediss?:\/\//, 'must be a redis:// address')
    .optional()
    .describe('queue and live fan-out through Redis instead of PostgreSQL'),
  KEY: secret(44)
    .regex(/^[A-Za-z0-9+/=\s]+$/, 'must be base64')
    .optional()
    .describe('key-encryption key: 32 random bytes in base64; more than one, newest first, while rotating'),
  KEY_FILE: z
    .string()
    .optional()
    .describe(
      'file with the key-encryption keys, one a line, newest first; default `DATA_DIR/keys`, not in production',
    ),
  BSP_HOSTS: z
    .string()
    .default('waba-v2.360dialog.io,graph.facebook.com')
    .transform((list) => list.split(',').flatMap((item) => item.trim().toLowerCase() || []))
    .pipe(z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be host names, separated by commas')))
    .describe('provider hosts that channels may send to, by commas; outside production also this machine'),
  CLAMAV_URL: z
    .string()
    .regex(/^(tcp:\/\/[^/\s]+:\d+|unix:\/.+)$/, 'must be tcp://host:port or unix:/path')
    .optional()
    .describe('clamd that checks media, `tcp://host:port` or `unix:/path`'),
  EAVESDROPPING_ALLOWED_ON: list()
    .pipe(z.array(z.enum(eavesdroppable)))
    .describe(
      'connections to other machines that go unencrypted in production, so that whoever taps the network between reads and changes what goes over it: `database`, `redis`, `clamav`, by commas; without it they want TLS (`sslmode=verify-full`, `rediss://`)',
    ),
  METRICS_TOKEN: secret(16)
    .optional()
    .describe(
      'bearer token for `/metrics`; without one only this machine may read them, in production nobody',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('what is logged, as JSON lines on standard output'),
  SESSION_IDLE_MINUTES: minutes(60).describe('a session ends after so long without a request'),
  SESSION_ABSOLUTE_MINUTES: minutes(720).describe(
    'a session ends so long after signing in, whatever happens',
  ),
  LOCAL_SIGN_IN: z
    .stringbool()
    .default(true)
    .describe('whether one signs in with a password; `false` needs `OIDC_ISSUER`'),
  EMERGENCY_ACCOUNT: z
    .email()
    .toLowerCase()
    .optional()
    .describe('the one account that signs in with its password where `LOCAL_SIGN_IN` is `false`'),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'OpenID Connect provider that one signs in with, by its issuer; with it `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`',
    ),
  OIDC_CLIENT_ID: z.string().optional().describe('name of this office at the provider'),
  OIDC_CLIENT_SECRET: secret(8).optional().describe('its secret there'),
  OIDC_NAME: z
    .string()
    .max(40)
    .default('Anmeldedienst')
    .describe('what the provider is called on the sign-in page'),
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( |$)/, 'must begin with openid')
    .default('openid email profile')
    .describe('what is asked for of a person'),
  OIDC_ACR: list().describe('values of `acr`, by commas, of which one is demanded'),
  OIDC_AMR: list().describe('values of `amr`, by commas, of which one is demanded'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone by its IANA name, like Europe/Berlin')
    .default('Europe/Berlin')
    .describe('time of the office: its days and times are shown in it, wherever the reader is'),
  POSTAL_CODES: list()
    .pipe(z.array(z.string().regex(/^\d{5}$/, 'must be postal codes of five digits, separated by commas')))
    .describe(
      'postal codes of the municipality, by commas: a chat about another one is then known by its code, and proposed for deletion',
    ),
  SIMULATOR_URL: z
    .url({ protocol: /^http$/ })
    .optional()
    .describe('demo only: address of the simulated provider; default `http://127.0.0.1:PORT+1`'),
  DEMO_CLOCK: z
    .string()
    .regex(demoClockPattern, 'must be +90d, -3d or a date as 2027-03-01')
    .optional()
    .describe(
      'demo only: the whole office lives at this distance from the machine’s clock, `+90d` or a date, so that one can see things become due',
    ),
})

/** Settings that may come from a file instead: `NAME_FILE`. */
export const secrets = [
  'DATABASE_URL',
  'REDIS_URL',
  'KEY',
  'METRICS_TOKEN',
  'OIDC_CLIENT_SECRET',
  'XDOMEA_WEBDAV_LOGIN',
  'XDOMEA_SFTP_KEY',
  'XDOMEA_SFTP_PASSWORD',
  'WITNESS_BUCKET_LOGIN',
  'MAIL_SERVER',
] as const
type SettingName = keyof typeof settings.shape

/** Settings are wrong. The message names every fault, and no value. */
export class ConfigUnusable extends Error {
  constructor(faults: readonly string[]) {
    super(`These settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigUnusable'
  }
}

function withSecretFiles(environment: Environment, faults: string[]): Record<string, string | undefined> {
  // An empty variable is one that is not set: compose files and shells cannot tell them apart.
  const values = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  for (const name of secrets) {
    // `KEY_FILE` is a setting of its own: the file is read again after a rotation.
    const path = name === 'KEY' ? undefined : values[`${name}_FILE`]
    if (path === undefined) continue
    if (values[name] !== undefined) faults.push(`${name}: is set twice, as itself and as ${name}_FILE`)
    try {
      values[name] = readFileSync(path, 'utf8').trim()
    } catch (error) {
      faults.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
    }
  }
  return values
}

/** Who keeps the audit log elsewhere; null: nobody. */
function auditReceiverOf(it: z.output<typeof settings>): AuditReceiver | null {
  if (it.AUDIT_SHIP_TO === undefined) return null
  const { protocol, hostname, port, pathname } = new URL(it.AUDIT_SHIP_TO)
  const target = it.AUDIT_SHIP_TO
  if (protocol === 'file:') return { kind: 'file', target, path: decodeURIComponent(pathname) }
  const [ca, identity] = [it.AUDIT_SHIP_CA, it.AUDIT_SHIP_IDENTITY].map((path) =>
    path === undefined ? undefined : readFileSync(path, 'utf8'),
  )
  return { kind: 'syslog', target, host: hostname, port: Number(port), ca, identity }
}

/** Who stamps times; null: nobody. */
function timeAuthoritiesOf(it: z.output<typeof settings>): TimeAuthorities | null {
  if (it.TSA_URLS.length === 0) return null
  return {
    urls: it.TSA_URLS,
    rootsFile: resolve(it.TSA_ROOTS ?? ''),
    revocationHosts: new Set(it.TSA_REVOCATION_HOSTS),
    timeoutMs: it.TSA_TIMEOUT_SECONDS * 1000,
  }
}

/** Where a browser on this machine finds what listens there; "every address" is none to go to. */
export function addressOf(host: string, port: number): string {
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`
}

/** Every name a browser on this machine may call the demo by. */
function loopbackOrigins(ownPort: number): string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${ownPort}`)
}

/**
 * Reads the settings. The only reader of the environment.
 * @throws ConfigUnusable naming every fault at once
 */
export function readConfig(environment: Environment = process.env) {
  const faults: string[] = []
  const values = withSecretFiles(environment, faults)
  const result = settings.safeParse(values)
  for (const { path, message } of result.error?.issues ?? []) {
    const isMissing = values[String(path[0])] === undefined
    faults.push(`${path.join('.')}: ${isMissing ? 'is required' : message}`)
  }
  for (const name of ['AUDIT_SHIP_CA', 'AUDIT_SHIP_IDENTITY'] as const) {
    const path = values[name]
    if (path !== undefined && !existsSync(path)) faults.push(`${name}: there is no such file`)
  }
  const production = environment['NODE_ENV'] === 'production'
  // The demo's authority tells its root only when it runs.
  const roots = values['TSA_ROOTS']
  if (production && roots !== undefined && !existsSync(roots)) faults.push('TSA_ROOTS: there is no such file')
  function has(name: SettingName) {
    return (environment[name] ?? '') !== ''
  }
  if (has('KEY') && has('KEY_FILE')) faults.push('KEY: is set twice, as itself and as KEY_FILE')
  if (production && !has('KEY') && !has('KEY_FILE')) faults.push('KEY_FILE: is required in production')
  if (production && !has('PUBLIC_URL')) faults.push('PUBLIC_URL: is required in production')
  if (production && has('PUBLIC_URL') && !isSafeFromEavesdroppers(environment['PUBLIC_URL'] ?? '')) {
    faults.push('PUBLIC_URL: must be https, or browsers refuse the session cookie')
  }
  if (production && has('DEMO_CLOCK')) faults.push('DEMO_CLOCK: is for a demo, not for production')
  if (has('CLIENT_CERTIFICATE_HEADER') && !has('TRUSTED_PROXIES')) {
    faults.push('CLIENT_CERTIFICATE_HEADER: without TRUSTED_PROXIES nobody is believed who sends it')
  }
  if (has('TSA_URLS') && !has('TSA_ROOTS')) faults.push('TSA_ROOTS: is required with TSA_URLS')
  if (has('OIDC_ISSUER')) {
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const) {
      if ((values[name] ?? '') === '') faults.push(`${name}: is required with OIDC_ISSUER`)
    }
    if (production && !isSafeFromEavesdroppers(environment['OIDC_ISSUER'] ?? '')) {
      faults.push('OIDC_ISSUER: must be https')
    }
  } else if (result.data?.LOCAL_SIGN_IN === false) {
    faults.push('LOCAL_SIGN_IN: without OIDC_ISSUER nobody could sign in')
  }
  faults.push(...faultsOfHandingOver(values, production), ...faultsOfWitnesses(values, production))
  if (production && result.success) faults.push(...faultsOfTapping(result.data))
  if (!result.success || faults.length > 0) throw new ConfigUnusable(faults)
  const it = result.data
  const dataDir = resolve(it.DATA_DIR)
  const authority = it.AUTHORITY ?? (production ? unnamed : 'Stadt Musterstadt')
  const publicUrl = it.PUBLIC_URL ?? addressOf(it.HOST, it.PORT)
  const simulatorUrl = it.SIMULATOR_URL ?? addressOf('127.0.0.1', it.PORT + 1)
  /** Pages that may change something. */
  const ownOrigins = new Set(
    it.PUBLIC_URL === undefined ? [originOf(publicUrl), ...loopbackOrigins(it.PORT)] : [originOf(publicUrl)],
  )
  return {
    production,
    development: it.NODE_ENV === 'development',
    port: it.PORT,
    host: it.HOST,
    workerPort: it.WORKER_PORT,
    publicUrl: originOf(publicUrl),
    ownOrigins,
    signInPlace: {
      rpId: rpIdOf(publicUrl),
      origins: [...ownOrigins],
      localAccounts: it.LOCAL_SIGN_IN ? 'all' : { only: it.EMERGENCY_ACCOUNT ?? null },
    } satisfies SignInPlace,
    provider:
      it.OIDC_ISSUER === undefined
        ? null
        : ({
            name: it.OIDC_NAME,
            issuer: it.OIDC_ISSUER,
            clientId: it.OIDC_CLIENT_ID ?? '',
            clientSecret: it.OIDC_CLIENT_SECRET ?? '',
            scope: it.OIDC_SCOPE,
            acr: it.OIDC_ACR,
            amr: it.OIDC_AMR,
            redirectUri: `${originOf(publicUrl)}/anmeldung/rueckkehr`,
            allowsPlainHttp: it.OIDC_ISSUER.startsWith('http:'),
          } satisfies ProviderSettings),
    trustedProxies: it.TRUSTED_PROXIES,
    certificateHeader: it.CLIENT_CERTIFICATE_HEADER ?? null,
    dataDir,
    mediaDir: resolve(it.MEDIA_DIR ?? join(dataDir, 'media')),
    ledgerDir: resolve(it.LEDGER_DIR ?? join(dataDir, 'logs')),
    archiveDir: resolve(it.ARCHIVE_DIR ?? join(dataDir, 'archive')),
    /** Of whom the records are; the demo is a town's, and in production a placeholder stands where nobody has said it. */
    authority,
    authorityNamed: it.AUTHORITY !== undefined || !production,
    handOver: handOverOf(it),
    auditReceiver: auditReceiverOf(it),
    timeAuthorities: timeAuthoritiesOf(it),
    ...witnessingOf(it, authority),
    databaseUrl: it.DATABASE_URL,
    databaseConnections: it.DATABASE_CONNECTIONS,
    redisUrl: it.REDIS_URL,
    key: it.KEY,
    keyFile: it.KEY_FILE ?? join(dataDir, 'keys'),
    /** Hosts, with or without port, that channels may send to. */
    bspHosts: new Set(
      production ? it.BSP_HOSTS : [...it.BSP_HOSTS, '127.0.0.1', 'localhost', new URL(simulatorUrl).hostname],
    ),
    clamavUrl: it.CLAMAV_URL,
    metricsToken: it.METRICS_TOKEN,
    logLevel: it.LOG_LEVEL,
    sessionRules: { idleMinutes: it.SESSION_IDLE_MINUTES, absoluteMinutes: it.SESSION_ABSOLUTE_MINUTES },
    timeZone: it.TIME_ZONE,
    ownPostalCodes: new Set(it.POSTAL_CODES),
    /** Milliseconds by which this office is ahead of the machine's clock; 0 but in a demo. */
    clockAheadMs: it.DEMO_CLOCK === undefined ? 0 : demoClockAheadMs(it.DEMO_CLOCK, new Date()),
    simulatorUrl,
  }
}

/** Passkeys are made for a domain: never for an IP address, but this machine has a name (WebAuthn Level 3 §5.1.2). */
function rpIdOf(publicUrl: string): string | null {
  const { hostname } = new URL(publicUrl)
  if (/^(127\.0\.0\.1|\[::1\])$/.test(hostname)) return 'localhost'
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : null
}

export type Config = ReturnType<typeof readConfig>

/** Name, default and meaning of every setting, for `.env.example`, the README and `--help`. */
export function settingsTable(): { name: string; fallback: string; meaning: string }[] {
  return Object.entries(settings.shape).map(([name, schema]) => {
    const bare = schema.safeParse(undefined)
    const fallback = bare.success && bare.data !== undefined ? String(bare.data) : ''
    return { name, fallback, meaning: schema.description ?? '' }
  })
}
