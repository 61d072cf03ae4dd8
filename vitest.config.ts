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
  const { name, exports = {}, imports = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  function sourceOf(built: string): string {
    return resolve(folder, built.replace('./dist/', './src/').replace(/(?:\.d\.ts|\.js)$/, '.ts'))
  }
  return [
    ...Object.entries<{ types?: string }>(exports).flatMap(([path, { types }]) =>
      types === undefined
        ? []
        : { find: new RegExp(`^${name}${path.slice(1)}$`), replacement: sourceOf(types) },
    ),
    ...Object.entries<{ default: string }>(imports).map(([path, built]) => ({
      find: new RegExp(`^${path}$`),
      replacement: sourceOf(built.default),
    })),
  ]
})
const setupFiles = ['./testing/console-noise.ts']
const globalSetup = ['./testing/postgres.ts']
/** What a test waits for is a state. The times only end what hangs, so they suit a machine that is busy with other things. */
const patience = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
}
/** One process for file after file: the server and all that it imports are loaded once a process. A file's office is still its own. */
const shared = { isolate: false }

export default defineConfig({
  test: {
    // Stories and journeys wait for processes, databases and pages about as long as they compute: three at a time, also on two cores.
    maxWorkers: 3,
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
          ...shared,
          include: ['{apps,packages}/*/test/**/*.test.ts', 'prisma/test/**/*.test.ts'],
          // One of them puts something in the place of node:crypto, for all that shares its process.
          exclude: ['packages/records/test/**'],
          setupFiles,
          globalSetup,
          ...patience,
        },
      },
      {
        resolve: { alias: sources },
        test: { name: 'records', include: ['packages/records/test/**/*.test.ts'], setupFiles, ...patience },
      },
      {
        // The main stories once more, with queue and live fan-out in Redis.
        test: {
          name: 'redis',
          ...shared,
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
          ...shared,
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
