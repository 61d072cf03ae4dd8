import { Refusal } from '@buergerdraht/contract'
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose'
import type { Configuration, IDToken } from 'openid-client'

/** The town's OpenID Connect provider, as the installation names it. */
export type ProviderSettings = {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  /** One of them is demanded; empty: none is. */
  readonly acr: readonly string[]
  readonly amr: readonly string[]
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string
  /** Outside production a provider of this machine may do without TLS. */
  readonly allowsPlainHttp: boolean
}

/** What must come back with an answer. */
export type ProviderChecks = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Who somebody is there. */
export type ProviderIdentity = {
  readonly issuer: string
  readonly subject: string
  readonly sid: string | null
  /** Of the ID token; beneath them those of the userinfo endpoint. */
  readonly claims: Readonly<Record<string, unknown>>
  /** It was demanded how somebody signs in, or the provider says that it was with more than one factor. */
  readonly vouchesForSecondFactor: boolean
}

const timeoutSeconds = 8
const keySetLifeMs = 10 * 60_000

/** The provider's keys, as long as they are kept. */
type KeySet = {
  readonly set: ReturnType<typeof createRemoteJWKSet>
  readonly issuer: string
  readonly readAt: number
}
/** Signatures that a provider's key makes; nothing symmetric, and not `none`. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** A logout token is of now (OpenID Connect Back-Channel Logout 1.0 §2.6). */
const maxLogoutTokenAge = '5 minutes'

/** The client library is loaded when somebody signs in with a provider. */
function client() {
  return import('openid-client')
}

/** Answers that say nothing about the person: the provider is down, slow, or something else answers in its place. */
const unavailable: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'ERR_JWKS_TIMEOUT',
])

function codeOf(error: unknown): string {
  const { code, error: answered } = error as { code?: unknown; error?: unknown }
  // What the provider says of itself (RFC 6749 §4.1.2.1) is no refusal of a person.
  if (answered === 'server_error' || answered === 'temporarily_unavailable') return 'OAUTH_TIMEOUT'
  return typeof code === 'string' ? code : ''
}

/** Down and refused are told apart: the first is to be tried again later. */
function refusalFor(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  // `fetch` says with a TypeError, and a cause, that it has not reached anybody.
  const unreached = error instanceof TypeError && error.cause !== undefined
  return new Refusal(
    unreached || unavailable.has(codeOf(error)) ? 'provider-unavailable' : 'provider-refused-sign-in',
  )
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/**
 * Signing in through OpenID Connect: authorisation code with PKCE, state and nonce; issuer, audience, expiry and signature of the ID
 * token are checked. Its metadata and keys are fetched anew for each sign-in, so that a rotated key is known at once.
 */
export class IdentityProvider {
  readonly settings: ProviderSettings
  #keys: KeySet | null = null

  constructor(settings: ProviderSettings) {
    this.settings = settings
  }

  async #configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret, allowsPlainHttp } = this.settings
    const oidc = await client()
    return oidc.discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
      timeout: timeoutSeconds,
      // Without them the signature is not looked at where the token came over TLS.
      execute: [oidc.enableNonRepudiationChecks, ...(allowsPlainHttp ? [oidc.allowInsecureRequests] : [])],
    })
  }

  /** Where the browser goes, and what must come back. @throws Refusal `provider-unavailable`, `provider-refused-sign-in` */
  async begin({ again }: { readonly again: boolean }): Promise<ProviderChecks & { readonly url: string }> {
    const { redirectUri, scope, acr } = this.settings
    try {
      const oidc = await client()
      const configuration = await this.#configuration()
      const checks = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        ...(acr.length === 0 ? {} : { acr_values: acr.join(' ') }),
        ...(again ? { prompt: 'login', max_age: '0' } : {}),
      })
      return { ...checks, url: url.href }
    } catch (error) {
      throw refusalFor(error)
    }
  }

  /**
   * Redeems what the browser has brought back.
   * @param since where somebody was to sign in again: not before then
   * @throws Refusal `provider-unavailable`, `provider-refused-sign-in`, `provider-assurance-missing`
   */
  async redeem(
    parameters: URLSearchParams,
    { state, nonce, verifier }: ProviderChecks,
    since: Date | null,
  ): Promise<ProviderIdentity> {
    try {
      const oidc = await client()
      const configuration = await this.#configuration()
      const url = new URL(this.settings.redirectUri)
      url.search = parameters.toString()
      const tokens = await oidc.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const idToken = tokens.claims()
      if (idToken === undefined) throw new Refusal('provider-refused-sign-in')
      if (since !== null && (idToken.auth_time ?? 0) < Math.floor(since.getTime() / 1000)) {
        throw new Refusal('provider-assurance-missing')
      }
      const vouchesForSecondFactor = this.#vouches(idToken)
      const more =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
      return {
        issuer: idToken.iss,
        subject: idToken.sub,
        sid: typeof idToken['sid'] === 'string' ? idToken['sid'] : null,
        claims: { ...more, ...idToken },
        vouchesForSecondFactor,
      }
    } catch (error) {
      throw refusalFor(error)
    }
  }

  /** @throws Refusal `provider-assurance-missing` when what is demanded is not there */
  #vouches(idToken: IDToken): boolean {
    const { acr, amr } = this.settings
    const methods = textsOf(idToken['amr'])
    const hasAcr = typeof idToken['acr'] === 'string' && acr.includes(idToken['acr'])
    const hasAmr = amr.some((one) => methods.includes(one))
    if ((acr.length > 0 && !hasAcr) || (amr.length > 0 && !hasAmr)) {
      throw new Refusal('provider-assurance-missing')
    }
    return acr.length > 0 || amr.length > 0 || methods.includes('mfa')
  }

  /**
   * What a logout token says (OpenID Connect Back-Channel Logout 1.0 §2.6): whose sessions end. Signed by any of the provider's keys.
   * @throws Refusal `provider-unavailable`, `provider-refused-sign-in`
   */
  async verifyLogout(
    token: string,
  ): Promise<{ issuer: string; subject: string | null; sid: string | null; id: string }> {
    try {
      const claimed = decodeJwt(token)
      // Looked at before anything is fetched: not every post leads to a request of ours.
      if (claimed.iss === undefined || !this.#isFor(claimed)) throw new Refusal('provider-refused-sign-in')
      const { set, issuer } = await this.#keySet()
      const { payload } = await jwtVerify(token, set, {
        issuer,
        audience: this.settings.clientId,
        algorithms,
        maxTokenAge: maxLogoutTokenAge,
        requiredClaims: ['iat', 'jti', 'events'],
      })
      const { sub, sid, jti, events, nonce } = payload as JWTPayload & { events?: unknown; nonce?: unknown }
      const isLogout = typeof events === 'object' && events !== null && logoutEvent in events
      if (!isLogout || nonce !== undefined || (sub === undefined && typeof sid !== 'string')) {
        throw new Refusal('provider-refused-sign-in')
      }
      return {
        issuer,
        subject: sub ?? null,
        sid: typeof sid === 'string' ? sid : null,
        id: String(jti),
      }
    } catch (error) {
      throw refusalFor(error)
    }
  }

  #isFor({ aud }: JWTPayload): boolean {
    return [aud].flat().includes(this.settings.clientId)
  }

  /** Kept for a while: what is posted here by whoever wants to MUST NOT make us ask the provider each time. Keys that are new are fetched. */
  async #keySet(): Promise<KeySet> {
    if (this.#keys !== null && Date.now() - this.#keys.readAt < keySetLifeMs) return this.#keys
    const metadata = (await this.#configuration()).serverMetadata()
    if (metadata.jwks_uri === undefined) throw new Refusal('provider-unavailable')
    const set = createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: timeoutSeconds * 1000 })
    this.#keys = { set, issuer: metadata.issuer, readAt: Date.now() }
    return this.#keys
  }
}
