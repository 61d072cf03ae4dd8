import { errorCodes, Refusal, type Role, roles, sentenceOfField } from '@buergerdraht/contract'
import {
  changePassword,
  changeRole,
  createAccount,
  disableAccount,
  enableAccount,
  endSessions,
  resetSecondFactors,
} from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { type Command, command } from './command.ts'
import { newPassword } from './new-password.ts'
import { report, UsageError } from './output.ts'

const email = { type: 'string', value: 'ADDRESS', wanted: true } as const
const role = { type: 'string', value: 'ROLE', wanted: true } as const
const passwordStdin = { 'password-stdin': { type: 'boolean' } } as const
const settings = 'Whoever may run this has the database: it asks for no token. Settings: DATABASE_URL.'
const ofPassword =
  'Prints a random password, or takes one from standard input: twelve characters or more, none that is easy to guess.'

function roleNamed(name: string): Role {
  const found = roles.find((known) => known === name)
  if (found === undefined) throw new UsageError(`--role is one of ${roles.join(', ')}.`)
  return found
}

export function requireAddress(text: string): void {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new UsageError('--email is not an e-mail address.')
}

/** A refusal as the command line says it. */
export function sentenceOf({ code, fields }: Refusal): string {
  if (code === 'not-found') return 'There is no account with this e-mail address.'
  if (fields.length === 0) return errorCodes[code].message.en
  return fields.map((field) => `${field.path}: ${sentenceOfField(field, 'en')}`).join('\n')
}

type Asking = Pick<ReturnType<typeof createDatabase>, 'prisma' | 'pool'> & { readonly now: () => Date }

/** Runs what an account is changed by. @throws UsageError for what the use case refuses */
export async function withAccounts(
  work: (office: Asking) => Promise<void>,
  sentence = sentenceOf,
): Promise<undefined> {
  const { prisma, pool, close } = createDatabase(readConfig().databaseUrl, { as: 'api', maxConnections: 1 })
  try {
    await work({ prisma, pool, now: () => new Date() })
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(sentence(error)) : error
  } finally {
    await close()
  }
}

const create = command({
  name: 'account create',
  summary: 'make an account, and the teams it is to be in',
  help: `Teams that do not exist yet are made. ${ofPassword}\n${settings}`,
  options: {
    email,
    name: { type: 'string', value: 'NAME', wanted: true },
    role,
    team: { type: 'string', value: 'NAME', multiple: true },
    ...passwordStdin,
  },
  run: (asked) =>
    withAccounts(async (office) => {
      const person = { email: asked.email, displayName: asked.name }
      const accountRole = roleNamed(asked.role)
      requireAddress(asked.email)
      const { passwordHash, shown, sentence } = await newPassword(person, asked['password-stdin'])
      const teamIds: string[] = []
      for (const name of asked.team) {
        const { id } = await office.prisma.team.upsert({ where: { name }, create: { name }, update: {} })
        teamIds.push(id)
      }
      const id = await createAccount(office, { ...person, role: accountRole, passwordHash, teamIds })
      if (id === null) throw new UsageError('There is an account with this e-mail address already.')
      report.result(asked.json, { email: asked.email, role: accountRole, teamIds, ...shown }, sentence)
    }),
})

function simple(
  name: string,
  summary: string,
  change: (office: Asking, email: string) => Promise<void>,
  done: string,
): Command {
  return command({
    name: `account ${name}`,
    summary,
    help: settings,
    options: { email },
    run: (asked) =>
      withAccounts(async (office) => {
        await change(office, asked.email)
        report.result(asked.json, { email: asked.email }, `${asked.email} ${done}`)
      }),
  })
}

const changeRoleOf = command({
  name: 'account role',
  summary: 'give an account another role',
  help: `Its sessions end. Roles: ${roles.join(', ')}.\n${settings}`,
  options: { email, role },
  run: (asked) =>
    withAccounts(async (office) => {
      const accountRole = roleNamed(asked.role)
      await changeRole(office, asked.email, accountRole)
      report.result(
        asked.json,
        { email: asked.email, role: accountRole },
        `${asked.email} is ${accountRole} now.`,
      )
    }),
})

const changePasswordOf = command({
  name: 'account password',
  summary: 'give an account another password',
  help: `Its sessions end. ${ofPassword}\n${settings}`,
  options: { email, ...passwordStdin },
  run: (asked) =>
    withAccounts(async (office) => {
      const account = await office.prisma.account.findUnique({
        where: { email: asked.email.trim().toLowerCase() },
        select: { email: true, displayName: true },
      })
      if (account === null) throw new Refusal('not-found')
      const { passwordHash, shown, sentence } = await newPassword(account, asked['password-stdin'])
      await changePassword(office, account.email, passwordHash)
      report.result(asked.json, { email: account.email, ...shown }, sentence)
    }),
})

export const accountCommands: readonly Command[] = [
  create,
  simple('disable', 'let nobody sign in with an account; its sessions end', disableAccount, 'is disabled.'),
  simple('enable', 'let an account sign in again', enableAccount, 'can sign in again.'),
  changeRoleOf,
  changePasswordOf,
  simple(
    'reset-second-factor',
    'take away the second factors of an account whose owner has lost them; its sessions end',
    resetSecondFactors,
    'signs in with the password alone, or sets up a second factor anew where the role needs one.',
  ),
  simple('end-sessions', 'sign an account out everywhere', endSessions, 'is signed out everywhere.'),
]
