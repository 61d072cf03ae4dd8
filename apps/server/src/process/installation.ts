import type { Installation, Wire } from '@buergerdraht/custody'
import type { Config } from '../config.ts'
import { staysHere } from '../tapping.ts'

function wireOf(address: string, isVerified: (url: URL) => boolean): Wire {
  const url = new URL(address)
  if (isVerified(url)) return 'verified'
  return staysHere(url) ? 'here' : 'open'
}

/** What the office's documents tell of the settings of the installation: neither addresses nor secrets. */
export function installationOf(config: Config): Installation {
  const { localAccounts } = config.signInPlace
  const named = localAccounts === 'all' ? null : localAccounts.only
  return {
    ...config.sessionRules,
    passwords: localAccounts === 'all' ? 'all' : named === null ? 'nobody' : 'emergency',
    identityProvider: config.provider === null ? null : new URL(config.provider.issuer).host,
    tls: config.publicUrl.startsWith('https:'),
    database: wireOf(config.databaseUrl, (url) => url.searchParams.get('sslmode') === 'verify-full'),
    redis:
      config.redisUrl === undefined
        ? null
        : wireOf(config.redisUrl, ({ protocol }) => protocol === 'rediss:'),
    virusScan: config.clamavUrl !== undefined,
    auditShipping: config.auditReceiver?.kind ?? null,
  }
}
