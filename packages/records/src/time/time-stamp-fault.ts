/** Why a time stamp proves nothing. Closed; `verify` has a sentence for each. */
export type TimeStampCode =
  /** Not a time stamp in DER. */
  | 'TIME_STAMP_UNREADABLE'
  /** The TSA answered that it did not grant one. */
  | 'TIME_STAMP_NOT_GRANTED'
  /** It is about other data. */
  | 'TIME_STAMP_IMPRINT'
  /** It answers another request. */
  | 'TIME_STAMP_NONCE'
  /** It was issued under a policy that was not asked for. */
  | 'TIME_STAMP_POLICY'
  /** It uses an algorithm that is too weak or unknown to this program. */
  | 'TIME_STAMP_ALGORITHM'
  /** The signed attributes are missing or do not belong to the content (RFC 5652 section 11). */
  | 'TIME_STAMP_ATTRIBUTES'
  /** The signed reference to the signer's certificate names another one (RFC 5816). */
  | 'TIME_STAMP_SIGNER'
  /** The signature is wrong. */
  | 'TIME_STAMP_SIGNATURE'
  /** The signer's certificate is not for time stamping (RFC 3161 section 2.3). */
  | 'TIME_STAMP_PURPOSE'
  /** No path from the signer's certificate to a given root held at that time (RFC 5280 section 6). */
  | 'TIME_STAMP_PATH'
  /** The TSA could not be reached or did not answer; ask again later, invent nothing. */
  | 'TIME_STAMP_UNREACHABLE'

export class TimeStampFault extends Error {
  readonly code: TimeStampCode

  constructor(code: TimeStampCode, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'TimeStampFault'
    this.code = code
  }
}
