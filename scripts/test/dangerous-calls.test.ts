import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What runs in production: sources without tests and without what is generated. */
const sources = ['apps', 'packages', 'prisma']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => /(?:^|\/)src\/.*\.tsx?$/.test(path))
      .filter((path) => !/node_modules|\/dist\/|\/generated\/|\.test\.tsx?$|\.d\.ts$/.test(path)),
  )
  .toSorted()

function filesWith(pattern: RegExp): string[] {
  return sources.filter((path) => pattern.test(readFileSync(`${root}${path}`, 'utf8')))
}

test('the sources are looked at', () => {
  expect(sources.length).toBeGreaterThan(400)
  expect(sources).toContain('apps/web/src/inbox/markup.ts')
})

test.each([
  ['a program from text', /\beval\(|\bnew Function\(|setTimeout\(\s*['"`]|node:vm|\bimportScripts\(/],
  [
    'HTML from text',
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|srcDoc/,
  ],
  // What only the own origin hears is a BroadcastChannel (HTML §9.6).
  ['messages between origins', /window\.(?:opener|parent|top)\b|\bpostMessage\([^)]*,\s*['"`*]/],
  ['scripts of others', /\bJSONP\b|document\.createElement\(['"]script/],
])('nothing makes or takes %s', (_what, pattern) => {
  expect(filesWith(pattern)).toEqual([])
})

test('other programs are started in these places alone, with words of ours', () => {
  expect(filesWith(/\bexec(?:Sync|File|FileSync)\(|shell: true/)).toEqual([])
  expect(filesWith(/\bspawn(?:Sync)?\(|\bfork\(/)).toEqual([
    'apps/server/src/cli/other-program.ts',
    'packages/inbox/src/media/confined-process.ts',
    'prisma/src/data-directory-owner.ts',
    'prisma/src/postgres-cluster.ts',
    'prisma/src/postgres-process.ts',
  ])
})

test('patterns are made of text in these places alone: of routes, of words of ours, and of words that are looked for, escaped', () => {
  expect(filesWith(/new RegExp\(/)).toEqual([
    'apps/server/src/http/method-not-allowed.ts',
    'apps/web/src/requests/marked-pieces.ts',
    'packages/inbox/src/media/pdf-content.ts',
  ])
})
