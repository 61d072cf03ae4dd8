import { parseArgs } from 'node:util'
import { Refusal } from '@buergerdraht/contract'
import { createFirstAdmin } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'
import { newPassword } from './new-password.ts'
import { report, UsageError } from './output.ts'

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        token: { type: 'string' },
        email: { type: 'string' },
        name: { type: 'string' },
        'password-stdin': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const { token, email, name } = values
    if (!token || !email || !name) throw new UsageError('--token, --email and --name are needed.')
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError('--email is not an e-mail address.')
    return { ...values, token, email, name }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

function sentenceFor({ code, fields }: Refusal): string {
  return code === 'wrong-credentials'
    ? 'The token is wrong, used or older than a day. Start the api again: it prints a new one while there is no administrator.'
    : fields.map(({ path, message }) => `${path}: ${message}.`).join('\n')
}

export const adminCreate: Command = {
  name: 'admin create',
  summary: 'make the first administrator, with the token that the api has printed',
  options: '--token TOKEN --email ADDRESS --name NAME [--password-stdin] [--json]',
  help: 'Prints a random password, or takes one of twelve characters or more from standard input.\nThe token works once and for a day. Settings: DATABASE_URL.',
  run: async (args) => {
    const { token, email, name: displayName, json, 'password-stdin': fromInput } = parse(args)
    const { password, shown, sentence } = await newPassword(email, fromInput)
    const { prisma, close } = createDatabase(readConfig().databaseUrl, { maxConnections: 1 })
    try {
      const office = { prisma, now: () => new Date() }
      await createFirstAdmin(office, token, { email, displayName, password })
      report.result(json, { email, ...shown }, sentence)
      return 0
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new UsageError(sentenceFor(error))
    } finally {
      await close()
    }
  },
}
