import { startEmbeddedDatabase } from '@buergerdraht/prisma/embedded-database'

const database = await startEmbeddedDatabase(process.argv[2], { durable: false })
process.stdout.write(JSON.stringify({ url: database.urlOf('postgres') }))
setInterval(() => {}, 1_000_000)
