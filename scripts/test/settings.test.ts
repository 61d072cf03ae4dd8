import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { settingsTable } from '../../apps/server/src/config.ts'

function read(path: string) {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
}
const settings = settingsTable()

test('the README has every setting, with its default and its meaning, and no other', () => {
  const rows = settings.map(({ name, fallback, meaning }) => {
    return `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${meaning} |`
  })
  expect(read('README.md').match(/^\| `[A-Z_]+` \|.*$/gm)).toEqual(rows)
})

test('.env.example has every setting with its default, and no other', () => {
  const lines = settings.map(({ name, fallback }) => `# ${name}=${fallback}`)
  expect(read('.env.example').match(/^# [A-Z_]+=.*$/gm)).toEqual(lines)
})

test('docker-compose.yml sets nothing that does not exist', () => {
  const app = read('docker-compose.yml').split('\nservices:')[0] ?? ''
  const names = [...app.matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name = '']) => name.replace(/_FILE$/, ''))
  const known = new Set(settings.map(({ name }) => name.replace(/_FILE$/, '')))
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => !known.has(name))).toEqual([])
})
