import { runProcess } from './process/run-process.ts'
import { startApi } from './process/start-api.ts'

await runProcess(
  'api',
  (config) => config.port,
  async (config, options) => {
    const api = await startApi(config, options)
    // Not through the log: this line is for a person, and what goes through the log must not be a secret.
    if (api.adminToken !== null) {
      process.stdout.write(
        `There is no administrator yet. Within 24 hours, once: buergerdraht admin create --token ${api.adminToken}\n`,
      )
    }
    return api
  },
)
