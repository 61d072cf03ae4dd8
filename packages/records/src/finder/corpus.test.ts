import { describe, expect, it } from 'vitest'
import { measure } from '../../corpus/measure-finder.mjs'
import { readChats, readMessages } from '../../corpus/read-corpus.mjs'
import { doesNotBelongHere } from './does-not-belong-here.ts'
import { lastMessageIsThanks } from './find-signals.ts'
import { openMatter } from './open-matter.ts'
import { personalDataIn } from './personal-data.ts'
import { piiKinds } from './pii-match.ts'
import { wordingOf } from './wording.ts'

const finder = { personalDataIn, piiKinds, openMatter, lastMessageIsThanks, doesNotBelongHere, wordingOf }

/**
 * Figures that may not fall, in per cent: recall and precision of both halves. Documents, thanks and what can go were higher before a third,
 * a fourth, a fifth and a sixth hand's harder texts came in.
 */
const minimum: Readonly<Record<string, readonly [recall: number, precision: number]>> = {
  IBAN: [97, 97],
  TAX_ID: [97, 97],
  HEALTH_INSURANCE_NUMBER: [97, 97],
  IDENTITY_DOCUMENT: [94, 97],
  EMAIL: [95, 97],
  DATE_OF_BIRTH: [95, 95],
  PHONE: [95, 95],
  'SPECIAL_CATEGORY de': [90, 85],
  'SPECIAL_CATEGORY en': [80, 80],
  'SPECIAL_CATEGORY tr': [80, 80],
  'SPECIAL_CATEGORY ar': [80, 80],
  'SPECIAL_CATEGORY uk': [80, 80],
  'SPECIAL_CATEGORY ru': [80, 80],
  'SPECIAL_CATEGORY pl': [80, 80],
  'SPECIAL_CATEGORY ro': [80, 80],
  ONLY_THANKS: [83.9, 98],
  SPAM: [85, 90],
  MISDIRECTED: [85, 90],
  OTHER_MUNICIPALITY: [85, 90],
  DUPLICATE: [85, 90],
  CAN_GO_NAMED: [86.5, 0],
}

describe.each([
  ['the half that may be looked at', false],
  ['the half that nobody looks at', true],
])('%s', (_name, held) => {
  const counts = measure(finder, held)

  it.each(Object.entries(minimum))('%s is found as well as before', (kind, [recall, precision]) => {
    const { right, missed, wrong } = counts.get(kind) ?? expect.fail(`not measured: ${kind}`)
    expect((100 * right) / (right + missed)).toBeGreaterThanOrEqual(recall)
    expect((100 * right) / Math.max(1, right + wrong)).toBeGreaterThanOrEqual(precision)
  })

  it('proposes no open matter', () => {
    const open = counts.get('OPEN_PROPOSED') ?? expect.fail('not measured')
    expect(open.examples).toEqual([])
  })
})

describe('the corpus', () => {
  it('has every text once', () => {
    const texts = readMessages().map(({ text }) => text)
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
    const chats = readChats().map(({ lines, elsewhere }) => JSON.stringify([lines, elsewhere]))
    expect(chats.filter((chat, index) => chats.indexOf(chat) !== index)).toEqual([])
  })

  it('has halves that are about as large', () => {
    const texts = [...readMessages(), ...readChats()]
    const held = texts.filter((each) => each.held).length
    expect(held / texts.length).toBeGreaterThan(0.4)
    expect(held / texts.length).toBeLessThan(0.6)
  })
})
