import type { BubbleView, CitizenView, LiveEvent, OfficeView } from './view.ts'

/** What the simulator refused, in its words. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

async function ask<T>(method: string, path: string, body?: object | FormData): Promise<T> {
  const isForm = body instanceof FormData
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    headers: body === undefined || isForm ? {} : { 'content-type': 'application/json' },
  })
  const answer: T & { message?: string } = await response.json()
  if (!response.ok) throw new Refused(answer.message ?? String(response.status))
  return answer
}

function of(identity: string, what: string): string {
  return `/citizens/${encodeURIComponent(identity)}${what}`
}

export type Profile = Partial<Pick<CitizenView, 'profileName' | 'username' | 'reading' | 'blocked'>>

export type Thread = {
  readonly items: readonly BubbleView[]
  readonly citizen: CitizenView | null
  readonly officeTypingUntil: string | null
}

export const simulator = {
  office: () => ask<OfficeView>('GET', '/office'),
  citizens: () => ask<{ items: readonly CitizenView[] }>('GET', '/citizens'),
  /** When the page goes away: the request outlives it. */
  letGo: (identity: string) =>
    void fetch(of(identity, ''), {
      method: 'PUT',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reading: 'by-itself' }),
    }),
  introduce: (identity: string, profile: Profile) => ask<CitizenView>('PUT', of(identity, ''), profile),
  thread: (identity: string) => ask<Thread>('GET', of(identity, '/messages?all=true')),
  write: (identity: string, message: object) => ask('POST', of(identity, '/messages'), message),
  sendFile: (identity: string, file: FormData | object) => ask('POST', of(identity, '/media'), file),
  react: (identity: string, messageId: string, emoji: string | null) =>
    ask('POST', of(identity, '/reactions'), { messageId, emoji }),
  edit: (identity: string, messageId: string, text: string) =>
    ask('POST', of(identity, '/edits'), { messageId, text }),
  revoke: (identity: string, messageId: string) => ask('POST', of(identity, '/revocations'), { messageId }),
  play: (identity: string, messageId: string) => ask('POST', of(identity, '/plays'), { messageId }),
  look: (identity: string) => ask('POST', of(identity, '/looks')),
  call: (identity: string) => ask('POST', of(identity, '/calls')),
}

/** Everything that happens from now on; `onOpen` also after every reconnection, when something may be missing. */
export function watchTown(onEvent: (event: LiveEvent) => void, onOpen: () => void, onLost: () => void): void {
  const source = new EventSource('/live')
  source.onopen = onOpen
  source.onerror = onLost
  source.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data))
}
