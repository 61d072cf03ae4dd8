import { openApi, readOpenApi } from '@buergerdraht/contract'
import type { FastifyInstance } from 'fastify'

export function openApiRoutes(app: FastifyInstance): void {
  // Written out once: it is long, and whoever asks for it again and again must not keep the intake from its work.
  const description = Buffer.from(JSON.stringify(openApi()))
  app.get(
    `/api/v1${readOpenApi.path}`,
    { exposeHeadRoute: false, config: { access: readOpenApi.access } as object },
    async (_request, reply) => reply.type('application/json; charset=utf-8').send(description),
  )
}
