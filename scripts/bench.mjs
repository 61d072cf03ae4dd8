// `npm run bench [NAME …]`: measures this machine against baselines in the same run. Names: see `cli bench --help`; `records`; `page`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from './build.mjs'
import { root, run, StepFailed, tool, withTemporaryFolder } from './workspace.mjs'

/** What a browser must load before the sign-in page is there: the scripts that index.html names, as they travel. */
function measurePage() {
  const folder = join(root, 'apps/web/dist')
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path)
  function sizeOf(path) {
    return gzipSync(readFileSync(join(folder, path)), { level: 9 }).length
  }
  const initial = scripts.map(sizeOf).reduce((sum, size) => sum + size, 0)
  const all = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.js'))
  const whole = all.map(sizeOf).reduce((sum, size) => sum + size, 0)
  process.stdout.write(`\nJavaScript, gzip\n  initial  ${(initial / 1000).toFixed(1)} kB (goal ≤ 150)\n`)
  process.stdout.write(`  all      ${(whole / 1000).toFixed(1)} kB\n`)
}

try {
  await build((step) => process.stdout.write(`${step} …\n`))
  await run([tool('tsc'), '-b', 'apps/server/bench'])
  const { positionals: names } = parseArgs({ allowPositionals: true })
  function wanted(name) {
    return names.length === 0 || names.includes(name)
  }
  const office = names.filter((name) => name !== 'records' && name !== 'page')
  if (wanted('page')) measurePage()
  await withTemporaryFolder(async () => {
    if (names.length === 0 || office.length > 0) {
      await run([process.execPath, 'apps/server/dist/cli.js', 'bench', ...office])
    }
    if (wanted('records')) await run([process.execPath, 'packages/records/bench/run.mjs'])
  })
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
