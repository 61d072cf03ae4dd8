import { previewRun } from '@buergerdraht/custody'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { officeClock } from '../process/office-clock.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const deletionPlan = command({
  name: 'deletion plan',
  summary: 'what a run over everything that is due would destroy now, and what would stay and why',
  help: [
    'A dry run: it plans, proposes and changes nothing. Who wants it done plans it on the page “Löschläufe”, where a second person approves.',
    'Of a large office it looks at the 20 000 objects that have been due for longest. Settings: DATABASE_URL, DEMO_CLOCK.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 2 })
    try {
      const preview = await previewRun({ pool, now: officeClock(config) })
      const lines = [
        ...preview.going.map(
          ({ kind, rule, count, standing }) =>
            `${count} × ${kind} would go under ${rule}${standing ? ', by itself: two persons have approved that rule' : ''}.`,
        ),
        ...preview.staying.map(({ reason, count }) => `${count} would stay: ${reason}.`),
      ]
      report.result(json, preview, lines.length === 0 ? 'Nothing is due.' : lines.join('\n'))
      return undefined
    } finally {
      await close()
    }
  },
})
