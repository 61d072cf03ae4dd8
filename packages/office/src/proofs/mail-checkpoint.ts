import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A mailbox of somebody else, and the server that takes mails for it. */
export type Mailbox = {
  readonly to: string
  readonly from: string
  /** `smtps://user:password@host:port`, or `smtp://…`, which has to go on encrypted (STARTTLS, RFC 3207) but on this machine. */
  readonly serverUrl: string
  /** Whose log it is, as the authority calls itself. */
  readonly authority: string
}

type MailFault =
  /** The server does not answer, or not encrypted. */
  | 'MAILBOX_UNREACHABLE'
  | 'MAILBOX_LOGIN'
  /** It does not take the mail: for this address, from this sender, or at all. */
  | 'MAILBOX_REFUSES'

type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: MailFault }

const timeoutMs = 30_000

function isOnThisMachine(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(host)
}

function faultOf(error: unknown): MailFault {
  const { code } = error as { code?: string }
  if (code === 'EAUTH') return 'MAILBOX_LOGIN'
  return code === 'EENVELOPE' || code === 'EMESSAGE' ? 'MAILBOX_REFUSES' : 'MAILBOX_UNREACHABLE'
}

/** What is written: nothing about anybody, and how it is checked. */
function wordsOf(log: string, size: number, isStamped: boolean): string {
  const stamp = isStamped ? ` und ${log}-${size}.tsr (Zeitstempel, RFC 3161)` : ''
  return `Prüfpunkt des Registers ${log} über ${size} Einträge. Angehängt: ${log}-${size}.txt (signiert, c2sp.org/tlog-checkpoint)${stamp}.

Bitte bewahren Sie diese Nachricht auf. Sie enthält nichts über Personen. Wird das Register später umgeschrieben, passt es
nicht mehr zu dem, was hier steht: "buergerdraht verify" oder die Seite "Protokoll" vergleichen beides.

Checkpoint of the log ${log} with ${size} entries. Please keep this message: a log that is rewritten later does not go together with it.
`
}

/**
 * Mails the checkpoint of a size, with its time stamp where there is one, to somebody who keeps it. `ok` says that the server has taken it for that address
 * (RFC 5321 section 4.2.5), not that anybody has it or keeps it: that only whoever reads the mailbox knows.
 */
export async function mailCheckpoint(
  logFolder: string,
  size: number,
  { to, from, serverUrl, authority }: Mailbox,
  log: string,
): Promise<Answer> {
  const checkpoint = await readFile(join(logFolder, 'checkpoints', `${size}.txt`))
  const stamp = await readFile(join(logFolder, 'checkpoints', `${size}.tsr`)).catch(() => null)
  const { protocol, hostname, port, username, password } = new URL(serverUrl)
  const { createTransport } = await import('nodemailer')
  const isTls = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 465 : 587) : Number(port),
    secure: isTls,
    requireTLS: !isTls && !isOnThisMachine(hostname),
    ignoreTLS: isOnThisMachine(hostname) && !isTls,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Attachments are what is given here, never what an address or a path says.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from,
      to,
      subject: `Prüfpunkt ${log} ${size} – ${authority}`,
      text: wordsOf(log, size, stamp !== null),
      attachments: [
        // In base64, because signed text may not be wrapped or have its line ends changed.
        { filename: `${log}-${size}.txt`, content: checkpoint, contentType: 'application/octet-stream' },
        ...(stamp === null
          ? []
          : [{ filename: `${log}-${size}.tsr`, content: stamp, contentType: 'application/timestamp-reply' }]),
      ],
    })
    return { ok: true }
  } catch (error) {
    return { ok: false, fault: faultOf(error) }
  } finally {
    transport.close()
  }
}
