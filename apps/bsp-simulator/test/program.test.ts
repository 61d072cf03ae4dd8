import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

type Ended = {
  readonly code: number | null
  readonly output: string
  readonly complaint: string
}

/** Runs the program until it ends; `onOutput` hears what it prints. */
function run(environment: Record<string, string>, onOutput: (output: string, stop: () => void) => void) {
  return new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    })
    let output = ''
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += String(chunk)
      onOutput(output, () => child.kill('SIGTERM'))
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += String(chunk)
    })
    child.on('close', (code) => resolve({ code, output, complaint }))
  })
}

test('says where it listens and ends on SIGTERM with status 0', async () => {
  let health: Promise<Response> | undefined
  const { code, output, complaint } = await run({ SIMULATOR_PORT: '0' }, (printed, stop) => {
    const url = printed.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]
    if (url) health = fetch(`${url}/office`).finally(stop)
  })
  expect(complaint).toBe('')
  expect(output).toMatch(/^The simulator's phone is at http:\/\/127\.0\.0\.1:\d+\n$/)
  expect((await health)?.status).toBe(200)
  expect(code).toBe(0)
})

test('a port in use is one sentence and status 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { code, complaint } = await run({ SIMULATOR_PORT: String(port) }, () => undefined)
  server.close()
  expect([code, complaint]).toEqual([
    1,
    'The simulator cannot start: another program already listens on its port; set SIMULATOR_PORT.\n',
  ])
})

test('a wrong configuration names every fault and is status 1', async () => {
  const { code, complaint } = await run({ PORT: 'x', SIMULATOR_WABA_ID: 'y' }, () => undefined)
  expect(code).toBe(1)
  expect(complaint).toMatch(/the configuration is wrong\.\nPORT: .*\nSIMULATOR_WABA_ID: .*\n$/)
})
