import pg from 'pg'

/** For every connection of a running process: nobody waits for ever for a database that hangs. Milliseconds. */
export const connectionLimits = {
  /** To be given a connection, an open one or a new one. */
  connectionTimeoutMillis: 10_000,
  /** What a burst has opened stays for the next one: opening many at once keeps everybody waiting who is served meanwhile. */
  idleTimeoutMillis: 3_600_000,
  /** The server itself ends a statement that takes longer, and its locks are let go. */
  statement_timeout: 30_000,
  /** A server that has not even said no by then is not there any more: machine paused, network cut. */
  query_timeout: 35_000,
  /** Who has gone silent within a transaction holds its locks no longer. */
  idle_in_transaction_session_timeout: 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const

const noAnswer = 'Query read timeout'

/**
 * A connection that is given up when an answer does not come within `query_timeout`: whatever else waits for it fails at once, and its
 * pool opens another. The driver alone reports the time-out and goes on using the connection.
 */
export class LimitedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    // A pool listens to connections that are idle; one in use that breaks between two statements would end the process. Its holder
    // hears of it from the next statement.
    this.on('error', () => {})
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    const giveUp = () => this.end().catch(() => {})
    function watched(...args: unknown[]): unknown {
      const answer = query(...args)
      if (answer instanceof Promise) {
        answer.catch((error: unknown) => {
          if (error instanceof Error && error.message === noAnswer) void giveUp()
        })
      }
      return answer
    }
    this.query = watched as typeof this.query
  }
}
