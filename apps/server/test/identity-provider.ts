import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type Provider from 'oidc-provider'
import { freePort } from '../../../testing/free-port.ts'

/** Who signs in at the provider without being asked. */
export type ProviderPerson = {
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly acr?: string
  readonly amr?: readonly string[]
}

/** What it says of a runtime, of memory and of defaults when it is made is meant for those who run one. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn, info } = console
  console.warn = () => undefined
  console.info = () => undefined
  try {
    return await work()
  } finally {
    console.warn = warn
    console.info = info
  }
}

type Key = Awaited<ReturnType<typeof newKey>>

async function newKey(kid: string) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { kid, privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' } }
}

/** A real OpenID Connect provider on this machine; whoever comes is `person`. */
export class TestProvider {
  readonly clientId = 'buergerdraht'
  readonly clientSecret = 'a-secret-of-the-tests'
  person: ProviderPerson
  /** Says something else in place of the ID token; null: lets it through. */
  forge: ((claims: JWTPayload) => Promise<string>) | null = null
  /** What happens with a request instead of an answer; null: it is answered. */
  fault: ((request: IncomingMessage, response: ServerResponse) => void) | null = null
  #server: Server | null = null
  #key: Key | null = null
  #keys = 0
  readonly #redirectUri: string

  private constructor(redirectUri: string, person: ProviderPerson) {
    this.#redirectUri = redirectUri
    this.person = person
  }

  static async start(redirectUri: string, person: ProviderPerson): Promise<TestProvider> {
    const provider = new TestProvider(redirectUri, person)
    // A port that no outgoing connection can take while the key is changed.
    await provider.#listen(await freePort())
    return provider
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get #port(): number {
    const address = this.#server?.address() as AddressInfo | null | undefined
    if (address == null) throw new Error('The provider does not listen.')
    return address.port
  }

  get key(): Key {
    if (this.#key === null) throw new Error('The provider has no key yet.')
    return this.#key
  }

  /** What `OIDC_…` has to say so that an office signs in here. */
  get environment(): Record<string, string> {
    const { issuer, clientId, clientSecret } = this
    return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }
  }

  async close(): Promise<void> {
    const server = this.#server
    if (server === null) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }

  /** Begins anew at the same address, with another key. */
  async rotateKey(): Promise<void> {
    const port = this.#port
    await this.close()
    await this.#listen(port)
  }

  /** As the provider signs a logout token, but for what is said otherwise. */
  logoutToken(claims: JWTPayload, key: Key = this.key): Promise<string> {
    return new SignJWT({
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      jti: crypto.randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt' })
      .setIssuer(claims.iss ?? this.issuer)
      .setAudience(claims.aud ?? this.clientId)
      .setIssuedAt(claims.iat)
      .sign(key.privateKey)
  }

  async #listen(port: number): Promise<void> {
    this.#keys += 1
    this.#key = await newKey(`key-${this.#keys}`)
    let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
    const server = createServer((request, response) => {
      if (this.fault !== null) this.fault(request, response)
      else {
        if (request.url === '/token' && this.forge !== null) this.#forgeAnswer(response, this.forge)
        answer(request, response)
      }
    }).listen(port, '127.0.0.1')
    await once(server, 'listening')
    this.#server = server
    const provider = await this.#provider(this.#key)
    const callback = provider.callback()
    answer = (request, response) => {
      if (request.url?.startsWith('/interaction/')) void this.#signIn(provider, request, response)
      else void callback(request, response)
    }
  }

  #provider(key: Key): Promise<Provider> {
    return quietly(async () => this.#made((await import('oidc-provider')).default, key))
  }

  #made(Made: typeof Provider, key: Key): Provider {
    const provider: Provider = new Made(this.issuer, {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [this.#redirectUri],
          grant_types: ['authorization_code'],
        },
      ],
      jwks: { keys: [key.jwk] },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
      cookies: { keys: ['of-the-tests'] },
      claims: {
        openid: ['sub', 'acr', 'amr', 'auth_time'],
        profile: ['name', 'roles', 'realm_access'],
        email: ['email'],
      },
      acrValues: ['high', 'low'],
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_context, subject) => ({
        accountId: subject,
        claims: async () => ({ sub: subject, ...this.person.claims }),
      }),
      // Nobody is asked whether the office may know who they are.
      loadExistingGrant: async (context) => {
        const grant = new provider.Grant({
          clientId: this.clientId,
          accountId: context.oidc.session?.accountId ?? '',
        })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    })
    return provider
  }

  async #signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { subject, acr, amr } = this.person
    await provider.interactionFinished(request, response, {
      login: {
        accountId: subject,
        ...(acr === undefined ? {} : { acr }),
        ...(amr === undefined ? {} : { amr: [...amr] }),
      },
    })
  }

  #forgeAnswer(response: ServerResponse, forge: (claims: JWTPayload) => Promise<string>): void {
    const end = response.end.bind(response)
    response.end = ((chunk: string) => {
      const body = JSON.parse(String(chunk)) as { id_token?: string }
      void forge(decodeJwt(body.id_token ?? '')).then((id_token) => {
        const text = JSON.stringify({ ...body, id_token })
        response.setHeader('content-length', Buffer.byteLength(text))
        end(text)
      })
      return response
    }) as typeof response.end
  }
}

/** Follows the provider's redirects as a browser does, until they lead back. Returns what the address says then. */
export async function walkThrough(url: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let at = url; ; ) {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`)
    const next = new URL(location, at)
    if (next.href.startsWith(redirectUri)) return next.search.slice(1)
    at = next.href
  }
}
