import { z } from 'zod'
import { commonRefusals, type Endpoint, endpoint } from './endpoint.ts'
import * as defined from './endpoints.ts'
import { rolesFor } from './policy.ts'
import { type ErrorCode, errorCodes } from './refusals.ts'

export const readOpenApi = endpoint({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description.',
  access: 'public',
  status: 200,
  reply: z.record(z.string(), z.unknown()),
  refusals: [],
})

function isEndpoint(value: unknown): value is Endpoint {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
  )
}

/** Every endpoint there is, by the name it is exported under. */
export const endpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  Object.entries({ ...defined, readOpenApi }).flatMap(([name, value]) =>
    isEndpoint(value) ? [[name, value] as const] : [],
  ),
)

type Json = Record<string, unknown>

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  })
  return rest
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field as z.ZodType, undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }))
}

function requestBodyOf({ body, parts = z.object({}) }: Endpoint): Json {
  if (body === undefined) return {}
  const content =
    body === 'multipart'
      ? { 'multipart/form-data': { schema: schemaOf(parts, 'input') } }
      : { 'application/json': { schema: schemaOf(body, 'input') } }
  const required = body === 'multipart' || !z.safeParse(body, undefined).success
  return { requestBody: { required, content } }
}

function refusalsOf(codes: readonly ErrorCode[]): Json {
  function answer(status: number): Json {
    return {
      description: codes
        .filter((code) => errorCodes[code].status === status)
        .map((code) => `\`${code}\`: ${errorCodes[code].message.en}`)
        .join('\n'),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    }
  }
  const statuses = new Set(codes.map((code) => errorCodes[code].status))
  return Object.fromEntries([...statuses].map((status) => [String(status), answer(status)]))
}

function successOf({ status, reply, path }: Endpoint): Json {
  return {
    [String(status)]: {
      description: 'Done.',
      ...(reply === null
        ? {}
        : {
            content:
              reply === 'stream'
                ? { [path === '/events' ? 'text/event-stream' : 'application/octet-stream']: {} }
                : { 'application/json': { schema: schemaOf(reply, 'output') } },
          }),
    },
  }
}

/** Which roles it is for, where not for everybody. */
function rolesOf({ access }: Endpoint): Json {
  return access === 'public' || access === 'signed-in' ? {} : { 'x-roles': rolesFor(access) }
}

function operationOf(name: string, definition: Endpoint): Json {
  return {
    operationId: name,
    summary: definition.summary,
    ...(definition.access === 'public' ? { security: [] } : {}),
    ...rolesOf(definition),
    parameters: [...parametersOf(definition.params, 'path'), ...parametersOf(definition.query, 'query')],
    ...requestBodyOf(definition),
    responses: {
      ...successOf(definition),
      ...refusalsOf([...commonRefusals, ...definition.refusals, 'defect']),
    },
  }
}

/** OpenAPI 3.1 of every endpoint, made from the same objects that validate requests and replies. */
export function openApi(): Json {
  const paths: Record<string, Json> = {}
  for (const [name, definition] of Object.entries(endpoints)) {
    const path = definition.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [definition.method.toLowerCase()]: operationOf(name, definition) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Bürgerdraht', version: '1', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['code', 'message', 'requestId'],
          properties: {
            code: { type: 'string', enum: Object.keys(errorCodes) },
            message: { type: 'string' },
            requestId: { type: 'string' },
            fields: {
              type: 'array',
              items: {
                type: 'object',
                required: ['path', 'message'],
                properties: { path: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}
