import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, root)), 'utf8')
}

type Row = { readonly id: string; readonly level: string; readonly state: string; readonly by: string }

const rows: Row[] = [
  ...read('docs/asvs.md').matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| (.*) \|$/gm),
].map(([, id = '', level = '', state = '', by = '']) => ({ id, level, state, by }))

/** Tests that a row names: file, and the name as it is written there. */
function testsOf({ by }: Row): { file: string; name: string }[] {
  return [...by.matchAll(/`([\w./-]+\.test\.tsx?)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({
    file,
    name,
  }))
}

test('every requirement of the levels 1 and 2 of ASVS 5.0.0 is listed once: 70 and 183', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(rows.filter(({ level }) => level === '1')).toHaveLength(70)
  expect(rows.filter(({ level }) => level === '2')).toHaveLength(183)
})

test('a requirement that is shown names a test, and every other says why', () => {
  const states = ['shown', 'documented', 'does not apply', 'weaker', '**open**']
  for (const row of rows) {
    expect(states, row.id).toContain(row.state)
    if (row.state === 'shown') expect(testsOf(row).length, row.id).toBeGreaterThan(0)
    else expect(row.by.length, row.id).toBeGreaterThan(4)
  }
})

test('each test that is named exists, by its file and its name', () => {
  const missing = rows.flatMap((row) =>
    testsOf(row)
      .filter(({ file, name }) => {
        if (!existsSync(fileURLToPath(new URL(file, root)))) return true
        const text = read(file)
        return !["'", '`', '"'].some((quote) => text.includes(`${quote}${name}${quote}`))
      })
      .map(({ file, name }) => `${row.id}: ${file} ${name}`),
  )
  expect(missing).toEqual([])
})
