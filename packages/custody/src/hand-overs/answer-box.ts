import type { Answers, AnswerWay } from './answers.ts'
import { answersInFolder } from './drop-folder.ts'
import type { HandOverPlace } from './place.ts'
import { answersOverSftp } from './sftp.ts'
import { answersInCollection } from './webdav.ts'

/** What is to become of a file: read again, because it may still be written; or judged, and put away. */
export type Fate = 'read-again' | 'drop' | 'put-aside'

/** One place that is looked at again and again. */
export type AnswerBox = {
  readonly way: AnswerWay
  /** By name, what lay there at the last look and still did at its end. */
  readonly seen: Map<string, { readonly mark: string; readonly fate: Fate }>
  /** @throws AnswersUnreachable */
  look(signal: AbortSignal, work: (answers: Answers) => Promise<void>): Promise<void>
}

/** Every place from which this office fetches answers. A box remembers what it has seen: make them once. */
export function answerBoxes({ dropFolder, webdav, sftp }: HandOverPlace): AnswerBox[] {
  const answersUrl = webdav?.answersUrl ?? null
  const authorization = webdav?.authorization ?? null
  const boxes: Omit<AnswerBox, 'seen'>[] = []
  if (dropFolder !== null) boxes.push({ way: 'folder', look: (_, work) => work(answersInFolder(dropFolder)) })
  if (answersUrl !== null)
    boxes.push({
      way: 'webdav',
      look: (signal, work) => work(answersInCollection({ url: answersUrl, authorization }, signal)),
    })
  if (sftp !== null) boxes.push({ way: 'sftp', look: (signal, work) => answersOverSftp(sftp, signal, work) })
  return boxes.map((box) => ({ ...box, seen: new Map() }))
}
