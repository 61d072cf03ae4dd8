import { Refusal } from '@buergerdraht/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type KnownPath = {
  readonly pattern: RegExp
  readonly methods: Set<string>
}

/**
 * Tells a known path that was asked with a wrong method from an unknown one: the router itself answers both as "not found".
 * Must be called before the routes are registered.
 * @returns throws `method-not-allowed`, with `Allow` set, when the path is known (RFC 9110 §15.5.6)
 */
export function methodNotAllowed(app: FastifyInstance) {
  const known = new Map<string, KnownPath>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const path = known.get(url) ?? {
      pattern: new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}/?$`),
      methods: new Set<string>(),
    }
    for (const one of [method].flat()) path.methods.add(one)
    known.set(url, path)
  })
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const path = request.url.split('?', 1)[0] ?? ''
    const allowed = [...known.values()].flatMap(({ pattern, methods }) =>
      pattern.test(path) ? [...methods] : [],
    )
    if (allowed.length === 0) return
    reply.header('allow', [...new Set(allowed)].join(', '))
    throw new Refusal('method-not-allowed')
  }
}
