import { z } from 'zod'

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3 §5.4.8): the page hands it on to the browser as it is. */
export const PasskeyQuestion = z.looseObject({ challenge: z.string() })
export type PasskeyQuestion = z.infer<typeof PasskeyQuestion>

const Base64Url = z
  .string()
  .max(8192)
  .regex(/^[\w-]*$/)

/** `AuthenticationResponseJSON` (WebAuthn Level 3 §5.1.8.2). */
export const PasskeyAnswer = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

/** `RegistrationResponseJSON`. Attestation is not asked for. */
export const NewPasskeyAnswer = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})
export type NewPasskeyAnswer = z.infer<typeof NewPasskeyAnswer>
