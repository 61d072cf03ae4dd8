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
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', '{prisma,scripts}/**/src/**/*.test.ts'],
          setupFiles,
        },
      },
      {
        test: {
          name: 'story',
          include: ['{apps,packages}/*/test/**/*.test.ts', '{prisma,scripts}/test/**/*.test.ts'],
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
        },
      },
    ],
  },
})
