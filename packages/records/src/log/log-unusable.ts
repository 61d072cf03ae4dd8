export type LogUnusableCode =
  /** Acknowledged bytes changed, or the file ends where more was acknowledged. Restore it; never repair it. */
  | 'LOG_DAMAGED'
  | 'LOG_SHORTER_THAN_EXPECTED'
  /** Another process wrote to the file: two writers fork a log. */
  | 'LOG_CHANGED_UNDERNEATH'
  /** A write failed before; what is on disk is unknown until the log is opened again. */
  | 'LOG_CLOSED'
  /** Another root than the one signed before, for the same size. */
  | 'LOG_FORKED'
  /** The node file does not give the root: open the log again, which rebuilds it. */
  | 'LOG_NODES_DAMAGED'

/** The log on disk cannot be used. Every code but LOG_CLOSED needs a person. */
export class LogUnusable extends Error {
  readonly code: LogUnusableCode

  constructor(code: LogUnusableCode, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'LogUnusable'
    this.code = code
  }
}
