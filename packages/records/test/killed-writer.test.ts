import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLog } from '../src/log/file-log.ts'
import { leafHash, rootOf } from '../src/log/merkle-tree.ts'

function leaf(at: number) {
  return leafHash(Buffer.from(`${at}`))
}

/** Appends batches of different sizes for ever and says after each how far the log has been acknowledged. */
const program = `
  const { openLog, leafHash } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)})
  const { log } = await openLog(process.argv[1])
  for (let batch = 1; ; batch = (batch % 400) + 37) {
    const records = Array.from({ length: batch }, (_, at) => ({ leaf: leafHash(Buffer.from(String(log.size + at))) }))
    await log.append(records)
    process.stdout.write(log.size + '\\n')
  }`

it('a log survives its writer being killed at any moment, with every acknowledged leaf', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'killed-'))
  let acknowledged = 0
  for (let round = 0; round < 5; round++) {
    const writer = spawn(process.execPath, ['--input-type=module', '-e', program, folder])
    let output = ''
    writer.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    await new Promise((resolve) => writer.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
    writer.kill('SIGKILL')
    await new Promise((resolve) => writer.once('close', resolve))
    const finished = output.split('\n').slice(0, -1).map(Number)
    acknowledged = Math.max(acknowledged, ...finished)
    const { log, close } = await openLog(folder, { minSize: acknowledged })
    expect(log.size).toBeGreaterThanOrEqual(acknowledged)
    expect(log.head('o').root).toEqual(rootOf(Array.from({ length: log.size }, (_, at) => leaf(at))))
    await log.proveInclusion(acknowledged - 1)
    await close()
  }
  await rm(folder, { recursive: true })
})
