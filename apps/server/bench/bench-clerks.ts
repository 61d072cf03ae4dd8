import { randomUUID } from 'node:crypto'
import { apiPort, type BenchOffice, clerk } from './office-processes.ts'

const base = `http://127.0.0.1:${apiPort}`

export type Answer<T> = { readonly status: number; readonly body: T }

/** Somebody at a desk, over HTTP as the page does it. */
export class BenchClerk {
  readonly #cookie: string

  private constructor(cookie: string) {
    this.#cookie = cookie
  }

  static async signIn(email: string): Promise<BenchClerk> {
    const answer = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ email, password: clerk.password }),
    })
    if (answer.status !== 200) throw new Error(`Signing in was answered with ${answer.status}.`)
    return new BenchClerk((answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '')
  }

  async ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer<T>> {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { cookie: this.#cookie, origin: base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T }
  }

  /** Hears of each new message of a citizen through the event stream. @returns ends it */
  async listen(onMessage: (at: number) => void): Promise<() => void> {
    const abort = new AbortController()
    const stream = await fetch(`${base}/api/v1/events`, {
      headers: { cookie: this.#cookie },
      signal: abort.signal,
    })
    async function read(): Promise<void> {
      const decoder = new TextDecoder()
      let rest = ''
      for await (const chunk of stream.body ?? []) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
        rest = blocks.pop() ?? ''
        const now = performance.now()
        for (const block of blocks)
          if (block.includes('"message.stored"') && block.includes('"inbound":true')) onMessage(now)
      }
    }
    read().catch(() => {})
    return () => abort.abort()
  }
}

/** So many colleagues of the office's clerk, with the same password, each signed in. */
export async function signInClerks(office: BenchOffice, howMany: number): Promise<BenchClerk[]> {
  const { prisma } = office.database
  const { passwordHash, teams } = await prisma.account.findFirstOrThrow({
    where: { email: clerk.email },
    include: { teams: true },
  })
  const clerks: BenchClerk[] = []
  for (let n = 0; n < howMany; n += 1) {
    const email = `clerk-${randomUUID()}@bench.example`
    await prisma.account.create({
      data: {
        email,
        displayName: `Clerk ${n + 1}`,
        role: 'clerk',
        passwordHash,
        teams: { create: teams.map(({ teamId }) => ({ teamId })) },
      },
    })
    clerks.push(await BenchClerk.signIn(email))
  }
  return clerks
}
