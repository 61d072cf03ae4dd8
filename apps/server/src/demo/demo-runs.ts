import type { Candidate, Conversation, DataSubjectRequest, DeletionRun } from '@buergerdraht/contract'
import { sweepSignals } from '@buergerdraht/custody'
import { atFullSpeed } from '@buergerdraht/office'
import { type DemoClerk, until } from './demo-people.ts'
import { dayMs, hourMs, minuteMs, type Stage } from './demo-stage.ts'

type Run = 'planned' | 'manual' | 'emergency' | 'erasure'

async function runsOf(by: DemoClerk): Promise<readonly DeletionRun[]> {
  return (await by.ask<{ items: DeletionRun[] }>('GET', '/deletion-runs')).items
}

/** Approves it as the second person and waits until it has been carried out. */
export async function approveAndFinish(by: DemoClerk, runId: string): Promise<void> {
  if ((await runsOf(by)).some(({ id, state }) => id === runId && state === 'planned'))
    await by.decides('deletion-run', 'approval')
  await until(async () => {
    const { state } = await by.ask<DeletionRun>('GET', `/deletion-runs/${runId}`)
    return state === 'completed' ? true : null
  })
}

/** The run of this kind that somebody has begun on the day that is played, if they have: one that the office prepares by itself waits for them. */
async function runOfToday(by: DemoClerk, wanted: Run, now: Date): Promise<DeletionRun | undefined> {
  const since = now.getTime() - dayMs
  return (await runsOf(by)).find(
    ({ kind, state, plannedAt }) => kind === wanted && state !== 'prepared' && Date.parse(plannedAt) > since,
  )
}

/** What is due goes: records management plans it, data protection approves it. */
export async function deleteWhatIsDue({ ago, at, now }: Stage, days: number): Promise<void> {
  await ago(days * dayMs - 3 * hourMs)
  const records = await at('martin')
  const { id } =
    (await runOfToday(records, 'planned', now())) ??
    (await records.ask<DeletionRun>('POST', '/deletion-runs', { kind: 'planned' }))
  await approveAndFinish(await at('sabine'), id)
}

async function candidatesOf(
  { worker }: Stage,
  clerk: DemoClerk,
  enough: number,
): Promise<readonly Candidate[]> {
  return until(async () => {
    await sweepSignals(worker, atFullSpeed, new AbortController().signal)
    const { items } = await clerk.ask<{ items: Candidate[] }>('GET', '/workbench/candidates')
    return items.length >= enough ? items : null
  })
}

/** A Löschtag: the clerk has decided about what stands last in the list; data protection lets it go, or says that it belongs to a file. */
export async function tidyUp(
  stage: Stage,
  days: number,
  count: { readonly deleted: number; readonly kept: number },
  word: 'approval' | 'refusal',
): Promise<void> {
  const { ago, at, now } = stage
  await ago(days * dayMs - 4 * hourMs)
  const [clerk, dpo] = [await at('aylin'), await at('sabine')]
  const before = await runOfToday(dpo, 'manual', now())
  let runId = before?.id
  if (before === undefined) {
    const items = await candidatesOf(stage, clerk, count.deleted + count.kept)
    const until = new Date(now().getTime() + 300 * dayMs).toISOString().slice(0, 10)
    const decisions = items.slice(-count.deleted - count.kept).map(({ id, basis }, place) => ({
      conversationId: id,
      basis,
      ...(place < count.deleted ? { decision: 'delete' } : { decision: 'keep', reason: 'follow-up', until }),
    }))
    runId = (await clerk.ask<{ runId: string }>('POST', '/workbench/decisions', decisions)).runId
  }
  if (word === 'approval') await approveAndFinish(dpo, runId ?? '')
  else if (before === undefined || before.state === 'planned')
    await dpo.decides('deletion-run', 'refusal', { reason: 'belongs-to-file' })
}

/** What data protection has refused goes to the file, as they have said. */
export async function fileRefused(stage: Stage, days: number, fileReference: string): Promise<void> {
  await stage.ago(days * dayMs - 4 * hourMs)
  const clerk = await stage.at('aylin')
  const refused = (await candidatesOf(stage, clerk, 1)).filter(({ refusal }) => refusal !== null)
  const decisions = refused.map(({ id, basis }) => ({
    conversationId: id,
    basis,
    decision: 'to-file',
    fileReference,
  }))
  if (decisions.length > 0) await clerk.ask('POST', '/workbench/decisions', decisions)
}

/** A matter that is sure to be among the newest. */
async function newest(records: DemoClerk, name: string): Promise<Conversation> {
  return until(async () => {
    const path = '/conversations?order=latest&status=all&limit=100'
    const { items } = await records.ask<{ items: Conversation[] }>('GET', path)
    return items.find(({ contact }) => contact.displayName === name)
  })
}

/** Two requests of the last weeks: one for a copy, which a clerk has still to make, and one for erasure, whose run waits for its second person. */
export async function askForRights({ phones, ago, at, arriveAt }: Stage): Promise<void> {
  await arriveAt('Bürgeramt')
  for (const { days, identity, name, wish, answer, isClosed } of [
    {
      days: 12,
      identity: '491713920121',
      name: 'Carla Mendes',
      wish: 'AUSKUNFT',
      answer: 'Guten Tag Frau Mendes, Ihr Antrag liegt uns vor.',
      isClosed: false,
    },
    {
      days: 8,
      identity: '491713920122',
      name: 'Piotr Sikora',
      wish: 'LÖSCHEN',
      answer: 'Guten Tag Herr Sikora, Ihr Antrag liegt uns vor.',
      // What is open is not deleted.
      isClosed: true,
    },
  ]) {
    await ago(days * dayMs)
    await phones.introduce(identity, { profileName: name })
    await phones.writes(identity, wish)
    const aylin = await at('aylin')
    const { id } = await newest(aylin, name)
    await aylin.answers(id, { text: answer })
    if (isClosed) await aylin.closes(id)
  }
}

/** The request for erasure is granted, and its run planned. */
export async function grantErasure({ ago, at }: Stage): Promise<void> {
  await ago(4 * hourMs)
  const aylin = await at('aylin')
  const { id: conversationId } = await newest(aylin, 'Piotr Sikora')
  const path = `/subject-requests?conversation=${conversationId}`
  const request = await until(async () => {
    const { items } = await aylin.ask<{ items: DataSubjectRequest[] }>('GET', path)
    return items[0]
  })
  if (request.identity === null)
    await aylin.ask('POST', `/subject-requests/${request.id}/identity`, { way: 'IN_PERSON' })
  const records = await at('martin')
  if (request.decision === null)
    await records.ask('POST', `/subject-requests/${request.id}/decision`, {
      outcome: 'GRANTED',
      ground: 'ART17_1A',
    })
  if (!(await runsOf(records)).some(({ kind, state }) => kind === 'erasure' && state === 'planned'))
    await records.ask('POST', `/subject-requests/${request.id}/run`, {})
}

/** What may not go, or may not be shown: one protection of each sort. @param name of the person in whose newest matter it is */
export async function protect(
  { ago, at, now }: Stage,
  days: number,
  name: string,
  protection: (dayIn: (days: number) => string) => { readonly kind: 'hold' | 'restriction' },
): Promise<void> {
  await ago(days * dayMs - 3 * hourMs + 20 * minuteMs)
  const { id } = await newest(await at('aylin'), name)
  const records = await at('martin')
  const wanted = protection((later) => new Date(now().getTime() + later * dayMs).toISOString().slice(0, 10))
  const path = wanted.kind === 'hold' ? '/holds' : '/restrictions'
  const { items } = await records.ask<{ items: { scope: { id?: string } }[] }>('GET', path)
  if (items.some(({ scope }) => scope.id === id)) return
  await records.ask('POST', path, { scope: { kind: 'CONVERSATION', id }, protection: wanted })
}
