import { defineConfig } from 'vitest/config'

/** Tests run against the built packages: `npm run build` first, or `npm test`, which does. */
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
    projects: [
      {
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
