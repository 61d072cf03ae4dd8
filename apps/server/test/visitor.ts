import type { ErrorBody, Session } from '@buergerdraht/contract'

export type Answer<T = unknown> = {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** A browser without a page: keeps its cookie, says where it comes from. */
export class Visitor {
  readonly baseUrl: string
  cookie: string | null = null

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl
  }

  async ask<T = ErrorBody>(
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: this.headers({
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      }),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    }
  }

  headers(more: Record<string, string> = {}): Record<string, string> {
    return {
      origin: this.baseUrl,
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
      ...more,
    }
  }

  get<T = ErrorBody>(path: string): Promise<Answer<T>> {
    return this.ask<T>('GET', `/api/v1${path}`)
  }

  post<T = ErrorBody>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.ask<T>('POST', `/api/v1${path}`, { body })
  }

  put<T = ErrorBody>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.ask<T>('PUT', `/api/v1${path}`, { body })
  }

  delete<T = ErrorBody>(path: string): Promise<Answer<T>> {
    return this.ask<T>('DELETE', `/api/v1${path}`)
  }

  /** Signs in and keeps the cookie, where it worked. */
  async signIn(email: string, password: string): Promise<Answer<Session & ErrorBody>> {
    const answer = await this.post<Session & ErrorBody>('/session', { email, password })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (answer.status === 200 && cookie !== undefined) this.cookie = cookie
    return answer
  }
}
