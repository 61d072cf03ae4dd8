import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Package } from './archive-query.ts'
import { shownManifest } from './shown-manifest.ts'

/** As it lies in a package that the verifier takes for good. */
function sealedManifest(): string {
  const vectors = new URL('../../../../packages/records/vectors/packages/valid/', import.meta.url)
  const zip = readFileSync(new URL('complete.zip', vectors), 'latin1')
  const end = '"v":1}'
  return zip.slice(zip.indexOf('{"algorithms"'), zip.indexOf(end) + end.length)
}

test('what a page shows of a package is its manifest, byte by byte', () => {
  const text = sealedManifest()
  const { package: id, items, ...rest } = JSON.parse(text)
  expect(shownManifest({ ...rest, id, entries: items } as Package)).toBe(text)
  expect(shownManifest({ ...rest, rule: null, id, entries: items } as Package)).toBe(null)
})
