import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Clamd = {
  /** `unix:` address of its socket. */
  readonly url: string
  stop(): Promise<void>
}

/** Debian's clamav-daemon. */
export const clamdBinary = ['/usr/sbin/clamd', '/usr/bin/clamd', '/usr/local/sbin/clamd'].find((path) =>
  existsSync(path),
)

/** The test file that every scanner reports (EICAR), in two parts so that none reports this one. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
)

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('connect', () => socket.write('zPING\0'))
    socket.once('data', (answer) => {
      resolve(answer.includes('PONG'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
  })
}

/**
 * A real clamd that knows one signature, EICAR's, and needs no downloaded ones. @param maxBytes
 * `StreamMaxLength`
 */
export async function startClamd(maxBytes = 110 * 1024 * 1024): Promise<Clamd> {
  if (clamdBinary === undefined) throw new Error('clamd is not installed (Debian: clamav-daemon).')
  const folder = await mkdtemp(join(tmpdir(), 'clamd-'))
  const socket = join(folder, 'socket')
  const md5 = createHash('md5').update(eicar).digest('hex')
  await writeFile(join(folder, 'local.hdb'), `${md5}:${eicar.length}:Eicar-Test-Signature\n`)
  // Found inside other files as well: any type (0), any offset.
  await writeFile(join(folder, 'local.ndb'), `Eicar-Inside:0:*:${eicar.toString('hex')}\n`)
  const settings = [
    `DatabaseDirectory ${folder}`,
    `LocalSocket ${socket}`,
    `TemporaryDirectory ${folder}`,
    'Foreground yes',
    `StreamMaxLength ${maxBytes}`,
    `MaxScanSize ${maxBytes}`,
    `MaxFileSize ${maxBytes}`,
  ]
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`)
  const clamd = spawn(clamdBinary, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' })
  for (let tries = 0; !(await answers(socket)); tries += 1) {
    if (tries === 1200 || clamd.exitCode !== null) throw new Error('clamd does not start.')
    await sleep(50)
  }
  return {
    url: `unix:${socket}`,
    stop: async () => {
      const ended = new Promise((resolve) => clamd.once('exit', resolve))
      clamd.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
