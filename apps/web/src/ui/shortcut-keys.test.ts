import { expect, test } from 'vitest'
import { meantBy, type Shortcuts } from './shortcut-keys.ts'

function next(): void {}
function toInbox(): void {}
function sheet(): void {}
const shortcuts: Shortcuts = { j: next, 'g i': toInbox, '?': sheet }

test.each<[string | null, string, (() => void) | undefined]>([
  [null, 'j', next],
  ['g', 'i', toInbox],
  [null, 'i', undefined],
  // On most keyboards a question mark is typed with Shift, and one comes to the list with Tab.
  ['Shift', '?', sheet],
  ['Tab', 'j', next],
  ['g', 'j', next],
])('after %s, %s', (before, key, meant) => {
  expect(meantBy(shortcuts, before, key)).toBe(meant)
})
