import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isOpenToEveryone } from '@buergerdraht/prisma'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConfined } from '../../src/media/confined-process.ts'

const probe = fileURLToPath(new URL('confined-probe.mjs', import.meta.url))
let folder: string
let child: ChildProcess
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'buergerdraht-confined-'))
  mkdirSync(join(folder, 'keys'))
  writeFileSync(join(folder, 'keys/key'), 'secret')
  // Not the file's mode is to keep it out.
  for (const path of ['', 'keys']) chmodSync(join(folder, path), 0o777)
  chmodSync(join(folder, 'keys/key'), 0o666)
  child = startConfined(probe)
})
afterAll(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Answer = { done: boolean; code?: string; environment?: string[] }

function attempt(what: string, path = ''): Promise<Answer> {
  return new Promise((resolve) => {
    function died() {
      resolve({ done: false, code: 'died' })
    }
    child.once('exit', died)
    child.once('message', (answer) => {
      child.off('exit', died)
      resolve(answer as Answer)
    })
    child.send({ attempt: what, path })
  })
}

test('what opens strangers’ files cannot read the keys, wherever they lie and whoever may read them', async () => {
  expect(await attempt('read', probe)).toMatchObject({ done: true })
  const denied = { done: false, code: 'ERR_ACCESS_DENIED' }
  expect(await attempt('read', join(folder, 'keys/key'))).toEqual(denied)
  expect(await attempt('list', join(folder, 'keys'))).toEqual(denied)
  expect(await attempt('read', join(folder, 'keys/../keys/key'))).toEqual(denied)
  for (const path of [
    '/etc/passwd',
    '/proc/self/environ',
    `/proc/${process.pid}/environ`,
    `/proc/self/root${folder}/keys/key`,
  ])
    expect(await attempt('read', path), path).toEqual(denied)
  // The default place of the data folder is beside the program.
  const dataDir = fileURLToPath(new URL('../../../../.data', import.meta.url))
  expect(await attempt('list', dataDir)).toEqual(denied)
})

test('it writes nothing, starts nothing, and knows no settings', async () => {
  const denied = { done: false, code: 'ERR_ACCESS_DENIED' }
  expect(await attempt('write', join(folder, 'new'))).toEqual(denied)
  expect(await attempt('write', `${probe}.new`)).toEqual(denied)
  expect(await attempt('start')).toEqual(denied)
  expect(await attempt('thread')).toEqual(denied)
  expect((await attempt('read', probe)).environment).not.toContain('DATABASE_URL')
})

test('others get the processor first', () => {
  expect(getPriority(child.pid)).toBeGreaterThanOrEqual(10)
})

test('the kernel bounds its memory and files, and it is not root where another can read the program', async () => {
  // It has begun: the shell that bounds it has given it its place.
  expect(await attempt('read', probe)).toMatchObject({ done: true })
  const limits = readFileSync(`/proc/${child.pid}/limits`, 'utf8')
  expect(limits).toMatch(/Max data size +2147483648 /)
  expect(limits).toMatch(/Max core file size +0 /)
  expect(limits).toMatch(/Max file size +0 /)
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
  const readable = [process.execPath, dirname(probe)].every(isOpenToEveryone)
  const own = process.getuid?.()
  expect(Number(uid)).toBe(own === 0 && readable ? 65534 : own)
})

test('what takes too much memory ends it, and nobody else', async () => {
  expect(await attempt('allocate')).toMatchObject({ done: false })
})
