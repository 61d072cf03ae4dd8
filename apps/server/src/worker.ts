import { readDemo } from './demo/demo-file.ts'
import { keepDemoWebhook } from './demo/demo-webhook.ts'
import { runProcess } from './process/run-process.ts'
import { startWorker } from './process/start-worker.ts'

await runProcess(
  'worker',
  (config) => config.workerPort,
  async (config, options) => {
    const demo = config.production ? null : await readDemo(config.dataDir)
    if (demo === null) return startWorker(config, options)
    let registered = false
    function alsoNotReady() {
      return registered ? null : 'demo-webhook-missing'
    }
    const stopping = new AbortController()
    const worker = await startWorker(config, { ...options, alsoNotReady })
    const keeping = keepDemoWebhook(demo, stopping.signal, () => {
      registered = true
    })
    return {
      port: worker.port,
      stop: async () => {
        stopping.abort()
        await Promise.all([worker.stop(), keeping])
      },
    }
  },
)
