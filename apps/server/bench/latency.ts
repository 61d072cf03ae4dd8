import { BenchClerk } from './bench-clerks.ts'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load, percentile } from './http-load.ts'
import { apiPort, clerk, openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'

const seconds = benchSettings.seconds ?? 8

const office = await openBenchOffice()
try {
  await office.start('api')
  await office.start('worker')
  const listener = await BenchClerk.signIn(clerk.email)
  let number = 0
  async function run(perSecond: number, forSeconds: number) {
    const howMany = perSecond * forSeconds
    const requests = Array.from({ length: howMany }, (_, i) =>
      webhookRequest(office.channelId, webhookBody(number + i, (number + i) % 500, new Date())),
    )
    number += howMany
    const sent: number[] = []
    const arrived: number[] = []
    const close = await listener.listen((at) => arrived.push(at))
    let at = 0
    await load({
      port: apiPort,
      connections: 8,
      seconds: forSeconds * 2,
      perSecond,
      next: () => {
        const bytes = requests[at]
        if (bytes === undefined) return null
        sent.push(performance.now())
        at += 1
        return { n: at - 1, bytes }
      },
    })
    const deadline = performance.now() + 10_000
    while (arrived.length < howMany && performance.now() < deadline)
      await new Promise((done) => setTimeout(done, 20))
    close()
    // Events come in the order of commits, which is that of arrival: the n-th event is the n-th message.
    const latencies = arrived.map((instant, n) => instant - (sent[n] ?? instant)).toSorted((a, b) => a - b)
    return {
      howMany,
      seen: arrived.length,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
    }
  }
  await run(50, 3)
  const calm = await run(20, seconds)
  print('From the citizen’s POST to the event in a subscribed browser, 20 a second', [
    { name: 'p50', value: calm.p50, unit: 'ms', goal: { max: 20 } },
    { name: 'p95', value: calm.p95, unit: 'ms', goal: { max: 60 } },
    { name: 'events missing', value: calm.howMany - calm.seen, unit: '', goal: { max: 0 } },
  ])
  const busy = await run(300, seconds)
  print('The same, 300 a second', [
    { name: 'p50', value: busy.p50, unit: 'ms' },
    { name: 'p95', value: busy.p95, unit: 'ms', goal: { max: 300 } },
    { name: 'events missing', value: busy.howMany - busy.seen, unit: '', goal: { max: 0 } },
  ])
} finally {
  await office.close()
}
