import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AnswerUnknown } from '../http/base-app.ts'

const hashed = /\/assets\//
const isFile = /\.[a-z0-9]+$/
/** Below the other doors, and whatever is named like a file; our pages have no dots. */
const notPages = /^\/(api|webhooks|health|metrics|assets)(\/|$)|\./

/**
 * Serves the built web app. Files with a hash in their name never change; everything else is asked for anew.
 * @param rebuilt the app may be built anew while it is served: files are looked for, not remembered
 */
export function webRoutes(app: FastifyInstance, directory: string, rebuilt: boolean): void {
  app.register(fastifyStatic, {
    root: directory,
    wildcard: rebuilt,
    // A folder is nobody's file: whoever asks for one wants a page.
    allowedPath: (path) => isFile.test(path),
    index: false,
    cacheControl: false,
    preCompressed: true,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      const lasting = hashed.test(path)
      response.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

function wantsPage({ method, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const destination = headers['sec-fetch-dest']
  if (destination !== undefined) return destination === 'document'
  return headers.accept === undefined || /text\/html|\*\/\*/.test(headers.accept)
}

/** Any page the browser asks for is the app, which finds its own way; files, and what is below /api, are not pages. */
export function answerWithPage(directory: string, rebuilt: boolean): AnswerUnknown {
  const page = join(directory, 'index.html')
  let html: Buffer | null = null
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (!wantsPage(request) || notPages.test(path)) return false
    if (html === null && !existsSync(page)) return false
    if (rebuilt || html === null) html = readFileSync(page)
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
    return true
  }
}
