/** Why a time stamp proves nothing. Closed; `verify` has a sentence for each. */
export type TimeStampCode =
  /** Not a time stamp in DER. */
  | 'TIME_STAMP_UNREADABLE'
  /** The TSA answered that it did not grant one. */
  | 'TIME_STAMP_NOT_GRANTED'
  /** What is signed is not what RFC 3161 section 2.4.2 lets an authority say. */
  | 'TIME_STAMP_CONTENT'
  /** It is about other data. */
  | 'TIME_STAMP_IMPRINT'
  /** It answers another request. */
  | 'TIME_STAMP_NONCE'
  /** It was issued under a policy that was not asked for. */
  | 'TIME_STAMP_POLICY'
  /** It uses an algorithm that is unknown to this program or had ended when it was made: nothing can be said. */
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
  /** A certificate of the path had been revoked (RFC 3161 section 4). */
  | 'TIME_STAMP_REVOKED'
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
