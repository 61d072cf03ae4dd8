import { createHash, randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import type { HandOverFailure } from '@buergerdraht/contract'
import type { Client, FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { type AnswerFile, type Answers, AnswersUnreachable, isAnswerName } from './answers.ts'

/** A folder on an SSH server, and who we are there. Below it lie `out`, `in` and `refused`, as in a drop folder. */
export type SftpFolder = {
  readonly host: string
  readonly port: number
  readonly user: string
  /** Of its host keys: `SHA256:` and base64 without padding, as OpenSSH shows them. Nobody with another key is told anything. */
  readonly hostKeys: readonly string[]
  readonly password: string | null
  /** In the format of OpenSSH or PEM, without a passphrase. */
  readonly privateKey: string | null
  /** From the root, or from the home of the user where it does not begin with a slash. */
  readonly path: string
}

const patienceMs = 20_000
/** Of a file of four gigabytes over a slow line. */
const transferMs = 30 * 60 * 1000

/** Status codes of draft-ietf-secsh-filexfer-02 section 7. */
const status = { eof: 1, noSuchFile: 2 } as const

/** Nobody answers, or not the one who should, or they do not know us. */
class ConnectionFailed extends Error {
  readonly fault: 'unreachable' | 'wrong-host' | 'login-refused'
  constructor(fault: ConnectionFailed['fault']) {
    super('No connection to the SFTP server.')
    this.fault = fault
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code
}

/** One call of the protocol. */
function asked<Value = void>(
  call: (done: (error: Error | null | undefined, value: Value) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)))
  })
}

/** Of an SSH host key, as `ssh-keygen -l` shows it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

async function connect(client: Client, folder: SftpFolder): Promise<void> {
  const { host, port, user, hostKeys, password, privateKey } = folder
  let isStranger = false
  let isLogin = true
  try {
    await new Promise<void>((resolve, reject) => {
      client
        .once('ready', resolve)
        .on('error', reject)
        .once('close', () => reject(new Error('closed')))
      client.connect({
        host,
        port,
        username: user,
        ...(privateKey === null ? { password: password ?? '' } : { privateKey }),
        hostVerifier: (key: Buffer) => {
          isStranger = !hostKeys.includes(fingerprintOf(key))
          return !isStranger
        },
        readyTimeout: patienceMs,
        keepaliveInterval: patienceMs,
        keepaliveCountMax: 3,
      })
      // It has read the settings, and thrown if it cannot read the private key.
      isLogin = false
      // Each request waits for its answer: held back for more to come, both would wait.
      client.setNoDelay(true)
    })
  } catch (error) {
    isLogin ||= (error as { level?: string }).level === 'client-authentication'
    throw new ConnectionFailed(isStranger ? 'wrong-host' : isLogin ? 'login-refused' : 'unreachable')
  }
}

/** Connects for the time of `work`. @throws ConnectionFailed, also where the connection breaks meanwhile */
async function connected<Result>(
  folder: SftpFolder,
  signal: AbortSignal,
  work: (sftp: SFTPWrapper) => Promise<Result>,
): Promise<Result> {
  const { Client } = await import('ssh2')
  const client = new Client()
  const until = AbortSignal.any([signal, AbortSignal.timeout(transferMs)])
  function stop() {
    client.destroy()
  }
  until.addEventListener('abort', stop, { once: true })
  try {
    until.throwIfAborted()
    await connect(client, folder)
    const broken = new Promise<never>((_, reject) => {
      client.once('close', () => reject(new ConnectionFailed('unreachable')))
    })
    const sftp = await Promise.race([broken, asked<SFTPWrapper>((done) => client.sftp(done))])
    return await Promise.race([broken, work(sftp)])
  } finally {
    until.removeEventListener('abort', stop)
    client.destroy()
  }
}

/** There, or made. */
async function makeFolder(sftp: SFTPWrapper, path: string): Promise<void> {
  await asked((done) => sftp.mkdir(path, done)).catch(() => {})
}

/** Takes the place of a file that is there: by the extension of OpenSSH at once, else the old one goes first. */
async function renameOver(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  try {
    await asked((done) => sftp.ext_openssh_rename(from, to, done))
  } catch {
    await asked((done) => sftp.unlink(to, done)).catch(() => {})
    await asked((done) => sftp.rename(from, to, done))
  }
}

class ContentUnreadable extends Error {}

async function* readable(content: Readable): AsyncGenerator<Buffer> {
  try {
    yield* content as AsyncIterable<Buffer>
  } catch {
    throw new ContentUnreadable()
  }
}

/** A new file, on the disk of the server where it knows how to say so (an extension of OpenSSH). */
async function write(sftp: SFTPWrapper, path: string, content: Readable): Promise<void> {
  const file = await asked<Buffer>((done) => sftp.open(path, 'wx', 0o660, done))
  try {
    let position = 0
    for await (const chunk of readable(content)) {
      await asked((done) => sftp.write(file, chunk, 0, chunk.length, position, done))
      position += chunk.length
    }
    await asked((done) => sftp.ext_openssh_fsync(file, done)).catch(() => {})
  } finally {
    await asked((done) => sftp.close(file, done))
  }
}

/**
 * Lays a file down in `out`: it appears under its name as a whole, or not at all. Null: the server has it. A second time does no harm. `package-missing`:
 * its content could not be read to its end.
 */
export async function layDownOverSftp(
  folder: SftpFolder,
  name: string,
  content: Readable,
  signal: AbortSignal,
): Promise<HandOverFailure | null> {
  try {
    return await connected(folder, signal, async (sftp) => {
      const out = posix.join(folder.path, 'out')
      const unfinished = posix.join(out, `.${name}.${randomUUID()}.part`)
      await makeFolder(sftp, out)
      try {
        await write(sftp, unfinished, content)
        await renameOver(sftp, unfinished, posix.join(out, name))
        return null
      } catch (error) {
        await asked((done) => sftp.unlink(unfinished, done)).catch(() => {})
        if (error instanceof ContentUnreadable) return 'package-missing'
        throw error
      }
    })
  } catch (error) {
    if (error instanceof ConnectionFailed) return error.fault
    return 'refused'
  } finally {
    content.destroy()
  }
}

/** Names of files in a folder, links not among them; none where there is no folder. */
async function filesIn(sftp: SFTPWrapper, path: string): Promise<string[]> {
  try {
    const entries = await asked<FileEntryWithStats[]>((done) => sftp.readdir(path, done))
    return entries.filter(({ attrs }) => attrs.isFile()).map(({ filename }) => filename)
  } catch (error) {
    if (codeOf(error) === status.noSuchFile) return []
    throw error
  }
}

function markOf({ size, mtime }: Stats): string {
  return `${size}:${mtime}`
}

async function read(
  sftp: SFTPWrapper,
  path: string,
  name: string,
  maxBytes: number,
): Promise<AnswerFile | null> {
  let file: Buffer
  try {
    file = await asked<Buffer>((done) => sftp.open(path, 'r', done))
  } catch (error) {
    if (codeOf(error) === status.noSuchFile) return null
    throw error
  }
  try {
    const stats = await asked<Stats>((done) => sftp.fstat(file, done))
    const bytes = Buffer.alloc(Math.min(stats.size, maxBytes + 1))
    let length = 0
    while (length < bytes.length) {
      const more = await new Promise<number>((resolve, reject) => {
        sftp.read(file, bytes, length, bytes.length - length, length, (error, bytesRead) =>
          error === undefined || error === null || codeOf(error) === status.eof
            ? resolve(bytesRead ?? 0)
            : reject(error),
        )
      })
      if (more === 0) break
      length += more
    }
    return { name, bytes: bytes.subarray(0, length), mark: markOf(stats), isYoung: null }
  } finally {
    await asked((done) => sftp.close(file, done))
  }
}

/** @throws AnswersUnreachable where the server says no: it has few words for why (section 7) */
async function permitted<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (typeof codeOf(error) === 'number') throw new AnswersUnreachable('no-access')
    throw error
  }
}

/** Whether it is still the file that was read. */
async function isSame(sftp: SFTPWrapper, path: string, { mark }: AnswerFile): Promise<boolean> {
  try {
    return markOf(await asked<Stats>((done) => sftp.lstat(path, done))) === mark
  } catch (error) {
    if (codeOf(error) === status.noSuchFile) return false
    throw error
  }
}

/** What lies in `in` as answers; the connection lasts as long as the look. @throws AnswersUnreachable */
export async function answersOverSftp(
  folder: SftpFolder,
  signal: AbortSignal,
  work: (answers: Answers) => Promise<void>,
): Promise<void> {
  const inbox = posix.join(folder.path, 'in')
  const refused = posix.join(folder.path, 'refused')
  function answersBy(sftp: SFTPWrapper): Answers {
    return {
      names: () =>
        permitted(async () => {
          const files = await filesIn(sftp, inbox)
          return files.filter(isAnswerName).sort()
        }),
      read: (name, maxBytes) => permitted(() => read(sftp, posix.join(inbox, name), name, maxBytes)),
      drop: (file) =>
        permitted(async () => {
          const path = posix.join(inbox, file.name)
          if (await isSame(sftp, path, file)) await asked((done) => sftp.unlink(path, done))
        }),
      putAside: (file) =>
        permitted(async () => {
          const path = posix.join(inbox, file.name)
          if (!(await isSame(sftp, path, file))) return
          await makeFolder(sftp, refused)
          const aside = posix.join(refused, `${randomUUID()}-${file.name}`)
          await asked((done) => sftp.rename(path, aside, done))
        }),
    }
  }
  try {
    await connected(folder, signal, (sftp) => work(answersBy(sftp)))
  } catch (error) {
    if (error instanceof ConnectionFailed) throw new AnswersUnreachable(error.fault)
    throw error
  }
}
