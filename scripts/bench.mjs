// `npm run bench [NAME …]`: measures this machine against baselines in the same run. Names: see `cli bench --help`; `records`; `page`.
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { allScripts, initialScripts, weightOf } from './page-weight.mjs'
import { run, StepFailed, tool, withTemporaryFolder } from './workspace.mjs'

function measurePage() {
  const [initial, whole] = [initialScripts(), allScripts()].map((paths) => weightOf(paths) / 1000)
  process.stdout.write(`\nJavaScript, gzip\n  initial  ${initial.toFixed(1)} kB (goal ≤ 150)\n`)
  process.stdout.write(`  all      ${whole.toFixed(1)} kB\n`)
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
