import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lockClasses, locks } from './locks.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Every file below the folders whose name fits, by its path from the root. */
function filesOf(folders: readonly string[], name: RegExp): { path: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => name.test(path) && !/\/(node_modules|dist|generated)\//.test(path))
      .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') })),
  )
}

/** The source folders of everything that runs. */
const sources = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(`${root}${parent}`).map((name) => `${parent}/${name}/src`),
)

const pairs: string[] = Object.values(locks).map((pair) => pair.join(', '))

test('no two locks are one', () => {
  expect(new Set(pairs).size).toBe(pairs.length)
  const classes: number[] = [...Object.values(lockClasses), ...Object.values(locks).map(([one]) => one)]
  for (const one of Object.values(lockClasses))
    expect(classes.filter((other) => other === one)).toHaveLength(1)
})

test('a lock that a migration takes has its name here', () => {
  const taken = filesOf(['prisma/migrations'], /\.sql$/).flatMap(({ text }) =>
    [...text.matchAll(/pg_(?:try_)?advisory_\w+\(([^)]*)\)/g)].map(([, numbers]) => numbers),
  )
  expect(taken).not.toEqual([])
  for (const numbers of taken) expect(pairs).toContain(numbers)
})

test('nobody else takes locks by number', () => {
  const others = filesOf([...sources, 'prisma/src', 'scripts'], /\.(ts|tsx|mjs)$/)
    .filter(({ path, text }) => !path.endsWith('.test.ts') && /pg_(try_)?advisory_/.test(text))
    .map(({ path }) => path)
  expect(others).toEqual(['packages/office/src/database/locks.ts', 'prisma/src/migrate.ts'])
})
