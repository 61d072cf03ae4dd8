import { type Log, withinTime } from '@buergerdraht/office'
import { type connectionAs, connectionLimits, LimitedClient } from '@buergerdraht/prisma'
import { Redis } from 'ioredis'

/** Tells whoever listens, in any process, that something was committed. Carries nothing; may notify too often and, after a cut, too rarely. */
export type ChangeNotifier = {
  /** Notifies where PostgreSQL does not do it by itself. Never throws. */
  notify(): Promise<void>
  /** Calls `wake` for each notification and after each reconnection. */
  listen(wake: () => void): void
  close(): Promise<void>
}

const reconnectAfterMs = 1000
/** Detects a peer that is gone without a word. */
const probeEveryMs = 10_000
/** The listener asks nothing that takes longer. */
const maxAnswerMs = 5000

/** Notifies by `NOTIFY`, which `publish()` sends within its transaction: delivered on commit, and only then. */
export function postgresChangeNotifier(
  connection: ReturnType<typeof connectionAs>,
  channel: 'live',
  log: Log,
): ChangeNotifier {
  let client: LimitedClient | null = null
  let timer: NodeJS.Timeout | null = null
  let probe: NodeJS.Timeout | null = null
  let closed = false

  async function connect(wake: () => void): Promise<void> {
    const next = new LimitedClient({
      ...connection,
      application_name: 'buergerdraht-live',
      ...connectionLimits,
      query_timeout: maxAnswerMs,
    })
    let lost = false
    function lose() {
      if (lost || closed) return
      lost = true
      client = null
      if (probe !== null) clearInterval(probe)
      next.end().catch(() => {})
      log.warn({}, 'live connection lost')
      timer = setTimeout(() => void connect(wake), reconnectAfterMs)
    }
    next.on('error', lose)
    next.on('end', lose)
    next.on('notification', wake)
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
    } catch {
      lose()
      return
    }
    if (closed) return void next.end().catch(() => {})
    client = next
    probe = setInterval(() => next.query('select 1').catch(lose), probeEveryMs)
    // What was published while nobody listened.
    wake()
  }

  return {
    notify: async () => {},
    listen: (wake) => void connect(wake),
    close: async () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
      if (probe !== null) clearInterval(probe)
      // Who does not answer does not say goodbye either.
      if (client !== null) await withinTime(client.end(), maxAnswerMs, 'The database').catch(() => {})
    },
  }
}

const maxPublishMs = 1000
const redisChannel = 'buergerdraht:live'

/** Notifies by Redis pub/sub: for several machines, or a connection pooler in front of PostgreSQL that cannot LISTEN. */
export function redisChangeNotifier(redisUrl: string, log: Log): ChangeNotifier {
  const publisher = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // Whoever has changed something waits for this.
    commandTimeout: maxPublishMs,
    socketTimeout: maxAnswerMs,
  })
  let subscriber: Redis | null = null
  let probe: NodeJS.Timeout | null = null
  publisher.on('error', () => {})
  publisher.connect().catch(() => {})
  return {
    notify: async () => {
      try {
        await publisher.publish(redisChannel, '')
      } catch {
        // The slow poll of the streams finds what nobody was notified of.
        log.warn({}, 'live change not notified')
      }
    },
    listen: (wake) => {
      const own = new Redis(redisUrl, {
        lazyConnect: true,
        maxRetriesPerRequest: null,
        socketTimeout: maxAnswerMs,
      })
      subscriber = own
      own.on('error', () => {})
      own.on('message', wake)
      // Subscriptions are renewed on reconnection by the client; what was missed is fetched then.
      own.on('ready', () => void own.subscribe(redisChannel).then(wake, () => {}))
      own.connect().catch(() => {})
      // An answer that does not come ends the connection, and the client opens another.
      probe = setInterval(() => own.status === 'ready' && own.ping().catch(() => {}), probeEveryMs)
    },
    close: async () => {
      if (probe !== null) clearInterval(probe)
      publisher.disconnect()
      subscriber?.disconnect()
    },
  }
}
