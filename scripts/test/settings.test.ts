import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { secrets, settingsTable } from '../../apps/server/src/config.ts'

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

/** Settings of the compose file: those that all programs have, and the worker's own. */
function composed() {
  const [app = '', services = ''] = read('docker-compose.yml').split('\nservices:')
  const lines = [...`${app}${services}`.matchAll(/^ {4,6}([A-Z_]+): (.*)$/gm)]
  return new Map(lines.map(([, name = '', value = '']) => [name, value]))
}

test('docker-compose.yml sets nothing that does not exist', () => {
  const ofPostgres = /^POSTGRES_/
  const known = new Set<string>(settings.flatMap(({ name }) => [name, `${name}_FILE`]))
  expect([...composed().keys()].filter((name) => !known.has(name) && !ofPostgres.test(name))).toEqual([])
})

test('docker-compose.yml hands on every setting, but for those of a demo, and secrets by their files alone', () => {
  const byFile = new Set<string>(secrets)
  const ofDemo = new Set(['SIMULATOR_URL', 'DEMO_CLOCK'])
  const wanted = settings.flatMap(({ name }) => {
    // Where they are is the compose file's own matter; media lie within the data folder.
    if (ofDemo.has(name) || name === 'MEDIA_DIR' || name === 'KEY') return []
    return [byFile.has(name) ? `${name}_FILE` : name]
  })
  const names = composed()
  expect(wanted.filter((name) => !names.has(name))).toEqual([])
  expect([...byFile].filter((name) => names.has(name))).toEqual([])
})

test('docker-compose.yml names each optional setting by its own name', () => {
  for (const [name, value] of composed()) {
    const [, variable] = /^\$\{([A-Z_]+):[-?+]/.exec(value) ?? []
    if (variable !== undefined) expect(variable).toBe(name)
  }
})
