import { expect, test } from 'vitest'
import { type PartFile, replyParts } from './reply-parts.ts'

function file(kind: PartFile['kind'], id = kind): PartFile {
  return { id, kind }
}

test.each([
  ['a text alone', 'Hallo', [], ['Hallo']],
  ['a picture alone', null, [file('image')], ['image']],
  ['a picture with its caption', 'Plan', [file('image')], ['Plan+image']],
  ['a voice note takes no caption', 'Hallo', [file('voice')], ['Hallo', 'voice']],
  ['several files', 'Plan', [file('document'), file('image')], ['Plan+document', 'image']],
  ['a caption that would be too long', 'x'.repeat(1025), [file('image')], ['x'.repeat(1025), 'image']],
  ['the longest caption', 'x'.repeat(1024), [file('image')], [`${'x'.repeat(1024)}+image`]],
])('%s', (_, text, files, messages) => {
  const parts = replyParts(text, files).map((part) =>
    [part.text, part.file?.kind].filter((one) => one !== null && one !== undefined).join('+'),
  )
  expect(parts).toEqual(messages)
})
