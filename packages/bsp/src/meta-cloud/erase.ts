import type { BspCredentials, Erasable, ErasureOutcome } from '../adapter.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import { mediaIdForm } from './media-reference.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, refusalOf } from './refusal.ts'

/** Parent BSUIDs have no entry of their own. */
const ownBsuid = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/

type ErasureAnswer = ErrorBody & { readonly success: boolean }

function addressOf(preset: CloudPreset, what: Erasable, credentials: BspCredentials): string | null {
  if (what.kind === 'media') return mediaIdForm.test(what.id) ? preset.mediaUrl(what.id, credentials) : null
  return ownBsuid.test(what.bsuid) ? preset.collectionUrl('contact_book', credentials) : null
}

/**
 * Has the provider delete a file, or Meta's contact-book entry of a person. May be repeated. A file that it does not know (any more) is erased; a
 * contact book that it does not know is not: it answers `deleted: false` where there is no entry, and 404 where we have asked in the wrong place.
 */
export async function erase(
  preset: CloudPreset,
  what: Erasable,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<ErasureOutcome> {
  const url = addressOf(preset, what, credentials)
  if (url === null) return { outcome: 'refused', code: 'not-addressable' }
  const headers = preset.authorization(credentials)
  const answer = await requestCloud(
    url,
    what.kind === 'media'
      ? { method: 'DELETE', headers, signal }
      : {
          method: 'DELETE',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', bsuid: what.bsuid }),
          signal,
        },
  )
  if (answer.result !== 'answered') return { outcome: 'later', code: answer.code }
  const { response } = answer
  const body = await answerObjectOf<ErasureAnswer>(response)
  if (response.ok)
    return body?.success === true ? { outcome: 'erased' } : { outcome: 'later', code: 'unclear-answer' }
  if (response.status < 400) return { outcome: 'refused', code: 'redirect' }
  const refused = refusalOf(response.status, body)
  if (refused === null) return { outcome: 'later', code: `http-${response.status}` }
  const { refusal, code } = refused
  // As when it is fetched: 404, or Meta's "object does not exist".
  if (what.kind === 'media' && (response.status === 404 || code === '100' || code === '33'))
    return { outcome: 'erased' }
  const mayPass = refusal === 'retry' || refusal === 'slow-channel' || refusal === 'slow-citizen'
  return { outcome: mayPass ? 'later' : 'refused', code }
}
