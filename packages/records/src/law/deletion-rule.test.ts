import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { classOfVariant } from './deletion-rule.ts'

const byVariant = {
  kind: 'BY_VARIANT',
  minKeep: null,
  classes: {
    FILE_PLAN_2Y: { start: 'CASE_CLOSED', period: '2y', endOfYear: true },
    FILE_PLAN_30Y: { start: 'CASE_CLOSED', period: '30y', endOfYear: true },
    FILE_PLAN_10Y: { start: 'CASE_CLOSED', period: '10y', endOfYear: true },
  },
} as const

test('an object has the class of its variant; where nobody has said it, or the rule does not know it, the longest', () => {
  expect(classOfVariant(byVariant, 'FILE_PLAN_2Y')?.period).toBe('2y')
  expect(classOfVariant(byVariant, null)?.period).toBe('30y')
  expect(classOfVariant(byVariant, 'FILE_PLAN_5Y')?.period).toBe('30y')
})

test('a rule of one class has it for everything; one without periods has none', () => {
  const own = { start: 'CASE_CLOSED', period: '90d', endOfYear: false } as const
  expect(classOfVariant({ kind: 'CLASS', class: own, minKeep: null }, null)).toEqual(own)
  expect(classOfVariant({ kind: 'PERMANENT' }, null)).toBeNull()
})

test('whatever is filed has a class under the rule that is proposed', () => {
  expect(classOfVariant(catalogue.DA03.proposal, null)).not.toBeNull()
})
