import { parseArgs } from 'node:util'
import { startEmbeddedDatabase } from '@buergerdraht/prisma/embedded-database'

const { positionals } = parseArgs({ allowPositionals: true })
const database = await startEmbeddedDatabase(positionals[0], { durable: false })
process.stdout.write(JSON.stringify({ url: database.urlOf('postgres') }))
setInterval(() => {}, 1_000_000)
