import { openApi, readOpenApi } from '@buergerdraht/contract'
import type { FastifyInstance } from 'fastify'
import { route } from '../route.ts'

export const openApiRoutes = (app: FastifyInstance): void => {
  const description = openApi()
  route(app, readOpenApi, () => description)
}
