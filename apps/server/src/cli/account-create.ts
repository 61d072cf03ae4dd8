import { parseArgs } from 'node:util'
import { Refusal, type Role, roles } from '@buergerdraht/contract'
import { createAccount } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'
import { newPassword } from './new-password.ts'
import { report, UsageError } from './output.ts'

function isRole(role: string | undefined): role is Role {
  return roles.some((known) => known === role)
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        team: { type: 'string', multiple: true, default: [] },
        'password-stdin': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const { email, name, role } = values
    if (!email || !name || !isRole(role)) {
      throw new UsageError(`--email, --name and --role (${roles.join(', ')}) are needed.`)
    }
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError('--email is not an e-mail address.')
    return { ...values, email, name, role }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

export const accountCreate: Command = {
  name: 'account create',
  summary: 'make an account, and the teams it is to be in',
  options: '--email ADDRESS --name NAME --role ROLE [--team NAME …] [--password-stdin] [--json]',
  help: 'Teams that do not exist yet are made. Prints a random password, or takes one of twelve characters or more from standard input.\nWhoever may run this has the database: it asks for no token. Settings: DATABASE_URL.',
  run: async (args) => {
    const { email, name: displayName, role, team: teams, json, 'password-stdin': fromInput } = parse(args)
    const { prisma, close } = createDatabase(readConfig().databaseUrl, { maxConnections: 1 })
    try {
      const { password, shown, sentence } = await newPassword(email, fromInput)
      const teamIds: string[] = []
      for (const name of teams) {
        const { id } = await prisma.team.upsert({ where: { name }, create: { name }, update: {} })
        teamIds.push(id)
      }
      const account = { email, displayName, role, password, teamIds }
      const id = await createAccount({ prisma, now: () => new Date() }, account)
      if (id === null) throw new UsageError('There is an account with this e-mail address already.')
      report.result(json, { email, role, teamIds, ...shown }, sentence)
      return 0
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new UsageError(error.fields.map(({ path, message }) => `${path}: ${message}.`).join('\n'))
    } finally {
      await close()
    }
  },
}
