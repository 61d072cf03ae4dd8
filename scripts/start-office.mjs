import { build } from './build.mjs'
import { CannotStart } from './cannot-start.mjs'
import { endSteps, StepFailed } from './workspace.mjs'

const parentCheckMs = 200

function say(sentence) {
  return process.stdout.write(`${sentence}\n`)
}

/**
 * Builds what is stale, runs the demo office until SIGINT or SIGTERM, and sets the exit status.
 * @param {{ watch?: boolean }} [options] watch: builds and restarts as the sources change
 */
export async function startOffice({ watch = false } = {}) {
  let stopRequested = false
  let noteStopped
  const stopped = new Promise((done) => {
    noteStopped = done
  })
  function requestStop() {
    stopRequested = true
    endSteps()
    noteStopped()
  }
  // npm passes a signal on that the terminal has already sent to the whole group: a second one changes nothing.
  process.on('SIGINT', requestStop).on('SIGTERM', requestStop)
  // A terminal that was closed must not take the process down while it stops in order.
  process.on('SIGHUP', requestStop)
  // npm itself may be killed without a word; without it nobody would ever stop us.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && requestStop(), parentCheckMs).unref()
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

  try {
    await build((step) => say(`${step} …`))
    if (stopRequested) return
    const { demoSettings } = await import('./demo-settings.mjs')
    const { openBrowser, startDemoOffice } = await import('./demo-office.mjs')
    const settings = demoSettings(process.env)
    const office = await startDemoOffice(settings, say, () => stopRequested)
    const stopWatching = watch ? await watchOver(office, settings) : async () => {}
    if (!stopRequested) {
      describe(settings, office.logins)
      if (watch) say('  The page that reloads: the address that Vite has printed.')
      const wantsBrowser =
        process.env.OPEN_BROWSER ?? String(Boolean(process.stdout.isTTY && !process.env.CI))
      if (wantsBrowser === 'true') openBrowser(settings.baseUrl)
    }
    await stopped
    say('Stopping …')
    await stopWatching()
    await office.stop()
  } catch (error) {
    // The step was ended because we were.
    if (stopRequested && error instanceof StepFailed) return
    const isExplained = error instanceof StepFailed || error instanceof CannotStart
    process.stderr.write(`${isExplained ? error.message : (error.stack ?? error)}\n`)
    process.exitCode = 1
  }
}

async function watchOver(office, settings) {
  const { watchSources } = await import('./watch-sources.mjs')
  return watchSources(office, settings)
}

function describe({ baseUrl, simulatorUrl }, logins) {
  const width = Math.max(...logins.map(({ role }) => role.length))
  say('')
  say(`  Staff inbox     ${baseUrl}`)
  say(`  Citizen's phone ${simulatorUrl}`)
  say('')
  for (const { role, email, password } of logins) say(`  ${role.padEnd(width)}  ${email}  ${password}`)
  say('')
  say(`Bürgerdraht is ready: ${baseUrl}`)
}
