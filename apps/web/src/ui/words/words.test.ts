import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

type Tree = { readonly [key: string]: unknown }

function leaves(tree: Tree, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? leaves(value as Tree, `${path}${key}.`)
      : [[path + key, value] as [string, unknown]],
  )
}

function said(value: unknown): string {
  return typeof value === 'function'
    ? String(value('Aa', 'Bb')) + String(value(1, true)) + String(value(null))
    : String(value)
}

test('both catalogues say everything, and nothing is empty', () => {
  expect(leaves(en).map(([path]) => path)).toEqual(leaves(de).map(([path]) => path))
  for (const [path, value] of [...leaves(de), ...leaves(en)]) expect(said(value), path).not.toBe('')
})

test('no exclamation marks, no jargon of ours', () => {
  for (const [path, value] of [...leaves(de), ...leaves(en)])
    expect(said(value), path).not.toMatch(/!|service window|Service-Fenster/i)
})

test('every word is used', () => {
  const root = join(import.meta.dirname, '../..')
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('words/') && !file.includes('.test.'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  const unused = leaves(de)
    .map(([path]) => path)
    .filter((path) => {
      const [group = '', key = ''] = path.split('.')
      if (new RegExp(`\\.${group}\\[`).test(source)) return false
      return (
        !source.includes(path === group ? `.${group}` : `.${group}.${key}`) &&
        !new RegExp(`\\bc\\.${key}\\b`).test(source)
      )
    })
  expect(unused).toEqual([])
})
