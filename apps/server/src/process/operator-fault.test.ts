import { KeyDestroyed, KeyFileUnusable } from '@buergerdraht/office'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { operatorFault } from './operator-fault.ts'

function system(facts: object) {
  return Object.assign(new Error('canary'), facts)
}

function faultOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test.each([
  [faultOf(() => readConfig({})), 'These settings cannot be used:\n  DATABASE_URL: is required'],
  [new KeyFileUnusable('it holds no key.'), 'The key file cannot be used: it holds no key.'],
  [new KeyDestroyed(), /^The keys in the key file are not those that this database was encrypted with/],
  [system({ code: 'EADDRINUSE', syscall: 'listen', port: 8080 }), 'Port 8080 is already in use.'],
  [system({ code: 'EROFS', syscall: 'mkdir', path: '/data/media' }), '/data/media cannot be used (EROFS).'],
  [
    system({ code: 'ECONNREFUSED', syscall: 'connect' }),
    'The database cannot be used (ECONNREFUSED); check DATABASE_URL.',
  ],
  [system({ code: 'P1001' }), 'The database cannot be used (P1001); check DATABASE_URL.'],
  [system({ code: 'P2021' }), 'The database is not at this release; run the command migrate.'],
  [system({ code: '28P01' }), 'The database cannot be used (28P01); check DATABASE_URL.'],
])('%s gets one sentence', (error, sentence) => {
  const said = operatorFault(error)
  expect(said).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence))
  expect(said).not.toContain('canary')
})

test.each([new TypeError('x'), system({ code: '23505' }), undefined, 'text'])(
  'a defect gets none: %s',
  (error) => {
    expect(operatorFault(error)).toBeNull()
  },
)
