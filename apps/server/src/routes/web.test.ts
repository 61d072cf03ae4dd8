import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inbox } from '@buergerdraht/inbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { baseApp } from '../http/base-app.ts'
import { answerWithPage, webRoutes } from './web.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'buergerdraht-web-'))
  mkdirSync(join(directory, 'assets'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function build(name: string) {
  writeFileSync(join(directory, 'index.html'), `<script src="/assets/${name}.js"></script>`)
  writeFileSync(join(directory, 'assets', `${name}.js`), name)
}

test.each([
  ['is served as it is now, while it is developed', true, ['new', 'new', 200]],
  ['is served as it was at the start, once it is installed', false, ['old', 'old', 404]],
])('a page that is built anew %s', async (_when, rebuilt, expected) => {
  build('old')
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const app = baseApp(
    { log, now: () => new Date() } as unknown as Inbox,
    [],
    answerWithPage(directory, rebuilt),
  )
  webRoutes(app, directory, rebuilt)
  expect((await app.inject('/')).body).toContain('old')
  build('new')
  const page = await app.inject('/')
  const [, name] = /assets\/(\w+)\.js/.exec(page.body) ?? []
  const script = await app.inject(`/assets/${name}.js`)
  const other = await app.inject('/assets/new.js')
  expect([name, script.body, other.statusCode]).toEqual(expected)
  await app.close()
})
