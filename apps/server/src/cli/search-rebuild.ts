import { setTimeout as sleep } from 'node:timers/promises'
import { beginGeneration, buildIndex, type Indexing, onClient, SearchIndex } from '@buergerdraht/inbox'
import { Keys } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

const tellEveryMs = 1000

/** Builds, or looks on while a worker does; until it is complete, or until it is to stop. */
async function complete(indexing: Indexing, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    await buildIndex(indexing, signal)
    const generation = await indexing.search.load(onClient(indexing.pool))
    if (generation?.since === null) return true
    await sleep(tellEveryMs, undefined, { signal }).catch(() => {})
  }
  return false
}

export const searchRebuild = command({
  name: 'search rebuild',
  summary: 'build the search index anew, under a new key',
  help: [
    'Empties the search index and fills it from the stored messages, newest first, while everything runs. It can be stopped at any time:',
    'the worker goes on with it. Settings: DATABASE_URL, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 3 })
    const stopping = new AbortController()
    function stop(): void {
      stopping.abort()
    }
    process.once('SIGINT', stop).once('SIGTERM', stop)
    let search: SearchIndex | null = null
    const telling = setInterval(() => {
      const since = search?.known?.since?.toISOString()
      if (since !== undefined) report.progress(`What arrived since ${since} is found again …`)
    }, tellEveryMs)
    try {
      const keys = await Keys.open(pool, keyReader(config))
      search = new SearchIndex(keys)
      const indexing = { pool, keys, search, now: () => new Date() }
      await beginGeneration(indexing)
      const done = await complete(indexing, stopping.signal)
      const sentence = done ? 'The search index is complete.' : 'Stopped; the worker goes on with it.'
      report.result(json, { complete: done }, sentence)
      return done ? 0 : 1
    } finally {
      clearInterval(telling)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      await close()
    }
  },
})
