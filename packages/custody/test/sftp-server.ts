import { timingSafeEqual } from 'node:crypto'
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import ssh2, { type ParsedKey, type SFTPWrapper, type Stats } from 'ssh2'

const { Server, utils } = ssh2
const { STATUS_CODE: code } = utils.sftp

export type SftpServer = {
  readonly port: number
  /** What lies at `/`. */
  readonly root: string
  /** Of its host key, raw. */
  readonly hostKey: Buffer
  /** What it refuses from now on, by the name of the request. */
  readonly refuses: Set<'RENAME' | 'REMOVE' | 'OPENDIR' | 'WRITE'>
  /** How often somebody has signed in, or tried to. */
  readonly signIns: string[]
  /** Breaks all connections. */
  drop(): void
  close(): Promise<void>
}

function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Awaited<ReturnType<typeof lstat>>): Stats {
  return {
    mode: Number(mode),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    atime: Math.floor(Number(atimeMs) / 1000),
    mtime: Math.floor(Number(mtimeMs) / 1000),
  } as Stats
}

/** Serves a folder by version 3 of the protocol, without the extensions of OpenSSH. */
function serve(sftp: SFTPWrapper, { root, refuses }: SftpServer): void {
  const files = new Map<number, FileHandle>()
  const listings = new Map<number, string[]>()
  let last = 0
  function newHandle(): { number: number; handle: Buffer } {
    last += 1
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(last)
    return { number: last, handle }
  }
  function at(path: string): string {
    return join(root, normalize(`/${path}`))
  }
  function answer(request: number, work: () => Promise<void>, isRefused = false): void {
    if (isRefused) sftp.status(request, code.PERMISSION_DENIED)
    else
      work().catch((error: NodeJS.ErrnoException) => {
        sftp.status(request, error.code === 'ENOENT' ? code.NO_SUCH_FILE : code.FAILURE)
      })
  }
  function fileOf(handle: Buffer): FileHandle {
    const file = files.get(handle.readUInt32BE())
    if (file === undefined) throw new Error('no such handle')
    return file
  }
  sftp
    .on('close', () => {
      for (const file of files.values()) file.close().catch(() => {})
      files.clear()
    })
    .on('OPEN', (request, path, flags) =>
      answer(request, async () => {
        const file = await open(at(path), utils.sftp.flagsToString(flags) ?? 'r')
        const { number, handle } = newHandle()
        files.set(number, file)
        sftp.handle(request, handle)
      }),
    )
    .on('WRITE', (request, handle, offset, data) =>
      answer(
        request,
        async () => {
          await fileOf(handle).write(data, 0, data.length, offset)
          sftp.status(request, code.OK)
        },
        refuses.has('WRITE'),
      ),
    )
    .on('READ', (request, handle, offset, length) =>
      answer(request, async () => {
        const { bytesRead, buffer } = await fileOf(handle).read(Buffer.alloc(length), 0, length, offset)
        if (bytesRead === 0) sftp.status(request, code.EOF)
        else sftp.data(request, buffer.subarray(0, bytesRead))
      }),
    )
    .on('FSTAT', (request, handle) =>
      answer(request, async () => sftp.attrs(request, attributesOf(await fileOf(handle).stat()))),
    )
    .on('LSTAT', (request, path) =>
      answer(request, async () => sftp.attrs(request, attributesOf(await lstat(at(path))))),
    )
    .on('CLOSE', (request, handle) =>
      answer(request, async () => {
        const number = handle.readUInt32BE()
        await files.get(number)?.close()
        files.delete(number)
        listings.delete(number)
        sftp.status(request, code.OK)
      }),
    )
    .on('OPENDIR', (request, path) =>
      answer(
        request,
        async () => {
          const names = await readdir(at(path))
          const { number, handle } = newHandle()
          listings.set(
            number,
            names.map((name) => join(at(path), name)),
          )
          sftp.handle(request, handle)
        },
        refuses.has('OPENDIR'),
      ),
    )
    .on('READDIR', (request, handle) =>
      answer(request, async () => {
        const number = handle.readUInt32BE()
        const paths = listings.get(number) ?? []
        listings.set(number, [])
        if (paths.length === 0) sftp.status(request, code.EOF)
        else
          sftp.name(
            request,
            await Promise.all(
              paths.map(async (path) => {
                const filename = path.slice(path.lastIndexOf('/') + 1)
                return { filename, longname: filename, attrs: attributesOf(await lstat(path)) }
              }),
            ),
          )
      }),
    )
    .on('MKDIR', (request, path) =>
      answer(request, async () => {
        await mkdir(at(path))
        sftp.status(request, code.OK)
      }),
    )
    .on('REMOVE', (request, path) =>
      answer(
        request,
        async () => {
          await rm(at(path))
          sftp.status(request, code.OK)
        },
        refuses.has('REMOVE'),
      ),
    )
    .on('RENAME', (request, from, to) =>
      answer(
        request,
        async () => {
          // A server of version 3 replaces nothing.
          if (await lstat(at(to)).catch(() => null)) return sftp.status(request, code.FAILURE)
          await rename(at(from), at(to))
          sftp.status(request, code.OK)
        },
        refuses.has('RENAME'),
      ),
    )
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

/** An SFTP server that knows one user, by password or by key. */
export async function startSftpServer(
  root: string,
  { user, password, publicKey }: { user: string; password?: string; publicKey?: string },
): Promise<SftpServer> {
  // Not Ed25519: of the keys that this library makes of it, one in two hundred it cannot read itself.
  const own = utils.generateKeyPairSync('ecdsa', { bits: 256 })
  const hostKey = utils.parseKey(own.public) as ParsedKey
  const known = publicKey === undefined ? undefined : (utils.parseKey(publicKey) as ParsedKey)
  const connections = new Set<{ end(): unknown }>()
  const signIns: string[] = []
  const server = new Server({ hostKeys: [own.private] }, (client) => {
    connections.add(client)
    // It has it; its types do not.
    ;(client as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true)
    client
      .on('authentication', (context) => {
        if (context.method !== 'none') signIns.push(context.method)
        if (context.method === 'password' && password !== undefined) {
          if (context.username === user && isSame(context.password, password)) return context.accept()
        }
        if (context.method === 'publickey' && known !== undefined) {
          const isKey = context.key.data.equals(known.getPublicSSH())
          const { signature, blob } = context
          const isSigned =
            signature === undefined || (blob !== undefined && known.verify(blob, signature) === true)
          if (context.username === user && isKey && isSigned) return context.accept()
        }
        context.reject()
      })
      .on('session', (accept) => {
        accept().on('sftp', (acceptSftp) => serve(acceptSftp(), running))
      })
      .on('close', () => connections.delete(client))
      .on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const running: SftpServer = {
    port: (server.address() as AddressInfo).port,
    root,
    hostKey: hostKey.getPublicSSH(),
    refuses: new Set(),
    signIns,
    drop: () => {
      for (const one of connections) one.end()
    },
    close: () => {
      running.drop()
      return new Promise((done) => server.close(() => done()))
    },
  }
  return running
}
