export { createDatabase, type Database } from './client.ts'
export * from './generated/client.ts'
export { connectionLimits, LimitedClient } from './limited-client.ts'
export { statementName } from './statement-name.ts'
