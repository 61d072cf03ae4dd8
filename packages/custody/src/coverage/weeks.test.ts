import type { LocalDate } from '@buergerdraht/records'
import { expect, test } from 'vitest'
import { weekNamed, weekOf, weeksFrom } from './weeks.ts'

function weekNameOf(day: string): string {
  return weekOf(day as LocalDate).week
}

test('a week belongs to the year of its Thursday, and begins on Monday', () => {
  expect(['2026-11-29', '2026-11-30', '2026-12-31', '2027-01-03', '2027-01-04'].map(weekNameOf)).toEqual([
    '2026-W48',
    '2026-W49',
    '2026-W53',
    '2026-W53',
    '2027-W01',
  ])
  expect(weekNameOf('2024-12-30')).toBe('2025-W01')
})

test('it begins and ends at midnight in the town hall, whatever the clocks do in it', () => {
  // Summer time ends on 25 October 2026, and begins on 28 March 2027.
  expect(weekNamed('2026-W43')).toEqual({
    week: '2026-W43',
    monday: '2026-10-19',
    begins: '2026-10-18T22:00:00.000Z',
    ends: '2026-10-25T23:00:00.000Z',
  })
  expect(weekNamed('2027-W12')).toMatchObject({
    begins: '2027-03-21T23:00:00.000Z',
    ends: '2027-03-28T22:00:00.000Z',
  })
})

test('weeks follow each other without a gap, over the year too; a week that there is not is none', () => {
  const weeks = weeksFrom('2026-12-16' as LocalDate, 4)
  expect(weeks.map(({ week }) => week)).toEqual(['2026-W51', '2026-W52', '2026-W53', '2027-W01'])
  for (const [index, { begins }] of weeks.entries())
    if (index > 0) expect(begins).toBe(weeks[index - 1]?.ends)
  for (const none of ['2027-W53', '2026-W00', '2026-W54', '0000-W01', '9999-W01'])
    expect(weekNamed(none)).toBeUndefined()
})
