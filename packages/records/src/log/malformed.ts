export type MalformedCode =
  | 'NOTE_MALFORMED'
  | 'KEY_MALFORMED'
  | 'CHECKPOINT_MALFORMED'
  | 'PROOF_MALFORMED'
  | 'LOG_LINE_MALFORMED'
  | 'WITNESS_REQUEST_MALFORMED'

/** A text that does not follow its format. The detail names the rule and never repeats the input. */
export class Malformed extends Error {
  readonly code: MalformedCode

  constructor(code: MalformedCode, detail: string) {
    super(detail)
    this.name = 'Malformed'
    this.code = code
  }
}
