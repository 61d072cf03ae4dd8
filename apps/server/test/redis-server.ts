import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { freePort } from './free-port.ts'

export interface RedisServer {
  readonly url: string
  stop(): Promise<void>
}

export const redisBinary = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) =>
  existsSync(path),
)

const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve()
    })
    server.on('exit', (status) => reject(new Error(`redis-server ended with ${status}`)))
  })

/** A real redis-server of its own, which keeps nothing. */
export const startRedis = async (): Promise<RedisServer> => {
  if (redisBinary === undefined) throw new Error('redis-server is not installed.')
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn(redisBinary, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  await ready(server)
  return {
    url: `redis://127.0.0.1:${port}/0`,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve())
        server.kill('SIGKILL')
      }),
  }
}
