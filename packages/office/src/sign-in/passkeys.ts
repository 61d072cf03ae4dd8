import {
  type NewPasskeyAnswer,
  type PasskeyAnswer,
  type PasskeyQuestion,
  Refusal,
} from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import { recordActOn } from '../audit/record-act.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import type { SignInPlace } from './sign-in-place.ts'

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** The library and its certificates are of some size: only who uses passkeys pays for them. */
function webauthn() {
  return import('@simplewebauthn/server')
}

type PasskeyRow = {
  readonly id: string
  readonly credential_id: string
  readonly public_key: Buffer
  readonly counter: string
  readonly transports: string[]
}

async function passkeysOf({ pool }: Asking, accountId: string, rpId: string): Promise<PasskeyRow[]> {
  const { rows } = await pool.query<PasskeyRow>(
    'select id, credential_id, public_key, counter, transports from passkey where account_id = $1 and rp_id = $2',
    [accountId, rpId],
  )
  return rows
}

function named({ credential_id, transports }: PasskeyRow) {
  return { id: credential_id, transports }
}

/** The challenge that an answer says it answers; empty: it says nothing that can be read. */
function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown
    }
    return typeof challenge === 'string' ? challenge : ''
  } catch {
    return ''
  }
}

/** Asks for one of the account's passkeys; null: it has none for this address. The answer is worth something once, for ten minutes. */
export async function askForPasskey(
  office: Asking,
  { rpId }: SignInPlace,
  accountId: string,
): Promise<PasskeyQuestion | null> {
  if (rpId === null) return null
  const own = await passkeysOf(office, accountId, rpId)
  if (own.length === 0) return null
  const { generateAuthenticationOptions } = await webauthn()
  const question = await generateAuthenticationOptions({
    rpID: rpId,
    allowCredentials: own.map(named),
    userVerification: 'required',
  })
  await beginCeremony(office, 'passkey-use', question.challenge, { accountId })
  return { ...question }
}

/**
 * Whether this is an answer to a question that was put to this account, by one of its passkeys, made on a page of ours, with PIN or
 * finger (WebAuthn Level 3 §7.2).
 */
export async function passkeyAnswers(
  office: Asking,
  { rpId, origins }: SignInPlace,
  accountId: string,
  answer: PasskeyAnswer,
): Promise<boolean> {
  const challenge = challengeOf(answer.response.clientDataJSON)
  const asked = await takeCeremony(office, 'passkey-use', challenge)
  if (rpId === null || asked?.accountId !== accountId) return false
  const passkey = (await passkeysOf(office, accountId, rpId)).find((one) => one.credential_id === answer.id)
  if (passkey === undefined) return false
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: Number(passkey.counter),
      },
      requireUserVerification: true,
    })
    if (!verified) return false
    await office.pool.query('update passkey set counter = $2, used_at = $3 where id = $1', [
      passkey.id,
      authenticationInfo.newCounter,
      office.now(),
    ])
    return true
  } catch {
    // The library tells what is wrong with an answer by throwing.
    return false
  }
}

/** What the browser is to make a passkey from. @throws Refusal `passkeys-impossible` */
export async function askForNewPasskey(
  office: Asking,
  { rpId }: SignInPlace,
  account: { readonly id: string; readonly email: string; readonly displayName: string },
): Promise<PasskeyQuestion> {
  if (rpId === null) throw new Refusal('passkeys-impossible')
  const { generateRegistrationOptions } = await webauthn()
  const question = await generateRegistrationOptions({
    rpName: 'Bürgerdraht',
    rpID: rpId,
    userName: account.email,
    userDisplayName: account.displayName,
    userID: new TextEncoder().encode(account.id),
    attestationType: 'none',
    excludeCredentials: (await passkeysOf(office, account.id, rpId)).map(named),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await beginCeremony(office, 'passkey-creation', question.challenge, { accountId: account.id })
  return { ...question }
}

/**
 * Adds a passkey, in force when this resolves (WebAuthn Level 3 §7.1). The session in which it is made counts as one in which a second
 * factor was shown.
 * @returns recovery codes, when it is the account's first second factor
 * @throws Refusal `wrong-second-factor`, `passkeys-impossible`
 */
export async function addPasskey(
  office: Asking,
  { rpId, origins }: SignInPlace,
  owner: Pick<Viewer, 'accountId' | 'role'> & { readonly sessionId: string },
  name: string,
  answer: NewPasskeyAnswer,
): Promise<string[] | null> {
  if (rpId === null) throw new Refusal('passkeys-impossible')
  const challenge = challengeOf(answer.response.clientDataJSON)
  const asked = await takeCeremony(office, 'passkey-creation', challenge)
  if (asked?.accountId !== owner.accountId) throw new Refusal('wrong-second-factor')
  const { verifyRegistrationResponse } = await webauthn()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => ({ verified: false as const, registrationInfo: undefined }))
  if (!verified) throw new Refusal('wrong-second-factor')
  const { credential } = registrationInfo
  return transaction(office.pool, async ({ client }) => {
    const { rowCount } = await client.query(
      `insert into passkey (account_id, credential_id, public_key, counter, transports, rp_id, name, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing`,
      [
        owner.accountId,
        credential.id,
        Buffer.from(credential.publicKey),
        credential.counter,
        credential.transports ?? [],
        rpId,
        name,
        office.now(),
      ],
    )
    if (rowCount === 0) throw new Refusal('wrong-second-factor')
    await client.query('update session set second_factor = true where id = $1', [owner.sessionId])
    await recordActOn(client, office.now(), owner, {
      act: 'second-factor-changed',
      facts: { change: 'passkey-added' },
    })
    const { rows } = await client.query('select 1 from recovery_code where account_id = $1 limit 1', [
      owner.accountId,
    ])
    return rows.length > 0 ? null : makeRecoveryCodes(client, office.keys, owner.accountId)
  })
}
