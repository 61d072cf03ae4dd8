import { expect, test } from 'vitest'
import { type DueListName, dueListOf, dueListPath } from './due-list-path.ts'

test('each list has an address, which names it again', () => {
  const names: DueListName[] = [
    { list: 'overdue' },
    { list: 'overdue', kind: 'request' },
    { list: 'kept' },
    { list: 'kept', kind: 'file' },
    { list: 'waiting', kind: 'notice' },
    { list: 'waiting' },
    { list: 'missing', kind: 'file' },
    { list: 'week', week: '2026-W49' },
    { list: 'week', week: '2027-W01', kind: 'contact' },
    { list: 'undecided', age: 'under-90' },
    { list: 'undecided', age: 'over-365' },
  ]
  const paths = names.map(dueListPath)
  expect(new Set(paths).size).toBe(names.length)
  expect(paths.map((path) => dueListOf(path.slice('/loeschkonzept/'.length)))).toEqual(names)
})

test('other pages of the desk are none of them', () => {
  for (const other of [
    null,
    'DA01',
    'archiv',
    'anbietung-1',
    'dienstleister-rest',
    'woche-2026',
    'unentschieden-x',
  ])
    expect(dueListOf(other)).toBeNull()
})
