import { seenMatters, sweepSignals } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import { atFullSpeed } from '@buergerdraht/office'
import { examine } from '@buergerdraht/records'
import { benchSettings } from './bench-settings.ts'
import { openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

/** Messages that are there, ten a matter. */
const sizes = benchSettings.sizes ?? [10_000, 100_000]
/** The finder alone is measured on so many matters. */
const alone = 500

const office = await openBenchOffice()
try {
  const { pool } = office.database
  // What looking through takes of an office.
  const inbox = {
    pool,
    keys: office.keys,
    now: () => new Date(),
    ownPostalCodes: new Set(),
  } as unknown as Inbox
  let [from, before] = [0, Number.NaN]
  for (const size of sizes) {
    await seedMessages(office, from, size)
    from = size
    await pool.query(
      `update conversation set last_message_at = now() - interval '400 days', opened_at = now() - interval '401 days'`,
    )
    await pool.query('truncate conversation_signal')
    await pool.query('analyze')

    const { rows } = await pool.query<{ id: string; contact_id: string }>(
      `select id, contact_id from conversation order by id limit ${alone}`,
    )
    const matters = await seenMatters(
      inbox,
      pool,
      rows.map((row) => row.contact_id),
      rows.map(({ id }) => id),
    )
    const pureSince = performance.now()
    for (const matter of matters.values()) {
      if (typeof matter === 'string') continue
      examine(matter)
    }
    const pure = (matters.size * 1000) / (performance.now() - pureSince)

    const memory = process.memoryUsage().rss
    const since = performance.now()
    await sweepSignals(inbox, atFullSpeed, new AbortController().signal)
    const seconds = (performance.now() - since) / 1000
    const { rowCount } = await pool.query('select from conversation_signal')
    const perSecond = (rowCount ?? 0) / seconds
    const again = performance.now()
    await sweepSignals(inbox, atFullSpeed, new AbortController().signal)
    print(`The finder over ${(rowCount ?? 0).toLocaleString('en')} old matters`, [
      { name: 'looked through in the background', value: perSecond, unit: '/s' },
      { name: '  to the finder alone on decrypted text', value: perSecond / pure, unit: '×' },
      { name: 'for 100 000', value: 100_000 / perSecond, unit: 's', goal: { max: 60 } },
      {
        name: 'again, when nothing has changed, to the first time',
        value: (performance.now() - again) / 1000 / seconds,
        unit: '×',
        goal: { max: 0.05 },
      },
      { name: 'memory it took', value: (process.memoryUsage().rss - memory) / 1e6, unit: 'MB' },
      ...(Number.isNaN(before)
        ? []
        : [
            {
              name: 'time a matter, to the size before',
              value: before / perSecond,
              unit: '×',
              goal: { max: 1.3 },
            },
          ]),
    ])
    before = perSecond
  }
} finally {
  await office.close()
}
