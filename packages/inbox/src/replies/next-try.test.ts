import { refusalClassOf } from '@buergerdraht/bsp'
import { expect, test } from 'vitest'
import { nextTryInMs } from './next-try.ts'

/** Seconds before each further try of a message that is refused with this code again and again. */
function pauses(code: string): number[] {
  const refusal = refusalClassOf(Number(code))
  const found: number[] = []
  for (let attempts = 1; ; attempts += 1) {
    const ms = nextTryInMs(refusal, code, attempts)
    if (ms === null) return found
    found.push(ms / 1000)
  }
}

test.each(['1', '2', '131000', '131016', '131057', '135000'])('%s is tried again a few times', (code) => {
  expect(pauses(code)).toEqual([5, 30, 120])
})

test.each(['4', '80007', '130429'])('%s slows the whole number for minutes', (code) => {
  expect(pauses(code)).toEqual([10, 30, 90, 270, 600])
})

test('131056 waits 4, 16, 64, 256 seconds for this citizen', () => {
  expect(pauses('131056')).toEqual([4, 16, 64, 256])
})

test.each(['131052', '131053'])('%s, a file that could not be moved, is tried twice more', (code) => {
  expect(pauses(code)).toEqual([5, 30])
})

const never = `0 3 10 33 100 190 200 299 368 130472 130497 131005 131008 131009 131021 131026 131030 131031 131037 131042 131044
  131045 131047 131048 131049 131050 131051 131060 131062 131063 131064 132000 132001 132005 132007 132008 132012 132015 132016
  132068 132069 133010 133016 137000 999999`
test.each(never.split(/\s+/))('%s is not tried again by itself', (code) => {
  expect(pauses(code)).toEqual([])
})
