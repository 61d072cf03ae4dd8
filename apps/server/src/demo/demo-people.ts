import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversation, Message, Proposal } from '@buergerdraht/contract'

const patienceMs = 30_000

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} was answered with ${response.status}: ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

/** Asks again until there is an answer. */
export async function until<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(25)) {
    const found = await look()
    if (found !== null && found !== undefined) return found
  }
  throw new Error('What was played in the demo office did not arrive in time.')
}

/** Somebody of the office, through its API. */
export class DemoClerk {
  readonly #baseUrl: string
  readonly #cookie: string

  private constructor(baseUrl: string, cookie: string) {
    this.#baseUrl = baseUrl
    this.#cookie = cookie
  }

  static async signedIn(baseUrl: string, login: { email: string; password: string }): Promise<DemoClerk> {
    const response = await fetch(`${baseUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: baseUrl },
      body: JSON.stringify({ email: login.email, password: login.password }),
    })
    await answerOf(response)
    return new DemoClerk(baseUrl, response.headers.get('set-cookie')?.split(';')[0] ?? '')
  }

  async ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#baseUrl}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#baseUrl,
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return answerOf(response)
  }

  /** Decides about the proposal of this kind that waits for them. */
  async decides(wanted: Proposal['kind'], how: 'approval' | 'refusal', body?: object): Promise<void> {
    const { items } = await this.ask<{ items: Proposal[] }>('GET', '/proposals')
    const open = items.find(({ kind, state }) => kind === wanted && state === 'open')
    await this.ask('POST', `/proposals/${open?.id}/${how}`, body)
  }

  async #thread(id: string): Promise<readonly Message[]> {
    const { items } = await this.ask<{ items: Message[] }>('GET', `/conversations/${id}/messages?limit=100`)
    return items
  }

  /** The conversation that begins or goes on with these words, as soon as they are there; `now`: what they were edited to since. */
  finds(words: string, now = words): Promise<Conversation> {
    return until(async () => {
      const path = '/conversations?order=latest&status=all&limit=100'
      const { items } = await this.ask<{ items: Conversation[] }>('GET', path)
      const found = items.find(({ lastMessage }) => lastMessage?.text === words)
      if (found !== undefined) return found
      for (const one of items)
        if ((await this.#thread(one.id)).some(({ text }) => text === words || text === now)) return one
      return null
    })
  }

  /** Resolves when the network has said what became of the answer. What this conversation was answered is not answered again. */
  async answers(
    id: string,
    answer:
      | { readonly text: string }
      | {
          readonly template: { readonly name: string; readonly language: string; readonly parameters: object }
        },
  ): Promise<void> {
    const known = (await this.#thread(id)).find(
      ({ direction, text, details }) =>
        direction === 'outbound' &&
        ('text' in answer
          ? text === answer.text
          : details?.kind === 'template' && details.name === answer.template.name),
    )
    const path = `/conversations/${id}/messages`
    const sent =
      known ?? (await this.ask<Message>('POST', path, { clientId: crypto.randomUUID(), ...answer }))
    await until(async () => {
      const { status } = await this.ask<Message>('GET', `${path}/${sent.id}`)
      return status === 'read' || status === 'failed' ? status : null
    })
  }

  async closes(id: string, filing: object = { relevance: 'none' }): Promise<void> {
    const { status } = await this.ask<Conversation>('GET', `/conversations/${id}`)
    if (status === 'open') await this.ask('POST', `/conversations/${id}/close`, { filing })
  }
}

/** The phones of the simulated network. */
export class DemoPhones {
  readonly #url: string
  #faults = {}

  constructor(url: string) {
    this.#url = url
  }

  async #tell<T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answerOf(response)
  }

  /** The network lives at this time from now on; null: at the machine's. */
  async setClock(at: Date | null): Promise<void> {
    await this.#tell('PUT', '/clock', { at: at?.toISOString() ?? null })
  }

  /** The word of the records system at the other end of the drop folder, from now on. */
  async letRecordsAnswer(answer: 'accept' | 'reject'): Promise<void> {
    await this.#behave({ records: { answer } })
  }

  /** Whether the network says of each answer that it was sent, delivered and read, or, of what is long ago, only that it was read. */
  async tellAllStatuses(all: boolean): Promise<void> {
    await this.#behave({ statuses: all ? {} : { drop: ['sent', 'delivered'] } })
  }

  async #behave(faults: object): Promise<void> {
    this.#faults = { ...this.#faults, ...faults }
    await this.#tell('PUT', '/faults', this.#faults)
  }

  async introduce(identity: string, profile: object): Promise<void> {
    await this.#tell('PUT', `/citizens/${identity}`, profile)
  }

  /** What stands on a phone with these words. */
  async #has(identity: string, words: string): Promise<{ readonly id: string } | undefined> {
    const response = await fetch(`${this.#url}/citizens/${identity}/messages?all=true`)
    const { items } = await answerOf<{ items: { id: string; text?: string | null }[] }>(response)
    return items.find(({ text }) => text === words)
  }

  /** Resolves with the message's id on the network; `now`: what it was edited to since, if it was. */
  async writes(identity: string, text: string, now = text): Promise<string> {
    const known = (await this.#has(identity, text)) ?? (await this.#has(identity, now))
    const { id } =
      known ?? (await this.#tell<{ id: string }>('POST', `/citizens/${identity}/messages`, { text }))
    return id
  }

  async sends(identity: string, sample: 'photo' | 'voice' | 'pdf', caption: string): Promise<void> {
    if (await this.#has(identity, caption)) return
    await this.#tell('POST', `/citizens/${identity}/media`, { sample, caption })
  }

  async edits(identity: string, messageId: string, text: string): Promise<void> {
    if (await this.#has(identity, text)) return
    await this.#tell('POST', `/citizens/${identity}/edits`, { messageId, text })
  }
}
