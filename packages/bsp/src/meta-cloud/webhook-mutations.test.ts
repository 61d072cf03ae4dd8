import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseWebhook } from './webhook.ts'

type Json = null | string | number | boolean | Json[] | { [name: string]: Json }

const folders = ['../../wire/', 'captured/']
const odd: readonly Json[] = [
  ...[null, '', 'x', 0, -1, 1e308, 2 ** 53, true, [], {}, [null], [[]], { id: 'x' }],
  ...['\0', '\ud800', '__proto__', 'constructor', 'toString', 'x'.repeat(600), '👍'.repeat(40)],
  ...['text', 'image', 'reaction', 'edit', 'revoke', 'system', 'unsupported', 'interactive', 'failed'],
  ...['491713920011', 'DE.7001000000000000011', '1794830400', 1794830400],
]

/** The same numbers in every run (the generator of "Numerical Recipes"). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function bodies(): Json[] {
  return folders.flatMap((folder) => {
    const url = new URL(folder, import.meta.url)
    const names = readdirSync(url).filter((name) => name.endsWith('.json'))
    return names.flatMap((name): Json[] => {
      const file = JSON.parse(readFileSync(new URL(name, url), 'utf8'))
      const requests = file.requests ?? [file.request ?? file]
      return requests.flatMap(({ body }: { body?: Json }) => (body === undefined ? [] : [body]))
    })
  })
}

/** Puts something odd in the place of a value somewhere inside, or leaves the value out. */
function spoil(value: Json, next: (below: number) => number): Json {
  if (typeof value !== 'object' || value === null) return odd[next(odd.length)] ?? null
  const names = Object.keys(value)
  const name = names[next(names.length)]
  if (name === undefined || next(8) === 0) return odd[next(odd.length)] ?? null
  if (Array.isArray(value)) return value.map((one, n) => (n === Number(name) ? spoil(one, next) : one))
  const { [name]: one = null, ...rest } = value
  return next(6) === 0 ? rest : { ...rest, [name]: spoil(one, next) }
}

test('whatever is odd or missing anywhere, no item is given up for a defect of ours', () => {
  const next = numbersFrom(7)
  const whole = bodies()
  expect(whole.length).toBeGreaterThan(150)
  for (let n = 0; n < 4000; n += 1) {
    let body = whole[n % whole.length] ?? null
    for (let spoils = next(3); spoils >= 0; spoils -= 1) body = spoil(body, next)
    const events = parseWebhook(Buffer.from(JSON.stringify(body)))
    expect(events.length).toBeGreaterThan(0)
    const defect = events.find((event) => event.type === 'unreadable' && event.code === 'defect')
    expect(defect && JSON.stringify(body)).toBeUndefined()
  }
})
