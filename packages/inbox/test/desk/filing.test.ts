import type { FilingDecision } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConversation, decideFiling, readConversation, reopenConversation } from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

let phones = 491713930000
function nextPhone(): string {
  phones += 1
  return String(phones)
}

async function closedWith(filing: FilingDecision): Promise<string> {
  const id = await desk.citizenWrites({ from: nextPhone() })
  await closeConversation(desk.office, desk.yilmaz, id, { filing })
  return id
}

function stored(id: string) {
  return desk.office.prisma.conversation.findUniqueOrThrow({ where: { id } })
}

// Closed on 16 November: thirty days and seven days after that day, at midnight in the town hall.
test.each([
  [{ relevance: 'none' }, 'DA01', 'NOT_FILE_RELEVANT', '2026-12-16T23:00:00.000Z'],
  [{ relevance: 'to-file', fileReference: '032.11-7/2026' }, 'DA03', 'HANDOVER_OPEN', null],
  [{ relevance: 'already-filed' }, 'DA02', 'FILED', '2026-11-23T23:00:00.000Z'],
] as const)('closing with %o makes it %s, %s', async (filing, cluster, state, dueAt) => {
  const id = await closedWith(filing)
  const row = await stored(id)
  expect(row).toMatchObject({ cluster, filing: state, waitsFor: dueAt === null ? 'VARIANT' : null })
  const read = await readConversation(desk.office, desk.yilmaz, id)
  expect(read.filing).toEqual({
    relevance: filing.relevance,
    fileReference: 'fileReference' in filing ? filing.fileReference : null,
    dueAt,
  })
})

test('a file reference is sealed: it is in no column that can be read', async () => {
  const id = await closedWith({ relevance: 'to-file', fileReference: 'Baugesuch-Mustermann-12' })
  const { rows } = await desk.office.pool.query<{ text: string }>(
    'select c::text as text from conversation c where id = $1',
    [id],
  )
  expect(rows[0]?.text).not.toContain(Buffer.from('Mustermann').toString('hex'))
  expect(rows[0]?.text).not.toContain('Mustermann')
})

test('what was decided by mistake is put right, its dates follow from its closing, and both are in the log', async () => {
  const { office, yilmaz, okafor } = desk
  const id = await closedWith({ relevance: 'none' })
  desk.test.setNow(minutesAfter(noon, 60 * 24 * 3))
  const changed = await decideFiling(office, yilmaz, id, { relevance: 'already-filed', fileReference: 'A 7' })
  desk.test.setNow(minutesAfter(noon, 1))
  expect(changed.filing).toEqual({
    relevance: 'already-filed',
    fileReference: 'A 7',
    dueAt: '2026-11-23T23:00:00.000Z',
  })
  await decideFiling(office, yilmaz, id, { relevance: 'none' })
  expect(await stored(id)).toMatchObject({ cluster: 'DA01', fileReferenceSealed: null })
  expect(await refusalOf(decideFiling(office, okafor, id, { relevance: 'none' }))).toBe('not-found')
  const entries = await office.prisma.auditEntry.findMany({ where: { objectId: id }, orderBy: { id: 'asc' } })
  expect(
    entries.filter(({ act }) => /closed|filing/.test(act)).map(({ act, facts }) => [act, facts]),
  ).toEqual([
    ['conversation-closed', { filing: 'none' }],
    ['filing-decided', { filing: 'already-filed' }],
    ['filing-decided', { filing: 'none' }],
  ])
})

test('opened again a matter waits, and is decided about anew when it is closed; an open one is not', async () => {
  const { office, yilmaz } = desk
  const id = await closedWith({ relevance: 'already-filed', fileReference: 'A 8' })
  await reopenConversation(office, yilmaz, id)
  expect(await stored(id)).toMatchObject({
    cluster: 'DA01',
    filing: 'UNDECIDED',
    waitsFor: 'CASE_CLOSED',
    dueAt: null,
  })
  expect((await readConversation(office, yilmaz, id)).filing).toBeNull()
  expect(await refusalOf(decideFiling(office, yilmaz, id, noFile.filing))).toBe('conversation-open')
  await closeConversation(office, yilmaz, id, noFile)
  expect(await stored(id)).toMatchObject({
    cluster: 'DA01',
    filing: 'NOT_FILE_RELEVANT',
    fileReferenceSealed: null,
  })
})

test('what was closed before anybody asked is undecided, and can be decided', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: nextPhone() })
  await office.pool.query(`update conversation set state = 'closed', closed_at = $2 where id = $1`, [
    id,
    noon,
  ])
  expect((await readConversation(office, yilmaz, id)).filing).toEqual({
    relevance: null,
    fileReference: null,
    dueAt: null,
  })
  const { filing } = await decideFiling(office, yilmaz, id, { relevance: 'none' })
  expect(filing?.dueAt).toBe('2026-12-16T23:00:00.000Z')
})
