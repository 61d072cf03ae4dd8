import { type OperationWarning, readOperation } from '@buergerdraht/contract'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export type Warnings = () => Promise<readonly OperationWarning[]>

export function operationRoutes(app: FastifyInstance, warnings: Warnings): void {
  route(app, readOperation, async () => ({ warnings: [...(await warnings())] }))
}
