import { createHash } from 'node:crypto'
import type { AnswerFault } from '@buergerdraht/contract'
import { canonicalJson } from '@buergerdraht/records'
import type { WrittenCode } from './profile.ts'
import type { Answer, AnswerCode, Said, Valued } from './read-message.ts'

/** What was sent under a process id, as far as an answer is judged by it. */
export type Sent = {
  readonly code: WrittenCode
  /** What an answer has to speak of, and what it may speak of besides: the documents within. */
  readonly matters: ReadonlySet<string>
  readonly parts: ReadonlySet<string>
  readonly state: 'prepared' | 'sent' | 'withdrawn'
  /** What was said of it otherwise than by an answer that is stored: by a person, or, after a restore, by the ledger. */
  readonly saidBefore: 'taken' | 'rejected' | null
  /** Fingerprints of the answers that were accepted, by their code. */
  readonly answers: ReadonlyMap<string, string>
}

export type Verdict =
  | { readonly refused: AnswerFault }
  | { readonly accepted: 'received' }
  | { readonly accepted: 'taken'; readonly archiveReferences: ReadonlyMap<string, string> }
  | { readonly accepted: 'rejected'; readonly reasons: readonly string[] }
  | { readonly accepted: 'valued'; readonly values: ReadonlyMap<string, 'A' | 'B' | 'V'> }

/** Which answers there are to what is sent (xdomea, groups 04, 05 and 06). */
const answersTo: Readonly<Record<Sent['code'], readonly AnswerCode[]>> = {
  '0401': ['0402', '0403'],
  '0501': ['0502', '0504'],
  '0503': ['0506', '0507'],
  '0511': ['0513'],
  '0605': ['0629', '0630'],
}

/** What an answer says, as a hash: whether two say the same, whatever they look like and in whatever order. */
export function fingerprint({ code, said }: Pick<Answer, 'code' | 'said'>): string {
  return createHash('sha256')
    .update(canonicalJson({ code, said: inOrder(said) }))
    .digest('hex')
}

function inOrder(said: Said): Said {
  function sorted<Value extends { readonly id: string }>(list: readonly Value[]): Value[] {
    return [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  if (said.kind === 'receipt') return said
  if (said.kind === 'import') return { ...said, objects: sorted(said.objects) }
  return { ...said, values: sorted(said.values) }
}

/**
 * What an answer means for what was sent. Pure: whoever stores it asks with the row locked. The first word that decides is the last: the same again is a
 * duplicate, another one a contradiction, and neither changes anything.
 * @param sent undefined: the process id is none of ours
 */
export function judgeAnswer(answer: Answer, sent: Sent | undefined): Verdict {
  if (sent === undefined) return { refused: 'foreign-process' }
  if (!answersTo[sent.code].includes(answer.code)) return { refused: 'wrong-answer' }
  if (sent.state === 'prepared') return { refused: 'not-sent' }
  if (sent.state === 'withdrawn') return { refused: 'finished-process' }
  const before = sent.answers.get(answer.code)
  if (before !== undefined) return { refused: before === fingerprint(answer) ? 'duplicate' : 'contradiction' }
  switch (answer.said.kind) {
    case 'receipt':
      return { accepted: 'received' }
    case 'import':
      return afterwards(judgeImport(answer.said, sent), sent)
    default:
      return judgeValues(answer.said.values, sent)
  }
}

/** What was said before counts like a message that said so. */
function afterwards(verdict: Verdict, { saidBefore }: Sent): Verdict {
  if (saidBefore === null || 'refused' in verdict) return verdict
  return { refused: verdict.accepted === saidBefore ? 'duplicate' : 'contradiction' }
}

function isForeign(ids: readonly { readonly id: string }[], { matters, parts }: Sent): boolean {
  return ids.some(({ id }) => !matters.has(id) && !parts.has(id))
}

function judgeImport(said: Extract<Said, { kind: 'import' }>, sent: Sent): Verdict {
  const { objects, taken, reasons } = said
  if (isForeign(objects, sent)) return { refused: 'foreign-object' }
  const named = new Set(objects.map(({ id }) => id))
  // Where the answer speaks of the whole (0630) it need not name anything; else each matter, because what is not spoken of may be lost.
  if (taken === null && [...sent.matters].some((id) => !named.has(id))) return { refused: 'object-missing' }
  const failed = objects.filter((one) => !one.taken)
  if (taken === false || failed.length > 0)
    return {
      accepted: 'rejected',
      reasons: [...new Set([...reasons, ...failed.flatMap((one) => one.reasons)])],
    }
  return {
    accepted: 'taken',
    archiveReferences: new Map(
      objects.flatMap(({ id, archiveReference }) =>
        archiveReference === null ? [] : [[id, archiveReference] as const],
      ),
    ),
  }
}

function judgeValues(values: readonly Valued[], sent: Sent): Verdict {
  if (values.some(({ id }) => !sent.matters.has(id))) return { refused: 'foreign-object' }
  return { accepted: 'valued', values: new Map(values.map(({ id, valuation }) => [id, valuation])) }
}
