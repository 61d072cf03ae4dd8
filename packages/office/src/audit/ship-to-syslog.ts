import { once } from 'node:events'
import { hostname } from 'node:os'
import { connect, type TLSSocket } from 'node:tls'
import type { ShippedEntry } from './shipped-entry.ts'

const patienceMs = 15_000

/** Facility 13, log audit; warning for what was refused, informational for the rest (RFC 5424 §6.2.1). */
const audit = 13 * 8
const warning = audit + 4
const informational = audit + 6

/** The registered counter (RFC 5424 §7.3.1): by it a receiver tells gaps and repetitions. */
function sequence(index: number): string {
  return `[meta sequenceId="${(index % 2_147_483_647) + 1}"]`
}

/** A message of RFC 5424. The JSON in it is ASCII: ids, words of closed lists, numbers. */
function syslogMessage(entry: ShippedEntry, host: string): string {
  const act = entry.entry?.act ?? 'expired'
  const priority = act === 'refused' || act === 'sign-in-failed' ? warning : informational
  const at = entry.entry?.at ?? '-'
  return `<${priority}>1 ${at} ${host} buergerdraht - ${act} ${sequence(entry.index)} ${JSON.stringify(entry)}`
}

/** Octet counting (RFC 5425 §4.3). */
function syslogFrame(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`
}

export type SyslogReceiver = {
  readonly host: string
  readonly port: number
  /** Authorities that are trusted instead of the system's, PEM. */
  readonly ca?: string | undefined
  /** Certificate and key of this office, PEM. */
  readonly identity?: string | undefined
}

async function connected({ host, port, ca, identity }: SyslogReceiver): Promise<TLSSocket> {
  const socket = connect({
    host,
    port,
    servername: host,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca }),
    ...(identity === undefined ? {} : { cert: identity, key: identity }),
  })
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('The receiver says nothing.')))
  try {
    await once(socket, 'secureConnect')
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/**
 * Sends entries over TLS to a certificate that is verified. Syslog acknowledges nothing; a receiver that has read everything closes when we
 * have closed, and one that dies before it has read resets the connection. One that dies with what it has read closes like one that lives; but it
 * lets nobody in afterwards. So each batch has a connection of its own, and has arrived when the other side has closed after us and then greets us
 * once more. @throws what says that nobody knows whether it has arrived
 */
export async function shipToSyslog(
  receiver: SyslogReceiver,
  entries: readonly ShippedEntry[],
): Promise<void> {
  const socket = await connected(receiver)
  const host = hostname().replace(/[^\x21-\x7e]/g, '') || '-'
  await new Promise<void>((resolve, reject) => {
    let isSaid = false
    socket.once('error', reject)
    socket.once('finish', () => {
      isSaid = true
    })
    socket.once('close', () => (isSaid ? resolve() : reject(new Error('The receiver has hung up.'))))
    // What a receiver says is nothing to us, but must be read, or its end is never seen.
    socket.resume()
    socket.end(entries.map((entry) => syslogFrame(syslogMessage(entry, host))).join(''))
  }).finally(() => socket.destroy())
  const greeting = await connected(receiver)
  greeting.destroy()
}
