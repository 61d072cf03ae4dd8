import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const jars = ['bcpkix', 'bcprov', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`)
const program = fileURLToPath(new URL('EvidenceCheck.java', import.meta.url))

/** Where `java` finds Bouncy Castle. */
const classPath = ['-cp', jars.join(':')]

/** What stands behind `java` to run the printed program. */
export const evidenceCheckCommand = [...classPath, program]

/**
 * Makes Debian's Java, Bouncy Castle and unzip available, installing them when this process is root. Answers why that is
 * impossible; under CI it throws instead, because a check that silently did not run is no check.
 */
export function bouncyCastleMissing(): string | undefined {
  if (isThere()) return undefined
  const reason = installed()
  if (reason !== undefined && process.env['CI'] === 'true') throw new Error(reason)
  return reason
}

/**
 * Bouncy Castle's opinion of pairs of record file and data file (or of several, with commas between: a group), one line each,
 * as of a day.
 */
export function bouncyCastleSays(
  root: string,
  pairs: readonly (readonly [record: string, data: string])[],
  today?: string,
): string[] {
  const day = today === undefined ? [] : [`-Dtoday=${today}`]
  const { stdout } = spawnSync('java', [...day, ...evidenceCheckCommand, root, ...pairs.flat()], {
    encoding: 'utf8',
  })
  return stdout.trim().split('\n')
}

/** Bouncy Castle's opinion of time stamps, of each with what it is over and its root, one line each, as of a day. */
export function bouncyCastleSaysOfStamps(
  stamps: readonly (readonly [stamp: string, data: string, root: string])[],
  today: string,
): string[] {
  const stampCheck = fileURLToPath(new URL('second-reader/StampCheck.java', import.meta.url))
  const { stdout, stderr } = spawnSync(
    'java',
    [`-Dtoday=${today}`, ...classPath, stampCheck, ...stamps.flat()],
    { encoding: 'utf8' },
  )
  if (stderr !== '') throw new Error(stderr)
  return stdout.trim().split('\n')
}

function isThere(): boolean {
  return jars.every((jar) => existsSync(jar)) && runs('javac', '-version') && runs('unzip', '-v')
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0
}

function installed(): string | undefined {
  if (process.getuid?.() !== 0)
    return 'Bouncy Castle is not installed and only root may install it (libbcpkix-java, unzip)'
  const packages = ['libbcpkix-java', 'unzip', ...(runs('javac', '-version') ? [] : ['default-jdk-headless'])]
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      stdio: 'ignore',
      env: environment,
    })
  } catch {
    return `apt-get could not install ${packages.join(' and ')}`
  }
  return isThere() ? undefined : 'Bouncy Castle was installed but its jars are not where Debian puts them'
}
