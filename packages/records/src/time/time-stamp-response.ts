import { readBer } from './ber.ts'
import { childrenOf, type Der, NotDer, readSmallInteger, tags, writeDer } from './der.ts'
import { TimeStampFault } from './time-stamp-fault.ts'
import { readable } from './time-stamp-token.ts'

const granted = 0
const grantedWithMods = 1

/**
 * The token in a TSA's answer (RFC 3161 section 2.4.2). `grantedWithMods` is an answer too, since everything in the token is
 * compared with what was asked for. An answer that grants and says why it failed, or has a third field, is none.
 * `isPlain` is false when it says more than `granted` or came in BER, as an answer that we store must not: nobody signs that.
 * @throws TimeStampFault TIME_STAMP_UNREADABLE or TIME_STAMP_NOT_GRANTED
 */
export function readResponse(response: Uint8Array): { token: Uint8Array; isPlain: boolean } {
  return readable('TIME_STAMP_UNREADABLE', () => {
    const { value, isDer } = readBer(response)
    const [info, token, extra] = childrenOf(value, tags.sequence)
    if (extra !== undefined) throw new NotDer('The answer has a third field')
    const [number, ...reasons] = childrenOf(info, tags.sequence)
    const status = readSmallInteger(number)
    if (status !== granted && status !== grantedWithMods) {
      throw new TimeStampFault('TIME_STAMP_NOT_GRANTED', `The authority answered with status ${status}`)
    }
    if (reasons.some(({ tag }, at) => tag !== tags.sequence || at > 0))
      throw new NotDer('The authority grants a time stamp and says why it does not')
    if (token === undefined) throw new NotDer('The answer has no token')
    return { token: token.raw, isPlain: isDer && status === granted && reasons.length === 0 }
  })
}

/** The token alone. @throws TimeStampFault */
export function tokenInResponse(response: Uint8Array): Uint8Array {
  return readResponse(response).token
}

/** The plainest answer that carries a token: the form in which it is stored. */
export function plainResponse(token: Uint8Array): Uint8Array {
  const status: Der['raw'] = writeDer(tags.integer, Uint8Array.of(granted))
  return writeDer(tags.sequence, writeDer(tags.sequence, status), token)
}
