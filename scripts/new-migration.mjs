// `npm run new-migration name`: writes the SQL that brings the migrations to what prisma/schema.prisma says now. Read it,
// add by hand what the schema language cannot say, and commit both.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drift } from '../prisma/dist/drift.js'
import { createTestDatabase, startTestServer } from '../prisma/dist/test-database.js'
import { root } from './workspace.mjs'

const {
  positionals: [name = ''],
} = parseArgs({ allowPositionals: true })
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write('usage: npm run new-migration name_in_lower_case\n')
  process.exit(2)
}
const stopServer = await startTestServer()
try {
  const { url } = await createTestDatabase()
  const sql = await drift(url)
  if (sql === '') {
    process.stdout.write('The migrations already say what the schema says.\n')
  } else {
    const moment = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = join('prisma/migrations', `${moment}_${name}`)
    mkdirSync(join(root, folder))
    writeFileSync(join(root, folder, 'migration.sql'), `${sql}\n`)
    process.stdout.write(`${folder}/migration.sql\n`)
  }
} finally {
  await stopServer()
}
