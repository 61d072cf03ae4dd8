import { defineConfig } from 'vitest/config'

/** Tests run against the built packages: `npm run build` first, or `npm test`, which does. */
const setupFiles = ['./testing/console-noise.ts']
const globalSetup = ['./testing/postgres.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'prisma/src/**/*.test.ts'],
          setupFiles,
        },
      },
      {
        test: {
          name: 'story',
          include: ['{apps,packages}/*/test/**/*.test.ts', 'prisma/test/**/*.test.ts'],
          setupFiles,
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['apps/web/e2e/**/*.test.ts'],
          setupFiles,
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The two commands and the production output: whole starts, measured, so nothing else runs beside them.
        test: {
          name: 'operation',
          include: ['scripts/test/**/*.test.ts'],
          setupFiles,
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
