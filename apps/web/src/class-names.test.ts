import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
function read(file: string): string {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
}

const sheets = files.filter((file) => file.endsWith('.module.css'))
function usesOf(sheet: string): Set<string> {
  const used = new Set<string>()
  for (const file of files.filter((one) => one.endsWith('.tsx'))) {
    const source = read(file)
    for (const [, name = '', path = ''] of source.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g))
      if (join(dirname(file), path) === sheet)
        for (const [, dotted, indexed] of source.matchAll(
          new RegExp(`\\b${name}(?:\\.(\\w+)|\\[([^\\]]+)\\])`, 'g'),
        ))
          used.add(dotted ?? `[${indexed}]`)
  }
  return used
}

test.each(sheets)('%s has the classes that are used, and no others', (sheet) => {
  expect(existsSync(join(import.meta.dirname, sheet))).toBe(true)
  const css = read(sheet)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\{[^{}]*\}/g, '{}')
  const defined = new Set([...css.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, name]) => name ?? ''))
  const used = usesOf(sheet)
  for (const name of used) if (!name.startsWith('[')) expect(defined, sheet).toContain(name)
  if (![...used].some((name) => name.startsWith('[')))
    for (const name of defined) expect(used, `${sheet}: nobody uses it`).toContain(name)
})
