import { ask } from '../api.ts'

const channelName = 'provider-step-up'
const windowName = 'provider-step-up'

/** In a window of its own, so that what was being done here stays. Resolves when the provider has sent that one back. */
export async function stepUpAtProvider(): Promise<void> {
  // Opened at once, while the browser still sees that it was wished for.
  const opened = window.open('', windowName, 'popup,width=480,height=720')
  try {
    const { url } = await ask('beginProviderStepUp', {})
    await new Promise<void>((resolve) => {
      const channel = new BroadcastChannel(channelName)
      channel.addEventListener('message', () => {
        channel.close()
        resolve()
      })
      opened?.location.assign(url)
    })
  } catch (error) {
    opened?.close()
    throw error
  }
}

/** In that window: tells the page that waits. Its own name is gone: the browser forgets it between origins that keep apart. */
export function tellStepUp(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('shown')
  channel.close()
}
