import { setTimeout as sleep } from 'node:timers/promises'
import type { Demo } from './demo-file.ts'

const apiKey = 'demo-key-of-the-simulator'
const retryMs = 200
/** The simulator forgets everything when it is started again. */
const renewMs = 5000

/**
 * Tells the simulated provider again and again where to deliver, until the signal fires.
 * @param registered told after each time it has worked
 */
export async function keepDemoWebhook(
  demo: Demo,
  signal: AbortSignal,
  registered: () => void,
): Promise<void> {
  const { webhookUrl: url, webhookHeaders: headers } = demo.channel
  while (!signal.aborted) {
    let done = false
    try {
      const response = await fetch(`${demo.simulatorUrl}/v1/configs/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'd360-api-key': apiKey },
        body: JSON.stringify({ url, headers }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]),
      })
      await response.body?.cancel()
      done = response.ok
    } catch {
      // It is not there yet, or is being started again.
    }
    if (done) registered()
    await sleep(done ? renewMs : retryMs, undefined, { signal }).catch(() => {})
  }
}
