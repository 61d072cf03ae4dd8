import { existsSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/** Everything the page consists of; the scripts are what the compiler made of `page/*.ts`. */
const files = {
  '/': ['../src/page/phone.html', 'text/html; charset=utf-8'],
  '/phone.css': ['../src/page/phone.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['../src/page/icon.svg', 'image/svg+xml'],
} as const

/** No third party, no inline code or style; sounds and pictures are ours or chosen by hand. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export function registerPhonePage(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('cache-control', 'no-store')
    if (!reply.hasHeader('content-security-policy')) {
      reply.header('content-security-policy', contentSecurityPolicy)
    }
  })
  for (const [path, [file, mediaType]] of Object.entries(files)) {
    app.get(path, (_request, reply) =>
      reply.type(mediaType).send(readFileSync(new URL(file, import.meta.url))),
    )
  }
  // Made by the compiler from `page/*.ts`; the pattern lets nobody out of that folder.
  app.get('/page/:script(^[a-z-]+\\.js$)', (request, reply) => {
    const { script } = z.object({ script: z.string() }).parse(request.params)
    const url = new URL(`page/${script}`, import.meta.url)
    if (!existsSync(url)) return reply.code(404).send('')
    return reply.type('text/javascript; charset=utf-8').send(readFileSync(url))
  })
}
