import type { AnswersFault, HandOverWay } from '@buergerdraht/contract'

export type AnswerWay = Exclude<HandOverWay, 'download'>

/** A file that lies there as an answer. */
export type AnswerFile = {
  readonly name: string
  /** So much is read of it: one byte more than is taken, so that what is too large is seen. */
  readonly bytes: Uint8Array
  /** Another mark, another file. */
  readonly mark: string
  /** Whether it may still be being written: changed within the last seconds of this machine's clock. Null: one look cannot tell. */
  readonly isYoung: boolean | null
}

/** What the other side has laid down, while one looks at it. @throws AnswersUnreachable from each */
export type Answers = {
  /** Oldest names first; hidden and unfinished files are passed over. */
  names(): Promise<readonly string[]>
  /** Null: it is gone meanwhile. */
  read(name: string, maxBytes: number): Promise<AnswerFile | null>
  /** What has been taken in is not needed any more. */
  drop(file: AnswerFile): Promise<void>
  /** What was refused is put aside into `refused`, so that somebody can look at it. */
  putAside(file: AnswerFile): Promise<void>
}

/** Answers cannot be looked at, or what was read of them cannot be put away. */
export class AnswersUnreachable extends Error {
  readonly fault: AnswersFault
  constructor(fault: AnswersFault) {
    super('Answers cannot be fetched.')
    this.name = 'AnswersUnreachable'
    this.fault = fault
  }
}

/** A name that a file in a folder may have: no way to another folder, not hidden, not one of a file that is still being written. */
export function isAnswerName(name: string): boolean {
  return /^[^./\\\p{Cc}][^/\\\p{Cc}]{0,254}$/u.test(name) && !/\.(?:part|tmp|new)$/i.test(name)
}
