import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contentsOf, root, run, StepFailed, stateOf, tool, whenStale } from './workspace.mjs'

/** The folders of all workspace packages, relative to the repository. */
const packageFolders = ['prisma', ...['packages', 'apps'].flatMap(foldersIn)].filter((folder) =>
  statSync(join(root, folder, 'package.json'), { throwIfNoEntry: false }),
)

function foldersIn(parent) {
  return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
}

export function manifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}

/**
 * Brings everything that is made from the sources up to date; what is current already costs nothing.
 * @param {(step: string) => void} report called before each step that has something to do
 */
export async function build(report) {
  await install(report)
  await generateClient(report)
  await compile(report)
  for (const folder of packageFolders) await bundle(folder, report)
}

/** The installation that fits the lock file, made by the pnpm that package.json pins. */
export async function install(report) {
  const manifests = ['package.json', ...packageFolders.map((folder) => `${folder}/package.json`)]
  const platform = `${process.platform} ${process.arch} ${process.versions.modules}`
  const inputs = `${platform} ${contentsOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests])}`
  await whenStale(
    { stamp: 'node_modules/.installed', inputs, output: 'node_modules/.modules.yaml' },
    async () => {
      report('Installing the dependencies')
      await pnpm(['install', '--frozen-lockfile', '--prod=false']).catch(() => {
        throw new StepFailed(
          'The dependencies could not be installed: what npm says is above. The first start needs the npm registry.',
        )
      })
    },
  )
}

/** The pnpm that package.json pins, whether or not one is installed on this machine. */
export async function pnpm(args, folder = root) {
  // Development dependencies build the product, whatever NODE_ENV says; CI keeps pnpm from asking questions.
  const env = { NODE_ENV: 'development', CI: 'true', npm_config_yes: 'true' }
  await run(['npx', '-y', manifest('.').packageManager.split('+')[0], ...args], {
    env,
    cwd: folder,
    quiet: true,
  })
}

async function generateClient(report) {
  const inputs = contentsOf(['prisma/schema.prisma', 'prisma/package.json'])
  const output = 'prisma/src/generated/client.ts'
  await whenStale({ stamp: 'prisma/src/generated/.generated', inputs, output }, async () => {
    report('Generating the database client')
    rmSync(join(root, 'prisma/src/generated'), { recursive: true, force: true })
    await run([tool('prisma', 'prisma'), 'generate', '--schema', 'schema.prisma'], {
      cwd: join(root, 'prisma'),
      // Generating needs the engine's binary only to exist; without this it would be downloaded.
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
      quiet: true,
    })
  })
}

async function compile(report) {
  const sources = stateOf(['tsconfig.json', 'tsconfig.base.json', ...packageFolders])
  const output = 'apps/server/dist'
  await whenStale({ stamp: 'node_modules/.compiled', inputs: sources, output }, async () => {
    report('Compiling')
    await run([tool('tsc'), '-b'], { quiet: true })
  })
}

/** A package that is more than its compiled files says so with a script `bundle` or `build`. */
async function bundle(folder, report) {
  const { name, scripts = {} } = manifest(folder)
  const script = ['bundle', 'build'].find((candidate) => scripts[candidate])
  if (!script) return
  const workspacePackages = packageFolders.filter((other) => other.startsWith('packages/'))
  const inputs = stateOf([folder, ...workspacePackages])
  await whenStale(
    { stamp: `node_modules/.bundled-${folder.replace('/', '-')}`, inputs, output: `${folder}/dist` },
    () => {
      report(`Bundling ${name}`)
      return run(['npm', 'run', '--silent', script], { cwd: join(root, folder), quiet: true })
    },
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build((step) => process.stdout.write(`${step} …\n`))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
