import { Refusal } from '@buergerdraht/contract'
import { expect, test } from 'vitest'
import { refusalOf } from './error-answer.ts'

function prismaError(originalCode: string) {
  return Object.assign(new Error('Database error.'), {
    code: 'P2039',
    meta: { driverAdapterError: Object.assign(new Error('Postgres'), { cause: { originalCode } }) },
  })
}

test.each([
  ['a connection that was refused', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'not-ready'],
  ['one that broke', new Error('Connection terminated unexpectedly'), 'not-ready'],
  [
    'one that broke before',
    new Error('Client has encountered a connection error and is not queryable'),
    'not-ready',
  ],
  ['a database that starts', prismaError('57P03'), 'not-ready'],
  ['a database that ends', prismaError('57P01'), 'not-ready'],
  ['a database whose disk is full', Object.assign(new Error('x'), { code: '53100' }), 'not-ready'],
  ['the same below another error', new Error('x', { cause: prismaError('53100') }), 'not-ready'],
  ['a media folder without room', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'not-ready'],
  ['a table that is missing', prismaError('42P01'), 'defect'],
  ['a defect', new TypeError('x is not a function'), 'defect'],
  ['something that is no error', 'x', 'defect'],
  ['a refusal', new Refusal('not-found'), 'not-found'],
])('%s', (_name, error, code) => {
  expect(refusalOf(error).code).toBe(code)
})
