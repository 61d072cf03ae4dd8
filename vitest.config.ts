import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/**
 * Stories and journeys start programs and run against the built packages: `npm run build` first, or `npm test`, which does. Unit tests read
 * the sources of all packages and need no build but the database client's.
 */
const sources = [
  'prisma',
  ...['packages', 'apps'].flatMap((parent) => readdirSync(parent).map((name) => `${parent}/${name}`)),
].flatMap((folder) => {
  const { name, exports = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  return Object.entries<{ types?: string }>(exports).flatMap(([path, { types }]) =>
    types === undefined
      ? []
      : {
          find: new RegExp(`^${name}${path.slice(1)}$`),
          replacement: resolve(folder, types.replace('./dist/', './src/').replace('.d.ts', '.ts')),
        },
  )
})
const setupFiles = ['./testing/console-noise.ts']
const globalSetup = ['./testing/postgres.ts']
/** What a test waits for is a state. The times only end what hangs, so they suit a machine that is busy with other things. */
const patience = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
}

export default defineConfig({
  test: {
    // Stories wait for processes and databases more than they compute: two at a time, also on two cores.
    maxWorkers: 2,
    // No test rests on another one: the tests of each file run in another order each time. The seed is printed; `--sequence.seed` repeats a
    // run. It stands here alone, because what the projects' own `sequence` says about shuffling is not heard.
    sequence: { shuffle: { files: false, tests: true } },
    projects: [
      {
        resolve: { alias: sources },
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'prisma/src/**/*.test.ts'],
          setupFiles,
          ...patience,
        },
      },
      {
        test: {
          name: 'story',
          include: ['{apps,packages}/*/test/**/*.test.ts', 'prisma/test/**/*.test.ts'],
          setupFiles,
          globalSetup,
          ...patience,
        },
      },
      {
        // The main stories once more, with queue and live fan-out in Redis.
        test: {
          name: 'redis',
          include: ['apps/server/test/{desk,intake,attachments}.test.ts'],
          env: { STORY_QUEUE: 'redis' },
          setupFiles,
          globalSetup,
          ...patience,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['apps/web/e2e/**/*.test.ts'],
          setupFiles,
          globalSetup,
          ...patience,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The two commands and the production output: whole starts, with nothing smaller beside them.
        test: {
          name: 'operation',
          include: ['scripts/test/**/*.test.ts'],
          setupFiles,
          globalSetup,
          ...patience,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
