import { setTimeout as sleep } from 'node:timers/promises'
import type { Demo } from './demo-file.ts'

const apiKey = 'demo-key-of-the-simulator'
const retryMs = 200
/** A simulator that is started on its own may not know us yet. */
const renewMs = 5000

/** Tells the simulated provider where to deliver. False: it is not there yet, or is being started again. */
export async function registerDemoWebhook(demo: Demo, signal?: AbortSignal): Promise<boolean> {
  const { webhookUrl: url, webhookHeaders: headers } = demo.channel
  const tooLong = AbortSignal.timeout(2000)
  try {
    const response = await fetch(`${demo.simulatorUrl}/v1/configs/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'd360-api-key': apiKey },
      body: JSON.stringify({ url, headers }),
      signal: signal === undefined ? tooLong : AbortSignal.any([signal, tooLong]),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/**
 * Tells the simulated provider again and again where to deliver, until the signal fires.
 * @param registered told after each time it has worked
 */
export async function keepDemoWebhook(
  demo: Demo,
  signal: AbortSignal,
  registered: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const done = await registerDemoWebhook(demo, signal)
    if (done) registered()
    await sleep(done ? renewMs : retryMs, undefined, { signal }).catch(() => {})
  }
}
