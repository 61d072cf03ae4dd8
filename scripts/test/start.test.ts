import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

const startPath = fileURLToPath(new URL('../start.mjs', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

let directory: string
let port: number
const started: ChildProcess[] = []

async function prepare() {
  directory = mkdtempSync(join(tmpdir(), 'buergerdraht-start-'))
  port = await threeFreePorts()
}

async function tidyUp() {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  rmSync(directory, { recursive: true, force: true })
}

type Started = Awaited<ReturnType<typeof start>>

/** Starts as `npm start` does; resolves with what was printed when it is ready or has ended. */
async function start(environment: Record<string, string> = {}, command = [process.execPath, startPath]) {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, DATA_DIR: directory, PORT: String(port), CI: 'true', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const printed = { output: '', errors: '' }
  child.stderr.on('data', (chunk) => {
    printed.errors += chunk
  })
  const ended = once(child, 'exit')
  const ready = new Promise<void>((done) => {
    child.stdout.on('data', (chunk) => {
      printed.output += chunk
      if (/is ready: .*\n/.test(printed.output)) done()
    })
  })
  // What it wrote last may be read after it has ended.
  await Promise.race([ready, once(child, 'close')])
  return {
    ...printed,
    /** What it has printed until now. */
    printed: () => printed.output,
    status: child.exitCode,
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

async function listenOn(wanted: number): Promise<Server> {
  const server = createServer()
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Below those of free-port.ts and of the system itself. */
async function threeFreePorts(): Promise<number> {
  for (let candidate = 10_000 + (process.pid % 9_000); ; candidate += 3) {
    const tried = await Promise.allSettled([0, 1, 2].map((offset) => listenOn(candidate + offset)))
    for (const one of tried) if (one.status === 'fulfilled') one.value.close()
    if (tried.every(({ status }) => status === 'fulfilled')) return candidate
  }
}

async function health(): Promise<number | undefined> {
  return await fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (answer) => answer.status,
    () => undefined,
  )
}

/**
 * One office and its data directory, from the first start to the last, in this order: what is tested is that each start finds what the one
 * before has left, and each costs a minute of a slow machine.
 */
describe('an office', { shuffle: false }, () => {
  beforeAll(prepare)
  afterAll(tidyUp)
  function demo() {
    return JSON.parse(readFileSync(join(directory, 'demo.json'), 'utf8'))
  }
  type Seen = {
    earlier: unknown[]
    items: {
      id: string
      profileName: string
      waitingSince: string | null
      contact: { displayName: string }
      state: string
    }[]
    counts: object
  }
  type Ask = (path: string) => Promise<Seen>
  async function phones(path: string): Promise<Seen> {
    return (await fetch(`http://127.0.0.1:${port + 1}${path}`)).json() as Promise<Seen>
  }
  async function signedIn(login: { email: string; password: string } | undefined): Promise<Ask> {
    const origin = `http://127.0.0.1:${port}`
    const answer = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: login?.email, password: login?.password }),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    return async (path) =>
      (await fetch(`${origin}/api/v1${path}`, { headers: { cookie } })).json() as Promise<Seen>
  }
  const made = /Installing|Generating|Compiling|Bundling|Seeding/
  let office: Started
  let logins: { email: string; password: string }[]

  test('after SIGKILL in the middle of the very first start, and in the middle of its past, says when it is ready, with addresses and logins', async () => {
    async function killedOnce(isTime: () => boolean | Promise<boolean>): Promise<void> {
      const killed = spawn(process.execPath, [startPath], {
        env: { ...process.env, DATA_DIR: directory, PORT: String(port), CI: 'true' },
        stdio: 'ignore',
      })
      while (!(await isTime())) await sleep(10)
      killed.kill('SIGKILL')
      await once(killed, 'exit')
    }
    await killedOnce(() => existsSync(join(directory, 'postgres.new')))
    // And once more while the past is played: what Ayşe Demir wrote is there, what came after it is not.
    await killedOnce(() =>
      phones('/citizens/491713920044/messages?all=true').then(
        ({ items }) => items.length > 0,
        () => false,
      ),
    )
    expect(demo().past).toBe('begun')

    office = await start()
    expect(office.errors).toBe('')
    const lines = office.output.trimEnd().split('\n')
    expect(lines.at(-1)).toBe(`Bürgerdraht is ready: http://127.0.0.1:${port}`)
    expect(office.output).toContain(`http://127.0.0.1:${port + 1}`)
    logins = demo().logins
    expect(statSync(join(directory, 'demo.json')).mode & 0o777).toBe(0o600)
    for (const { email, password } of logins) {
      expect(office.output).toContain(email)
      expect(office.output).toContain(password)
    }
    expect(demo().past).toBe('played')
    const { publicKeys, tsaRoot } = demo()
    expect(publicKeys).toEqual({
      archive: expect.stringMatching(/^buergerdraht\/archive\/\S+\+[0-9a-f]{8}\+\S{44}$/),
      audit: expect.stringMatching(/^buergerdraht\/audit\/\S+\+[0-9a-f]{8}\+\S{44}$/),
      ledger: expect.stringMatching(/^buergerdraht\/ledger\/\S+\+[0-9a-f]{8}\+\S{44}$/),
    })
    expect(new X509Certificate(readFileSync(tsaRoot)).ca).toBe(true)
    expect(await health()).toBe(200)
  })

  test('has citizens who wait for both clerks, a past, a failed answer, an edit and templates', async () => {
    const logins: { role: string; email: string; password: string }[] = demo().logins
    const clerks = logins.filter(({ role }) => role === 'clerk')
    const aylin = await signedIn(clerks[0])
    const jonas = await signedIn(clerks[1])
    async function waiting(ask: Ask) {
      const { items } = await ask('/conversations?status=open')
      return items
        .filter(({ waitingSince }) => waitingSince !== null)
        .map(({ contact }) => contact.displayName)
    }
    expect(await waiting(aylin)).toEqual([
      'Irmgard Behrens',
      'Oma Inge',
      'Thomas Müller',
      'Erika Musterfrau',
      'Jannik B.',
      'Max M.',
      'Thomas Müller',
    ])
    // The first has said thanks in a matter that nobody closed.
    expect(await waiting(jonas)).toEqual(['Mehmet Dumitru', 'Paweł Nowak', 'Yusuf'])

    const { items } = await aylin('/conversations?status=open')
    function threadOf(name: string) {
      const found = items.find(({ contact }) => contact.displayName === name)
      return aylin(`/conversations/${found?.id}/messages`)
    }
    const erika = items.find(({ contact }) => contact.displayName === 'Erika Musterfrau')
    expect((await aylin(`/conversations/${erika?.id}`)).earlier).toHaveLength(1)
    expect((await threadOf('Oma Inge')).items[0]).toMatchObject({ failure: { code: '131026' } })
    expect((await threadOf('Jannik B.')).items.at(-1)).toMatchObject({
      versions: [{ text: expect.stringContaining('Termin') }],
    })
    expect((await threadOf('Ayşe Demir')).items[0]).toMatchObject({ kind: 'template', status: 'read' })
    expect((await aylin(`/conversations/${erika?.id}/templates`)).items).toHaveLength(3)
  })

  test('has an archive of two years: sealed, taken in by the electronic file, rejected, and erased', async () => {
    const logins: { role: string; email: string; password: string }[] = demo().logins
    const records = await signedIn(logins.find(({ role }) => role === 'records'))
    expect((await records('/archive')).counts).toEqual({
      waiting: 0,
      gathering: 0,
      failed: 0,
      sealed: 6,
      erased: 1,
    })
    let states: string[] = []
    while (!states.includes('confirmed')) {
      await sleep(200)
      states = (await records('/archive/hand-overs')).items.map(({ state }) => state)
    }
    expect(states.toSorted()).toEqual(['confirmed', 'rejected'])
  })

  test('has old matters for more than one batch, with every reason that a matter gives, and nothing that is overdue', async () => {
    const logins: { role: string; email: string; password: string }[] = demo().logins
    type Page = {
      items: { reasons: { sentence: { de: string } }[] }[]
      nextCursor: string | null
    }
    const reasons = new Set<string>()
    const counts: number[] = []
    for (const login of logins.filter(({ role }) => role === 'clerk')) {
      const clerk = await signedIn(login)
      let count = 0
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { items, nextCursor } = (await clerk(`/workbench/candidates${cursor}`)) as unknown as Page
        count += items.length
        for (const { sentence } of items.flatMap((one) => one.reasons)) reasons.add(sentence.de)
        cursor = nextCursor === null ? null : `?cursor=${nextCursor}`
      }
      counts.push(count)
    }
    expect(counts[0]).toBeGreaterThanOrEqual(60)
    expect([...reasons].toSorted()).toEqual([
      'Alle Nachrichten stehen wortgleich oder fast wortgleich in einem anderen Vorgang.',
      'Betrifft nach den Angaben eine andere Gemeinde.',
      'Der Vorgang hat weder ein Aktenzeichen noch einen Vermerk.',
      'Die letzte Nachricht ist nur noch ein Dank oder eine Bestätigung.',
      'Es gibt Dateien ohne zugehörige Nachricht.',
      'Hinweise auf besondere Kategorien erkannt (Art. 9, 10 DSGVO).',
      'Personenbezogene Daten erkannt.',
      'Seit langem schreibt niemand, und der Vorgang ist nicht abgeschlossen.',
      'Sieht nach Werbung oder Betrug aus.',
      'War nach eigener Angabe nicht für das Amt bestimmt.',
    ])

    const dpo = await signedIn(logins.find(({ role }) => role === 'dpo'))
    const due = (await dpo('/retention/due')) as unknown as {
      overdue: Record<string, number>
      weeks: { counts: { matter: number } }[]
      undecided: { matters: number }[]
    }
    expect(Object.values(due.overdue)).toEqual([0, 0, 0, 0, 0])
    expect(due.weeks.filter(({ counts }) => counts.matter > 0).length).toBeGreaterThanOrEqual(4)
    expect(due.undecided.filter(({ matters }) => matters > 0).length).toBeGreaterThanOrEqual(3)
    // Two have agreed to it, and it knows a period for everything that was filed.
    expect(await dpo('/retention/filing-plan')).toMatchObject({ current: { version: 1 }, proposed: null })
    async function all(path: string): Promise<Record<string, unknown>[]> {
      return (await dpo(path)).items as unknown as Record<string, unknown>[]
    }
    const runs = (await all('/deletion-runs')).map(({ kind, state }) => `${kind} ${state}`)
    expect(runs.filter((run) => !/ (prepared|expired)$/.test(run))).toEqual([
      'erasure planned',
      'planned completed',
      'planned completed',
      'emergency completed',
      'manual withdrawn',
      'manual completed',
      'planned completed',
      'planned completed',
    ])
    expect((await all('/holds')).map(({ reason }) => reason)).toEqual(['OBJECTION_PROCEDURE', 'LITIGATION'])
    expect((await all('/restrictions')).map(({ reason }) => reason)).toEqual(['ART18_1A'])
    expect((await all('/subject-requests')).map(({ kind }) => kind).toSorted()).toEqual([
      'access',
      'erasure',
      'erasure',
    ])
  })

  test('lets no second one use its data directory', async () => {
    const second = await start({ PORT: String(port + 1000) })
    expect(second.status).toBe(1)
    expect(second.errors).toMatch(
      /^The data directory .* is in use by another running Bürgerdraht \(process \d+\)\.\n$/,
    )
  })

  test('starts a process again that is killed', async () => {
    const api = join(directory, 'processes', 'api')
    const [pid] = readFileSync(api, 'utf8').split(' ')
    process.kill(Number(pid), 'SIGKILL')
    while (readFileSync(api, 'utf8').startsWith(`${pid} `) || (await health()) !== 200) await sleep(50)
  })

  test('ends in order on a signal', async () => {
    expect(await office.end('SIGINT')).toBe(0)
    expect(await health()).toBeUndefined()
    expect(readdirSync(directory)).not.toContain('owner')
    expect(existsSync(join(directory, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('installs, compiles and seeds nothing the second time, and ends when npm is killed', async () => {
    office = await start({}, ['npm', 'start'])
    expect(office.status).toBeNull()
    expect(office.output).toContain('is ready')
    expect(office.output).not.toMatch(made)
    const { items } = await phones('/citizens')
    expect(items.map(({ profileName }) => profileName)).toContain('Erika Musterfrau')
    expect((await phones('/citizens/491713920011/messages?all=true')).items).toHaveLength(5)
    await office.end('SIGKILL')
    while (existsSync(join(directory, 'owner'))) await sleep(50)
    expect(await health()).toBeUndefined()
  })

  test('needs no cleaning after SIGKILL and keeps the logins', async () => {
    const before = await start()
    expect(before.errors).toBe('')
    expect(await health()).toBe(200)
    await before.end('SIGKILL')
    office = await start({}, ['npm', 'start'])
    // What npm has to say about its own settings is none of ours.
    expect(office.errors.replace(/^npm .*\n/gm, '')).toBe('')
    expect(await health()).toBe(200)
    expect(demo().logins).toEqual(logins)
  })

  test('ends in order when npm passes SIGTERM on, which waits for it', async () => {
    expect(await office.end('SIGTERM')).toBe(0)
    expect(await health()).toBeUndefined()
  })

  test('is compiled and started again as one saves, and its page comes from Vite, while one develops', async () => {
    const added = join(root, 'apps/server/src/saved-by-a-test.ts')
    const compiled = join(root, 'apps/server/dist/saved-by-a-test')
    function pidOfApi() {
      return readFileSync(join(directory, 'processes', 'api'), 'utf8').split(' ')[0]
    }
    const developed = await start({}, ['npm', 'run', 'dev'])
    try {
      expect(developed.status).toBeNull()
      function shown(wanted: RegExp) {
        return vi.waitFor(
          () => {
            const found = wanted.exec(stripVTControlCharacters(developed.printed()))
            if (found === null) throw new Error(`${wanted} was not printed.`)
            return found
          },
          { timeout: 120_000 },
        )
      }
      const [, vite = ''] = await shown(/Local:\s+(http:\/\/127\.0\.0\.1:\d+)\//)
      await shown(/Watching for file changes/)
      expect(await (await fetch(vite)).text()).toContain('/@vite/client')
      expect((await fetch(`${vite}/api/v1/session`)).status).toBe(401)

      const before = pidOfApi()
      // What is saved in the very moment in which the compiler begins to watch may escape it: somebody saves again.
      for (let saved = 1; !existsSync(`${compiled}.js`); saved += 1) {
        writeFileSync(added, `export const saved = ${saved}\n`)
        await sleep(3000)
      }
      while (pidOfApi() === before || (await health()) !== 200) await sleep(50)
    } finally {
      rmSync(added, { force: true })
      for (const ending of ['.js', '.js.map', '.d.ts', '.d.ts.map'])
        rmSync(compiled + ending, { force: true })
    }
    expect(await developed.end('SIGTERM')).toBe(0)
    expect(await health()).toBeUndefined()
  })

  test('makes no empty database where its own is missing', async () => {
    renameSync(join(directory, 'postgres'), join(directory, 'elsewhere'))
    office = await start()
    expect(office.status).toBe(1)
    expect(office.errors).toMatch(
      /^The data directory .* has lost its database \(postgres\), but not the rest of its office \(office, keys.*\n$/,
    )
    expect(existsSync(join(directory, 'postgres'))).toBe(false)
  })
})

describe('what is wrong gets one sentence:', () => {
  beforeEach(prepare)
  afterEach(tidyUp)

  test.each(['PORT', 'SIMULATOR_PORT', 'WORKER_PORT'])('a %s in use', async (setting) => {
    const offset = ['PORT', 'SIMULATOR_PORT', 'WORKER_PORT'].indexOf(setting)
    const other = await listenOn(port + offset)
    const office = await start()
    other.close()
    expect(office.status).toBe(1)
    expect(office.errors).toBe(
      `Port ${port + offset} is already in use; end the program that uses it, or choose another one with ${setting}=….\n`,
    )
  })

  test('a PORT that is no port', async () => {
    const office = await start({ PORT: 'http' })
    expect(office.status).toBe(1)
    expect(office.errors).toBe('PORT must be a number between 1 and 65535, not "http".\n')
  })

  test('a data directory that is a file', async () => {
    const file = join(directory, 'file')
    writeFileSync(file, '')
    const office = await start({ DATA_DIR: file })
    expect(office.status).toBe(1)
    expect(office.errors).toBe(`The data directory ${file} is not a directory.\n`)
  })

  test('a data directory where there can be none', async () => {
    const office = await start({ DATA_DIR: '/proc/office' })
    expect(office.status).toBe(1)
    expect(office.errors).toBe('The data directory /proc/office cannot be created there.\n')
  })

  test('a database that does not answer, without its password', async () => {
    const office = await start({ DATABASE_URL: `postgresql://office:canary@127.0.0.1:${port + 1}/office` })
    expect(office.status).toBe(1)
    expect(office.errors).toBe(
      `The database at 127.0.0.1:${port + 1} cannot be used (ECONNREFUSED); check DATABASE_URL.\n`,
    )
  })

  const mayMount = process.getuid?.() === 0 && process.platform === 'linux'

  test.runIf(mayMount).each([
    ['full', 'size=1m', 'is full: 300 MB are needed'],
    ['read-only', 'ro', 'is on a read-only file system.'],
  ])('a %s disk', async (_what, option, sentence) => {
    const disk = mkdtempSync(join(tmpdir(), 'buergerdraht-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', option, 'tmpfs', disk])
    try {
      const office = await start({ DATA_DIR: join(disk, 'data') })
      expect(office.status).toBe(1)
      expect(office.errors).toContain(sentence)
      expect(office.errors.trimEnd()).not.toContain('\n')
    } finally {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    }
  })
})
