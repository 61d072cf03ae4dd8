import { expect, test } from 'vitest'
import { allScripts, initialScripts, readScript, weightOf } from '../page-weight.mjs'

test('what is loaded before the sign-in page is there weighs at most 150 kB', () => {
  expect(initialScripts().length).toBeGreaterThan(1)
  expect(weightOf(initialScripts())).toBeLessThanOrEqual(150_000)
})

test('no schema is shipped to the browser: it takes values of the contract only from modules without one', () => {
  for (const path of allScripts()) expect(readScript(path).includes('_zod'), path).toBe(false)
})
