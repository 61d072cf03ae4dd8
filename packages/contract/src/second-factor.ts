import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { NewPasskeyAnswer, PasskeyQuestion } from './passkey.ts'

const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
  /** False: made for another address of this office; it works here no more. */
  usable: z.boolean(),
})

export const SecondFactors = z.object({
  /** There is a password, and it signs in here. */
  password: z.boolean(),
  totp: z.boolean(),
  passkeys: z.array(Passkey),
  /** Codes that are left. */
  recoveryCodes: z.int(),
  /** The role must have one. */
  needed: z.boolean(),
  /** Passkeys can be made under this address; not under an IP address (WebAuthn Level 3 §5.1.2). */
  passkeysPossible: z.boolean(),
})
export type SecondFactors = z.infer<typeof SecondFactors>

/** Shown once, when the first second factor is set up or new ones are asked for. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).nullable() })

export const readSecondFactors = endpoint({
  method: 'GET',
  path: '/second-factors',
  summary: "One's own second factors, without any secret.",
  access: 'signed-in',
  beforeSecondFactor: 'always',
  status: 200,
  reply: SecondFactors,
  refusals: [],
})

export const beginTotp = endpoint({
  method: 'POST',
  path: '/second-factors/totp',
  summary: 'A secret for an app that makes one-time codes; in force once a code of it has been shown.',
  access: 'change-own-sign-in',
  beforeSecondFactor: 'to-set-up',
  status: 201,
  reply: z.object({ secret: z.string(), uri: z.string() }),
  refusals: ['second-factor-exists', 'step-up-required'],
})

export const confirmTotp = endpoint({
  method: 'POST',
  path: '/second-factors/totp/confirmation',
  summary: 'Put the app in force with a code that it shows.',
  access: 'change-own-sign-in',
  beforeSecondFactor: 'to-set-up',
  body: z.object({ code: z.string().min(1).max(16) }),
  status: 200,
  reply: RecoveryCodes,
  refusals: ['wrong-second-factor', 'second-factor-exists', 'step-up-required'],
})

export const removeTotp = endpoint({
  method: 'DELETE',
  path: '/second-factors/totp',
  summary: 'Take the app away.',
  access: 'change-own-sign-in',
  status: 204,
  reply: null,
  refusals: ['last-second-factor', 'step-up-required'],
})

export const beginPasskey = endpoint({
  method: 'POST',
  path: '/second-factors/passkeys/question',
  summary: 'What the browser is asked to make a passkey for.',
  access: 'change-own-sign-in',
  beforeSecondFactor: 'to-set-up',
  status: 200,
  reply: PasskeyQuestion,
  refusals: ['passkeys-impossible', 'step-up-required'],
})

export const addPasskey = endpoint({
  method: 'POST',
  path: '/second-factors/passkeys',
  summary: 'Add the passkey that the browser has made.',
  access: 'change-own-sign-in',
  beforeSecondFactor: 'to-set-up',
  body: z.object({ name: z.string().trim().min(1).max(60), answer: NewPasskeyAnswer }),
  status: 201,
  reply: RecoveryCodes,
  refusals: ['wrong-second-factor', 'passkeys-impossible', 'step-up-required'],
})

export const removePasskey = endpoint({
  method: 'DELETE',
  path: '/second-factors/passkeys/:id',
  summary: 'Take a passkey away.',
  access: 'change-own-sign-in',
  params: z.object({ id: z.uuid() }),
  status: 204,
  reply: null,
  refusals: ['last-second-factor', 'step-up-required'],
})

export const renewRecoveryCodes = endpoint({
  method: 'POST',
  path: '/second-factors/recovery-codes',
  summary: 'New recovery codes; the ones from before are void.',
  access: 'change-own-sign-in',
  status: 200,
  reply: z.object({ recoveryCodes: z.array(z.string()) }),
  refusals: ['step-up-required'],
})
