import { serverVariable, startTestServer } from '../prisma/src/test-database.ts'

/** vitest's global set-up, asked for by each project: one PostgreSQL for all of the run; what is returned ends it. */
export default () => (process.env[serverVariable] ? undefined : startTestServer())
