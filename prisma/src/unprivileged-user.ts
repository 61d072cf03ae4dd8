import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type UnprivilegedUser = { uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root. For root this names the account that runs it instead: the system's `postgres`
 * account where there is one, otherwise `nobody`. Undefined when we are not root and no change is needed.
 */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  return { uid: 65534, gid: 65534 }
}

/** Without this bit the system ignores the capability where a program asks first whether it may read a file. */
const keepForChecks = '--securebits=+no_setuid_fixup'

/**
 * The command line that runs a program as that user.
 *
 * A clone below `/root`, or one made with a strict umask, cannot be read by another account at all. There the program
 * keeps the one capability that lets it pass closed directories; it still is not root, which is what PostgreSQL asks.
 */
export function commandAs(user: UnprivilegedUser, command: string[], mustReach: string[]): string[] {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  if (!setpriv) {
    throw new Error(
      'PostgreSQL does not run as root: install util-linux (setpriv), or start as an ordinary user.',
    )
  }
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const capabilities = mustReach.every(isOpenToEveryone)
    ? ['--inh-caps=-all']
    : ['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override', keepForChecks]
  return [setpriv, ...identity, ...capabilities, '--no-new-privs', '--', ...command]
}

/** Whether any account may read this file or directory and pass every directory above it. */
export function isOpenToEveryone(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false
    if (dirname(directory) === directory) return true
  }
}
