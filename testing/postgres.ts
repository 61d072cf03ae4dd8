import { startTestServer } from '../prisma/src/test-database.ts'

/** vitest's global set-up: one PostgreSQL for the run; what is returned ends it. */
export default startTestServer
