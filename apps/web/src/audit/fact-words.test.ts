import {
  agreementModes,
  answerVerdicts,
  documentKinds,
  emergencyReasons,
  handOverWays,
  holdNews,
  holdReasons,
  nameReasons,
  openingReasons,
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
  answerVerdicts,
  handOverWays,
  openingReasons,
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
    expect(factWords.en.valueOf(logged), logged).not.toBe('')
  }
})

test('a message of xdomea is called as people call it, and what stands beside it has a name', () => {
  expect(factWords.de.valueOf('xdomea-0605')).toBe('xdomea 0605')
  for (const fact of ['message', 'verdict', 'document', 'number', 'entry', 'way'])
    expect(factWords.de.nameOf(fact)).not.toBe(fact)
})

test('what has no words stands as in the log, whatever it is called', () => {
  for (const code of ['da03', 'constructor', '__proto__', '']) {
    expect(factWords.de.valueOf(code)).toBe(code)
    expect(factWords.de.nameOf(code)).toBe(code)
  }
})
