import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import type { TlsAuthority } from './tls-authority.ts'

type Redis = {
  url: string
  directory: string
  /** It answers nobody until it is resumed, and refuses nobody either. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/**
 * A real redis-server with its append-only file in a folder of its own, as docker-compose.yml runs it.
 * @param tls it answers over TLS alone
 */
export async function startRedis(tls?: TlsAuthority): Promise<Redis> {
  const directory = mkdtempSync(join(tmpdir(), 'buergerdraht-redis-'))
  const port = await freePort()
  const plain = ['--port', String(port)]
  const encrypted = tls && [
    ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
    ...['--tls-ca-cert-file', tls.caFile, '--tls-cert-file', tls.certFile, '--tls-key-file', tls.keyFile],
  ]
  const settings = ['--bind', '127.0.0.1', ...(encrypted ?? plain), '--dir', directory, '--appendonly', 'yes']
  const server = spawn('redis-server', [...settings, '--save', '', '--maxmemory-policy', 'noeviction'], {
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}.`)
    await sleep(20)
  }
  return {
    url: `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    directory,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async stop() {
      server.kill('SIGCONT')
      server.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}
