import {
  agreementModes,
  documentKinds,
  emergencyReasons,
  holdNews,
  holdReasons,
  nameReasons,
  proposalKindNames,
  refusalReasons,
  requestKinds,
  requestNews,
  restrictionGrounds,
  roles,
} from '@buergerdraht/contract'
import { expect, test } from 'vitest'
import { factWords } from './fact-words.ts'

const lists = {
  agreementModes,
  documentKinds,
  emergencyReasons,
  holdNews,
  holdReasons,
  nameReasons,
  proposalKindNames,
  refusalReasons,
  requestKinds,
  requestNews,
  restrictionGrounds,
  roles,
}

test.each(Object.entries(lists))('every code of %s that may stand in the log has words', (_, codes) => {
  for (const code of codes) {
    const logged = code.toLowerCase().replaceAll('_', '-')
    expect(factWords.de.valueOf(logged), logged).not.toBe(logged)
  }
})

test('what has no words stands as in the log, whatever it is called', () => {
  for (const code of ['da03', 'constructor', '__proto__', '']) {
    expect(factWords.de.valueOf(code)).toBe(code)
    expect(factWords.de.nameOf(code)).toBe(code)
  }
})
