import { type Role, roles } from '@buergerdraht/contract'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type Parser, useRouter } from 'wouter'
import { deskAt, desksFor, movedAddresses } from './desks.ts'

const parsers: Parser[] = []
function Probe(): null {
  parsers.push(useRouter().parser)
  return null
}
renderToStaticMarkup(createElement(Probe))
/** The router's own way to read patterns. */
const parser = parsers[0] as Parser

function placeOf(role: Role, address: string): [string, string | null] | null {
  const place = deskAt(desksFor(role), address, parser)
  return place === null ? null : [place.desk.address, place.openId]
}

test.each([
  ['clerk', '/posteingang', ['/posteingang', null]],
  ['team-lead', '/posteingang/4711', ['/posteingang', '4711']],
  ['clerk', '/posteingang/4711/mehr', null],
  ['clerk', '/kanaele', null],
  ['clerk', '/', null],
  ['admin', '/kanaele', ['/kanaele', null]],
  ['admin', '/kanaele/neu', ['/kanaele', 'neu']],
  ['admin', '/kanaele/eingang', ['/kanaele/eingang', null]],
  ['admin', '/posteingang', null],
  ['dpo', '/posteingang', null],
  ['dpo', '/protokoll', ['/protokoll', null]],
  ['auditor', '/protokoll', ['/protokoll', null]],
  ['auditor', '/loeschkonzept/register', ['/loeschkonzept/register', null]],
  ['auditor', '/loeschkonzept', null],
  ['dpo', '/loeschkonzept/register', ['/loeschkonzept', 'register']],
  ['admin', '/protokoll', null],
  ['admin', '/personen/4711', ['/personen', '4711']],
  ['dpo', '/personen', null],
  ['dpo', '/vorschlaege', ['/vorschlaege', null]],
  ['clerk', '/vorschlaege', null],
  ['dpo', '/rollen', ['/rollen', null]],
  ['admin', '/rollen', null],
] as const)('what a %s finds at %s', (role, address, place) => {
  expect(placeOf(role, address)).toEqual(place)
})

test.each(roles)('no two desks of a %s have one key', (role) => {
  const keys = desksFor(role).flatMap((desk) => desk.keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('an address of an earlier release leads to a desk, and no desk hides behind one', () => {
  for (const [old, now] of Object.entries(movedAddresses)) {
    expect(roles.some((role) => placeOf(role, now) !== null)).toBe(true)
    expect(roles.every((role) => placeOf(role, old) === null)).toBe(true)
  }
})
