import { signInClerks } from './bench-clerks.ts'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load } from './http-load.ts'
import { apiPort, clerk, openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'

const seconds = benchSettings.seconds ?? 8
const webhooksPerSecond = 100
/** Each hashes a password with argon2id, from a browser that was used before, as a town hall's are at eight in the morning. */
const atOnce = 20
const base = `http://127.0.0.1:${apiPort}`

const office = await openBenchOffice()
try {
  await office.start('api')
  // They exist, and the first hash of the process has been computed.
  await signInClerks(office, 1)
  let number = 0

  /** The answers to a hundred webhooks a second, for so many seconds. */
  async function webhooks(forSeconds: number): Promise<number> {
    const requests = Array.from({ length: webhooksPerSecond * forSeconds }, (_, i) =>
      webhookRequest(office.channelId, webhookBody(number + i, (number + i) % 500, new Date())),
    )
    number += requests.length
    let at = 0
    const { p99, refused } = await load({
      port: apiPort,
      connections: 8,
      seconds: forSeconds * 3,
      perSecond: webhooksPerSecond,
      next: () => {
        const bytes = requests[at]
        at += 1
        return bytes === undefined ? null : { n: at - 1, bytes }
      },
    })
    if (refused > 0) throw new Error(`${refused} webhooks were refused.`)
    return p99
  }

  async function signIn(cookie = ''): Promise<Response> {
    const answer = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base, cookie },
      body: JSON.stringify(clerk),
    })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`Signing in was answered with ${answer.status}.`)
    return answer
  }
  /** By its cookie, a browser that the account has signed in with is told from a stranger's, of whom only a few may wait. */
  async function usedBrowser(): Promise<string> {
    const cookies = (await signIn()).headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
    return cookies.find((cookie) => cookie.startsWith('__Host-device=')) ?? ''
  }
  const browsers: string[] = []
  while (browsers.length < atOnce) browsers.push(await usedBrowser())

  async function signIns(signal: AbortSignal): Promise<number> {
    let signedIn = 0
    async function again(browser: string): Promise<void> {
      while (!signal.aborted) {
        await signIn(browser)
        signedIn += 1
      }
    }
    await Promise.all(browsers.map(again))
    return signedIn
  }

  // The first burst opens the connections to the database, once for the day.
  await Promise.all(browsers.map(signIn))
  await webhooks(2)
  const idle: number[] = []
  const busy: number[] = []
  let signedIn = 0
  // Whatever else the machine does in a moment, it does to both.
  for (const round of ['idle', 'busy', 'busy', 'idle'] as const) {
    if (round === 'idle') {
      idle.push(await webhooks(Math.ceil(seconds / 2)))
      continue
    }
    const stop = new AbortController()
    const signing = signIns(stop.signal)
    busy.push(await webhooks(Math.ceil(seconds / 2)))
    stop.abort()
    signedIn += await signing
  }
  const [calm, besides] = [Math.max(...idle), Math.max(...busy)]
  print(`${webhooksPerSecond} webhooks a second while ${atOnce} sign in at once`, [
    { name: 'p99 of the webhook’s answer, idle', value: calm, unit: 'ms' },
    { name: 'p99 beside them', value: besides, unit: 'ms' },
    { name: '  to idle', value: besides / calm, unit: '×', goal: { max: 3 } },
    { name: 'signed in', value: signedIn / (2 * Math.ceil(seconds / 2)), unit: '/s' },
  ])
} finally {
  await office.close()
}
