// `npm test`: everything, from formatting to the browser. The last line says how many passed, failed and were skipped.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { root, run, StepFailed, tool, withTemporaryFolder } from './workspace.mjs'

function say(sentence) {
  return process.stdout.write(`${sentence}\n`)
}
const inCi = process.env.CI === 'true'
const totals = { passed: 0, failed: 0, skipped: 0 }

/** What some tests run against, and the Debian packages that bring it. */
const programs = [
  { name: 'Chromium', files: ['/usr/bin/chromium'], packages: ['chromium'] },
  { name: 'Redis', files: ['/usr/bin/redis-server'], packages: ['redis-server'] },
  { name: 'OpenSSL', files: ['/usr/bin/openssl'], packages: ['openssl'] },
  { name: 'xmllint', files: ['/usr/bin/xmllint'], packages: ['libxml2-utils'] },
  { name: 'ClamAV', files: ['/usr/sbin/clamd'], packages: ['clamav-daemon'] },
  {
    name: 'Poppler, qpdf and unzip',
    files: ['/usr/bin/pdftotext', '/usr/bin/qpdf', '/usr/bin/unzip'],
    packages: ['poppler-utils', 'qpdf', 'unzip'],
  },
  {
    name: 'Java with Bouncy Castle',
    files: ['/usr/bin/javac', '/usr/share/java/bcpkix.jar'],
    packages: ['default-jdk-headless', 'libbcpkix-java'],
  },
]

/** @returns {string[]} the names of the programs that are still missing, each with the reason */
function installPrograms() {
  const missing = programs.filter(({ files }) => !files.every((file) => existsSync(file)))
  if (missing.length === 0) return []
  const isDebian = existsSync('/usr/bin/apt-get')
  if (!isDebian || process.getuid() !== 0) {
    return missing.map(({ name, packages }) => {
      const reason = isDebian ? 'only root can install' : 'this is not Debian; install what answers to'
      return `${name} is missing: ${reason} ${packages.join(' ')}`
    })
  }
  function apt(...args) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  }
  say(`Installing ${missing.map(({ name }) => name).join(', ')} …`)
  apt('update')
  return missing.flatMap(({ name, packages }) => {
    const { status, stderr } = apt('install', '-y', '--no-install-recommends', ...packages)
    return status === 0 ? [] : [`${name} is missing: ${stderr.trim().split('\n').at(-1)}`]
  })
}

/** A check that passes or fails as a whole. */
async function check(name, ...commands) {
  try {
    say(`${name} …`)
    for (const command of commands) await run(command, { quiet: true })
    totals.passed += 1
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    say(`${name}: ${error.message}`)
    totals.failed += 1
  }
}

/** All tests; what they leave in the temporary folder is a failure like any other. */
async function runTests(missingPrograms) {
  const left = await withTemporaryFolder((folder) => runVitest(join(folder, 'report.json'), missingPrograms))
  if (left.length === 0) {
    totals.passed += 1
    return
  }
  totals.failed += 1
  say(`Left in the temporary folder: ${left.join(', ')}`)
}

async function runVitest(reportFile, missingPrograms) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const status = await run([tool('vitest'), 'run', ...reporters], { env: { NODE_ENV: 'test' } }).then(
    () => 'passed',
    () => 'failed',
  )
  if (!existsSync(reportFile)) {
    totals.failed += 1
    return
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  rmSync(reportFile)
  totals.passed += report.numPassedTests
  totals.failed += report.numFailedTests
  totals.skipped += report.numPendingTests + report.numTodoTests
  // A file that does not load and an error outside of every test have no test to count.
  if (status === 'failed' && report.numFailedTests === 0) totals.failed += 1
  for (const { name, assertionResults } of report.testResults) {
    for (const { status: state, fullName } of assertionResults) {
      if (state === 'pending' || state === 'skipped' || state === 'todo') {
        say(`skipped: ${name.replace(`${root}/`, '')}: ${fullName}`)
      }
    }
  }
  if (totals.skipped > 0) for (const reason of missingPrograms) say(`reason: ${reason}`)
}

/** @returns {string[]} */
function configsIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : configsIn(path)
    return entry.name === 'tsconfig.json' ? [path] : []
  })
}

/** Every type check that the build does not do. */
function typeChecks() {
  const built = new Set(
    JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).references.map(
      ({ path }) => `${path}/tsconfig.json`,
    ),
  )
  const others = ['apps', 'packages'].flatMap(configsIn).filter((path) => !built.has(path))
  return ['tsconfig.test.json', ...others].map((path) => [tool('tsc'), '--noEmit', '-p', path])
}

try {
  await build((step) => say(`${step} …`))
  const missingPrograms = installPrograms()
  for (const sentence of missingPrograms) say(sentence)
  if (!process.env.XDOMEA_XSD_DIR)
    say(
      'XDOMEA_XSD_DIR is not set: messages of xdomea are tested by their structure, not under its official schema.',
    )
  await check('Format and lint', [tool('biome'), 'ci', '--error-on-warnings', '--colors=off', '.'])
  await check('Types', ...typeChecks())
  // Files that nothing imports, and exports that nobody uses (knip.json).
  await check('Orphans', [tool('knip'), '--no-progress', '--no-config-hints'])
  await runTests(missingPrograms)
} catch (error) {
  say(error instanceof StepFailed ? error.message : error.stack)
  totals.failed += 1
}
if (inCi && totals.skipped > 0) say('A skipped test counts as a failure under CI=true.')
process.exitCode = totals.failed > 0 || (inCi && totals.skipped > 0) ? 1 : 0
say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
