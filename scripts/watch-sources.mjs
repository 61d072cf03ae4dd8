import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { root, tool } from './workspace.mjs'

/** What a program is made of: when one of these was compiled anew, it is started again. */
const madeOf = {
  api: [
    'apps/server',
    'packages/bsp',
    'packages/contract',
    'packages/custody',
    'packages/inbox',
    'packages/office',
    'prisma',
  ],
  worker: [
    'apps/server',
    'packages/bsp',
    'packages/contract',
    'packages/custody',
    'packages/inbox',
    'packages/office',
    'prisma',
  ],
  'bsp-simulator': ['apps/bsp-simulator', 'packages/bsp'],
}
/** The compiler writes many files one after the other. */
const settleMs = 500

/**
 * Compiles what changes, starts again what is made of it, and serves the page from Vite, which reloads it.
 * @param {{ restart: (name: string) => Promise<void> }} office
 * @param {{ baseUrl: string }} settings
 * @returns {() => Promise<void>} ends it
 */
export function watchSources(office, { baseUrl }) {
  const programs = [
    run(tool('tsc'), ['-b', '--watch', '--preserveWatchOutput'], root, {}),
    run(tool('vite', 'apps/web'), [], join(root, 'apps/web'), { PRODUCT_URL: baseUrl }),
  ]
  const stale = new Set()
  let timer
  let restarting = Promise.resolve()
  function restartStale() {
    const names = [...stale]
    stale.clear()
    restarting = restarting.then(() => Promise.all(names.map((name) => office.restart(name))))
  }
  function noteChange(folder) {
    for (const [name, folders] of Object.entries(madeOf)) if (folders.includes(folder)) stale.add(name)
    clearTimeout(timer)
    timer = setTimeout(restartStale, settleMs)
  }
  const folders = [...new Set(Object.values(madeOf).flat())]
  const watchers = folders.map((folder) =>
    watch(join(root, folder, 'dist'), { recursive: true }, (_event, file) => {
      if (file?.endsWith('.js')) noteChange(folder)
    }),
  )
  return async () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    await Promise.all([restarting, ...programs.map((end) => end())])
  }
}

/** @returns {() => Promise<void>} ends the program */
function run(program, args, cwd, env) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    // A group of its own, so that Ctrl-C reaches only us and the order of stopping is ours.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise((done) => child.once('exit', done).once('error', done))
  return async () => {
    // With what it has started itself: the compiler is a process below the program of its name.
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
}
