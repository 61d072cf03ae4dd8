import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A step failed in a way that its output explains; nothing of ours needs to be added but the sentence. */
export class StepFailed extends Error {
  name = 'StepFailed'
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends what `run` is waiting for; it then throws. */
export function endSteps() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Runs a program in the repository and waits for it.
 * @param {string[]} command
 * @param {{ env?: Record<string, string>, quiet?: boolean, cwd?: string }} [options] quiet: show the output only when it fails
 * @returns {Promise<string>} what it wrote, when quiet
 */
export function run([program, ...args], { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    running.add(child)
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => fail(new StepFailed(`${program} could not be run: ${error.message}`)))
    child.once('close', (status, signal) => {
      running.delete(child)
      if (status === 0) return done(output)
      if (quiet) process.stderr.write(output)
      fail(new StepFailed(`${[program, ...args].join(' ')} ended with ${signal ?? `status ${status}`}.`))
    })
  })
}

/** A program from the development dependencies of the repository or of one package. */
export function tool(name, packageFolder = '.') {
  return join(root, packageFolder, 'node_modules', '.bin', name)
}

/**
 * One string for the state of files and folders: changes when any file in them is added, removed or written.
 * @param {string[]} paths relative to the repository
 */
export function stateOf(paths) {
  const hash = createHash('sha256')
  function visit(path) {
    const state = statSync(path, { throwIfNoEntry: false })
    if (!state) return
    if (!state.isDirectory()) return hash.update(`${path}\0${state.size}\0${state.mtimeMs}\n`)
    for (const entry of readdirSync(path).sort()) {
      if (!notSource.has(entry) && !entry.endsWith('.tsbuildinfo')) visit(join(path, entry))
    }
  }
  for (const path of paths) visit(join(root, path))
  return hash.digest('hex')
}
const notSource = new Set(['node_modules', 'dist', 'generated', 'test', 'e2e'])

/** The same for contents: a fresh checkout with equal files has an equal state. */
export function contentsOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

/**
 * Does a step when its inputs have changed since it last succeeded, or when its output is missing.
 * @param {{ stamp: string, inputs: string, output: string }} step stamp and output: paths relative to the repository
 * @returns {Promise<boolean>} whether it was done
 */
export async function whenStale({ stamp, inputs, output }, work) {
  const stampFile = join(root, stamp)
  const outputExists = statSync(join(root, output), { throwIfNoEntry: false }) !== undefined
  if (outputExists && readStamp(stampFile) === inputs) return false
  await work()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, inputs)
  return true
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Does work whose programs find a temporary folder of their own, which is gone afterwards.
 * @param {(folder: string) => Promise<void>} work its `TMPDIR` is `folder`, for itself and for what it starts
 * @returns {Promise<string[]>} what was left in it
 */
export async function withTemporaryFolder(work) {
  const before = process.env.TMPDIR
  const folder = mkdtempSync(join(tmpdir(), 'buergerdraht-'))
  // PostgreSQL runs as another user where root starts it, and must be able to pass.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  try {
    await work(folder)
    return readdirSync(folder)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true })
  }
}
