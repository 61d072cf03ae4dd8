import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { isOpenToEveryone } from '@buergerdraht/prisma'

/** Of data that it may write to, decoders' included; a picture of 100 megapixels takes a third. KiB. */
const maxDataKib = 2 * 1024 * 1024
const maxHeapMib = 256

/** `nobody`, by the number that Linux and its containers give it. */
const nobody = { uid: 65534, gid: 65534 } as const

// No core file, no file of its own, few open at once. Then the program takes this shell's place.
const limited = `ulimit -c 0; ulimit -f 0; ulimit -n 128; ulimit -d ${maxDataKib}; exec "$@"`

/** Folders of the program around this entry, and none in which the office keeps anything. */
function programFolders(entry: string): string[] {
  const packages = dirname(dirname(dirname(dirname(entry))))
  const folders = [packages]
  for (let at = packages; at !== dirname(at); at = dirname(at)) {
    const modules = join(dirname(at), 'node_modules')
    if (existsSync(modules)) folders.push(modules)
  }
  return folders
}

/**
 * Starts a program of ours that opens what strangers sent. It reads no file but the program's own, so neither keys nor media nor settings;
 * it writes none, starts no process and no thread of JavaScript (Node's permission model), has no environment, and its memory is bounded
 * by the kernel. Others get the processor first. Where root starts it, it runs as `nobody`, unless nobody but root can read the program: native code, which the
 * permission model does not bind, is then bound by the kernel too.
 * @param entry in `packages/<name>/<folder>/<folder>/`, compiled
 */
export function startConfined(entry: string): ChildProcess {
  const folders = programFolders(entry)
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const command = [
    process.execPath,
    flag,
    '--allow-addons',
    '--no-warnings',
    ...folders.map((folder) => `--allow-fs-read=${folder}/`),
    `--max-old-space-size=${maxHeapMib}`,
    entry,
  ]
  const isRoot = process.getuid?.() === 0
  const asNobody = isRoot && [process.execPath, ...folders].every(isOpenToEveryone)
  const child = spawn('/bin/sh', ['-c', limited, 'sh', ...command], {
    serialization: 'advanced',
    env: {},
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...(asNobody ? nobody : {}),
  })
  giveWay(child)
  return child
}

/** Reading a photo or drawing a page must not slow down whoever takes in messages or asks for a list. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, 10)
  } catch {
    // Some containers forbid it, and a program that could not be started has ended already; then it competes.
  }
}
