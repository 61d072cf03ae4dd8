import {
  type EmergencyReason,
  emergencyReasons,
  maxEmergencyMinutes,
  minEmergencyMinutes,
  Refusal,
  usualEmergencyMinutes,
} from '@buergerdraht/contract'
import { emergencyBasis, endEmergencyAccessOf, grantEmergencyAccess, transaction } from '@buergerdraht/office'
import { sentenceOf, withAccounts } from './account.ts'
import { type Command, command } from './command.ts'
import { report, UsageError } from './output.ts'

const email = { type: 'string', value: 'ADDRESS', wanted: true } as const
const settings = 'Whoever may run this has the database: it asks for no token. Settings: DATABASE_URL.'

function reasonNamed(name: string): EmergencyReason {
  const found = emergencyReasons.find((known) => known === name)
  if (found === undefined) throw new UsageError(`--reason is one of ${emergencyReasons.join(', ')}.`)
  return found
}

function minutesOf(text: string | undefined): number {
  const minutes = text === undefined ? usualEmergencyMinutes : Number(text)
  if (!Number.isInteger(minutes) || minutes < minEmergencyMinutes || minutes > maxEmergencyMinutes)
    throw new UsageError(`--minutes is a number from ${minEmergencyMinutes} to ${maxEmergencyMinutes}.`)
  return minutes
}

/** Two names, as the notice shows them. They prove nothing; they are what the data-protection officer asks about. */
export function operatorsOf(names: readonly string[]): readonly string[] {
  const said = names.map((name) => name.trim().replaceAll(/\s+/g, ' ').slice(0, 100)).filter(Boolean)
  if (said.length !== 2 || said[0]?.toLowerCase() === said[1]?.toLowerCase())
    throw new UsageError('--operator is given twice: two persons say who they are.')
  return said
}

type Office = Parameters<Parameters<typeof withAccounts>[0]>[0]

/** @throws Refusal `not-found` */
async function accountIdOf({ prisma }: Office, address: string): Promise<string> {
  const where = { email: address.trim().toLowerCase() }
  const account = await prisma.account.findUnique({ where, select: { id: true } })
  if (account === null) throw new Refusal('not-found')
  return account.id
}

const grant = command({
  name: 'break-glass',
  summary: 'let an account read and answer the conversations of a team for an hour at most',
  help: `For when nobody who could be the second person can sign in. Two operators say who they are; the audit log and the data-protection officer
are told. It holds from now on, and the account takes it up on its page “Notfallzugriff”.
--minutes: ${minEmergencyMinutes} to ${maxEmergencyMinutes}, otherwise ${usualEmergencyMinutes}. Reasons: ${emergencyReasons.join(', ')}.
${settings}`,
  options: {
    email,
    team: { type: 'string', value: 'NAME', wanted: true },
    reason: { type: 'string', value: 'REASON', wanted: true },
    operator: { type: 'string', value: 'NAME', multiple: true },
    minutes: { type: 'string', value: 'N' },
  },
  run: (asked) =>
    withAccounts(
      async (office) => {
        const reason = reasonNamed(asked.reason)
        const minutes = minutesOf(asked.minutes)
        const operators = operatorsOf(asked.operator)
        const accountId = await accountIdOf(office, asked.email)
        const team = await office.prisma.team.findUnique({ where: { name: asked.team } })
        if (team === null) throw new UsageError('There is no team of this name.')
        const at = office.now()
        const id = await transaction(office.pool, async ({ client }) => {
          await emergencyBasis(client, { accountId, teamId: team.id }, at)
          const given = { accountId, teamId: team.id, reason, minutes, grantedBy: null, operators, at }
          return grantEmergencyAccess(client, given)
        })
        const until = new Date(at.getTime() + minutes * 60_000).toISOString()
        report.result(
          asked.json,
          { id, email: asked.email, team: team.name, until },
          `${asked.email} may read and answer the conversations of ${team.name} until ${until}.`,
        )
      },
      (refusal) =>
        refusal.fields.length > 0 ? 'This account is in that team already.' : sentenceOf(refusal),
    ),
})

const end = command({
  name: 'break-glass end',
  summary: 'end the emergency access of an account',
  help: settings,
  options: { email },
  run: (asked) =>
    withAccounts(async (office) => {
      await endEmergencyAccessOf(office, await accountIdOf(office, asked.email))
      report.result(asked.json, { email: asked.email }, `The emergency access of ${asked.email} has ended.`)
    }),
})

/** The longer name first: its words begin with the other one. */
export const emergencyAccessCommands: readonly Command[] = [end, grant]
