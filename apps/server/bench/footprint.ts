import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load } from './http-load.ts'
import { apiPort, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'

const steps = [10_000, 100_000]

function megabytes(pid: number | undefined, field: 'VmRSS' | 'VmHWM'): number {
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024
}

const office = await openBenchOffice()
try {
  const startedAt = performance.now()
  await office.start('api')
  await office.start('worker')
  const figures: Figure[] = [
    { name: 'api and worker answer after', value: performance.now() - startedAt, unit: 'ms' },
  ]
  let number = 0
  for (const step of steps) {
    await load({
      port: apiPort,
      connections: 16,
      seconds: 600,
      next: () => {
        if (number >= step) return null
        number += 1
        return {
          n: number,
          bytes: webhookRequest(office.channelId, webhookBody(number, number % 5000, new Date())),
        }
      },
    })
    for (;;) {
      const { rows } = await office.database.pool.query<{ n: number }>(
        'select count(*)::int as n from webhook_event where ingested_at is null',
      )
      if (rows[0]?.n === 0) break
      await sleep(200)
    }
    for (const name of ['api', 'worker']) {
      const pid = office.pidOf(name)
      figures.push(
        {
          name: `${name} after ${step.toLocaleString('en')} messages`,
          value: megabytes(pid, 'VmRSS'),
          unit: 'MB',
        },
        { name: '  most so far', value: megabytes(pid, 'VmHWM'), unit: 'MB' },
      )
    }
  }
  print('Memory and start of the processes', figures)
} finally {
  await office.close()
}
