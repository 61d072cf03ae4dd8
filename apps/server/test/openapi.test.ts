import * as contract from '@buergerdraht/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare()
  await office.startApi()
})
afterAll(() => office.close())

function isEndpoint(value: unknown): value is contract.Endpoint {
  return typeof value === 'object' && value !== null && 'access' in value && 'refusals' in value
}

test('the description is valid OpenAPI 3.1, for everybody, and names every endpoint', async () => {
  const response = await fetch(`${office.baseUrl}/api/v1/openapi.json`)
  expect(response.status).toBe(200)
  const description = (await response.json()) as { paths: Record<string, Record<string, unknown>> }
  const validator = new Validator()
  expect(await validator.validate(structuredClone(description))).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const exported = Object.values<unknown>(contract).filter(isEndpoint)
  expect(new Set(Object.values(contract.endpoints))).toEqual(new Set(exported))
  const known = exported.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(described.toSorted()).toEqual(known.toSorted())
})
