import { type AnswersFault, type AnswerVerdict, maxHandOverAnswerBytes } from '@buergerdraht/contract'
import { type OfficeContext, transaction } from '@buergerdraht/office'
import { readMessage } from '../xdomea/read-message.ts'
import type { AnswerBox, Fate } from './answer-box.ts'
import { type AnswerFile, type Answers, AnswersUnreachable, type AnswerWay } from './answers.ts'
import { take } from './take-answer.ts'

/** Faults that a file may have because it is not written to its end yet. */
const unfinished: ReadonlySet<AnswerVerdict> = new Set(['not-xml', 'not-one-message'])

/** @param isSettled whether it was the same at the last look */
async function judge(office: OfficeContext, file: AnswerFile, isSettled: boolean): Promise<Fate> {
  const read = await readMessage(file.bytes)
  const isYoung = file.isYoung ?? !isSettled
  if ('unreadable' in read && isYoung && unfinished.has(read.unreadable.fault)) return 'read-again'
  const { verdict, accepted } = await transaction(office.pool, ({ client }) =>
    take(office, client, read, null),
  )
  return accepted || verdict === 'duplicate' ? 'drop' : 'put-aside'
}

/** Undefined where the other side does not let us. */
async function permitted<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AnswersUnreachable && error.fault === 'no-access') return undefined
    throw error
  }
}

/** One look at all that lies there. @returns what stood in the way of some of it; null: nothing */
async function lookThrough(
  office: OfficeContext,
  { seen }: AnswerBox,
  answers: Answers,
  signal: AbortSignal,
  judged: () => void,
): Promise<AnswersFault | null> {
  const names = await answers.names()
  const there = new Set(names)
  for (const name of seen.keys()) if (!there.has(name)) seen.delete(name)
  let fault: AnswersFault | null = null
  for (const name of names) {
    if (signal.aborted) break
    const file = await permitted(() => answers.read(name, maxHandOverAnswerBytes))
    if (file === undefined) fault ??= 'no-access'
    if (file === undefined || file === null) continue
    const before = seen.get(name)
    const known = before?.mark === file.mark ? before.fate : undefined
    const isJudged = known === 'drop' || known === 'put-aside'
    const fate = isJudged ? known : await judge(office, file, known === 'read-again')
    seen.set(name, { mark: file.mark, fate })
    if (fate === 'read-again') continue
    if (!isJudged) judged()
    const isPutAway = await permitted(async () => {
      await (fate === 'drop' ? answers.drop(file) : answers.putAside(file))
      return true
    })
    // What comes under this name from now on is another file.
    if (isPutAway) seen.delete(name)
    else fault ??= 'not-put-away'
  }
  return fault
}

/** How the last look went. Written when that changes, and once a minute. @returns whether it was written */
async function noteLook(
  { pool, now }: OfficeContext,
  way: AnswerWay,
  fault: AnswersFault | null,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into answer_look as l (way, looked_at, failing_since, fault)
       values ($1, case when $3::text is null then $2::timestamptz end, case when $3::text is not null then $2::timestamptz end, $3)
     on conflict (way) do update set looked_at = coalesce(excluded.looked_at, l.looked_at), fault = excluded.fault,
       failing_since = case when excluded.fault is not null then coalesce(l.failing_since, excluded.failing_since) end
     where l.fault is distinct from excluded.fault or l.looked_at <= excluded.looked_at - interval '1 minute'`,
    [way, now(), fault],
  )
  return rowCount === 1
}

/**
 * Takes in what lies in a box as answers, oldest names first. What was accepted or said before is removed, what was refused is put aside. What cannot be
 * put away is not judged again by this process. Killed in between, a file is read again and is a duplicate then. How the look went is written down and
 * shown. @returns how many were judged
 */
export async function watchAnswers(
  office: OfficeContext,
  box: AnswerBox,
  signal: AbortSignal,
): Promise<number> {
  const { way } = box
  let judged = 0
  let fault: AnswersFault | null = null
  try {
    await box.look(signal, async (answers) => {
      fault = await lookThrough(office, box, answers, signal, () => {
        judged += 1
      })
    })
  } catch (error) {
    if (!(error instanceof AnswersUnreachable)) {
      await noteLook(office, way, 'defect')
      throw error
    }
    fault = error.fault
  }
  // What ends with the process is no fault of the other side.
  if (signal.aborted) return judged
  if ((await noteLook(office, way, fault)) && fault !== null)
    office.log.warn({ way, fault }, 'answers.unreachable')
  return judged
}
