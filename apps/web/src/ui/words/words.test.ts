import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
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

type Node = { readonly type: string; readonly [key: string]: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one)
  else if (isNode(value)) {
    yield value
    for (const inner of Object.values(value)) yield* nodesIn(inner)
  }
}

/** `a.b.c` as its parts; `*` where a part is computed. Null: what it begins with has no name. */
function chainOf(node: unknown): string[] | null {
  if (!isNode(node)) return null
  if (node.type === 'Identifier') return [String(node['name'])]
  if (node.type === 'ChainExpression') return chainOf(node['expression'])
  if (node.type !== 'MemberExpression') return null
  const before = chainOf(node['object'])
  const [property] = nodesIn(node['property'])
  return before && [...before, node['computed'] ? '*' : String(property?.['name'])]
}

/** `Words['a']['b']` as its parts after `Words`; null for any other type. */
function wordsOfType(node: unknown): string[] | null {
  if (!isNode(node)) return null
  if (node.type === 'TSTypeReference') return chainOf(node['typeName'])?.join() === 'Words' ? [] : null
  if (node.type !== 'TSIndexedAccessType') return null
  const before = wordsOfType(node['objectType'])
  const literal = [...nodesIn(node['indexType'])].find(({ type }) => type === 'Literal')
  return before && [...before, String(literal?.['value'])]
}

/**
 * The words that a file reads: what follows the catalogue's name in it, also by a second name (`const c = w.composer`, or a parameter of
 * that type) and by taking apart (`const { sent } = w.composer`).
 */
function wordsReadIn(source: string): string[] {
  const { program } = parseSync('x.tsx', source)
  const groups = new Set(Object.keys(de))
  const names = new Map<string, string[]>()
  const read: string[] = []
  function pathOf(node: unknown): string[] | null {
    const [name = '', ...rest] = chainOf(node) ?? []
    const known = names.get(name)
    if (known !== undefined) return [...known, ...rest]
    // `w.group…` and `words.group…`, however the catalogue came there.
    const at = rest.findIndex((part) => groups.has(part))
    return at === -1 ? null : rest.slice(at)
  }
  for (const node of nodesIn(program)) {
    if (node.type === 'Identifier' && isNode(node['typeAnnotation'])) {
      const path = wordsOfType(node['typeAnnotation']['typeAnnotation'])
      if (path !== null && path.length > 0) names.set(String(node['name']), path)
    }
    if (node.type === 'VariableDeclarator') {
      const path = pathOf(node['init'])
      const id = node['id']
      if (path === null || !isNode(id)) continue
      if (id.type === 'Identifier') names.set(String(id['name']), path)
      if (id.type === 'ObjectPattern')
        for (const { type, key } of nodesIn(id['properties']))
          if (type === 'Property' && isNode(key)) read.push([...path, String(key['name'])].join('.'))
    }
    if (node.type === 'MemberExpression') {
      const path = pathOf(node)
      if (path !== null) read.push(path.join('.'))
    }
  }
  return read
}

test('every word is used', () => {
  const root = join(import.meta.dirname, '../..')
  const read = new Set(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('words/') && !file.includes('.test.'))
      .flatMap((file) => wordsReadIn(readFileSync(join(root, file), 'utf8'))),
  )
  function isRead(path: string): boolean {
    const parts = path.split('.')
    return parts.some((_, n) => {
      const start = parts.slice(0, n + 1).join('.')
      return read.has(n === parts.length - 1 ? start : `${start}.*`)
    })
  }
  const unused = leaves(de).flatMap(([path]) => (isRead(path) ? [] : path))
  expect(unused).toEqual([])
})

test('a word that something else is called is not thereby used', () => {
  const [path = '', group = '', key = ''] = ['thread.copied', 'thread', 'copied']
  expect(wordsReadIn(`const t = w.${group}; show(t.${key})`)).toContain(path)
  expect(wordsReadIn(`const { ${key} } = w.${group}`)).toContain(path)
  expect(wordsReadIn(`function f(t: Words['${group}']) { show(t.${key}) }`)).toContain(path)
  expect(wordsReadIn(`show(w.${group}[x])`)).toContain(`${group}.*`)
  expect(wordsReadIn(`c.${key}; "${path}"; other(${key})`)).toEqual([])
})
