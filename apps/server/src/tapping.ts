/** What could be tapped between two machines. */
export const eavesdroppable = ['database', 'redis', 'clamav'] as const

type Connections = {
  readonly DATABASE_URL: string
  readonly REDIS_URL?: string | undefined
  readonly CLAMAV_URL?: string | undefined
  /** Those of which somebody has said that it may be so. */
  readonly EAVESDROPPING_ALLOWED_ON: readonly (typeof eavesdroppable)[number][]
}

/** A socket, or an address that leads to this machine alone. */
export function staysHere(url: URL): boolean {
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '')
  return (
    host === '' ||
    host.startsWith('/') ||
    host === 'localhost' ||
    host === '::1' ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  )
}

/** Connections that somebody could read on the way, and of which nobody has said that they may. */
export function faultsOfTapping(it: Connections): string[] {
  const database = new URL(it.DATABASE_URL)
  const [redis, clamav] = [it.REDIS_URL, it.CLAMAV_URL].map((url) =>
    url === undefined ? null : new URL(url),
  )
  const demands = [
    {
      what: 'database',
      isTapped: !staysHere(database) && database.searchParams.get('sslmode') !== 'verify-full',
      wanted: 'DATABASE_URL: wants sslmode=verify-full',
    },
    {
      what: 'redis',
      isTapped: redis != null && redis.protocol !== 'rediss:' && !staysHere(redis),
      wanted: 'REDIS_URL: wants rediss://',
    },
    {
      what: 'clamav',
      isTapped: clamav != null && clamav.protocol !== 'unix:' && !staysHere(clamav),
      wanted: 'CLAMAV_URL: clamd knows no TLS; wants a clamd, or the end of a tunnel, on this machine',
    },
  ] as const
  return demands.flatMap(({ what, isTapped, wanted }) =>
    isTapped && !it.EAVESDROPPING_ALLOWED_ON.includes(what)
      ? [`${wanted}, or EAVESDROPPING_ALLOWED_ON=${what} where the network between is trusted`]
      : [],
  )
}
