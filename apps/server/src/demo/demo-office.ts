import { randomBytes, randomUUID } from 'node:crypto'
import { additionalData, type Inbox, type StoredCredentials } from '@buergerdraht/inbox'
import {
  changePassword,
  createAccount,
  hashPassword,
  type NewAccount,
  randomPassword,
  sealJson,
} from '@buergerdraht/office'
import type { Demo } from './demo-file.ts'

type Asking = Pick<Inbox, 'prisma' | 'keys' | 'now'>

const teamNames = ['Bürgeramt', 'Ordnungsamt'] as const

type DemoPerson = {
  readonly role: NewAccount['role']
  readonly email: string
  readonly displayName: string
  readonly teams: readonly (typeof teamNames)[number][]
}

const staff: readonly DemoPerson[] = [
  {
    role: 'clerk',
    email: 'aylin.demir@musterstadt.example',
    displayName: 'Aylin Demir',
    teams: ['Bürgeramt'],
  },
  {
    role: 'clerk',
    email: 'jonas.weber@musterstadt.example',
    displayName: 'Jonas Weber',
    teams: ['Ordnungsamt'],
  },
  {
    role: 'team-lead',
    email: 'petra.lange@musterstadt.example',
    displayName: 'Petra Lange',
    teams: [...teamNames],
  },
  { role: 'records', email: 'martin.koch@musterstadt.example', displayName: 'Martin Koch', teams: [] },
  { role: 'dpo', email: 'sabine.roth@musterstadt.example', displayName: 'Sabine Roth', teams: [] },
  { role: 'admin', email: 'tom.berger@musterstadt.example', displayName: 'Tom Berger', teams: [] },
  { role: 'auditor', email: 'ines.vogt@musterstadt.example', displayName: 'Ines Vogt', teams: [] },
]

/** The simulated provider's own defaults; worth nothing outside this machine. */
const simulated = {
  apiKey: 'demo-key-of-the-simulator',
  phoneNumberId: '300000000000001',
  wabaId: '200000000000001',
  displayPhoneNumber: '+49 30 23125010',
} as const

async function ensureTeams({ prisma }: Asking): Promise<Map<string, string>> {
  const teams = new Map<string, string>()
  for (const name of teamNames) {
    const { id } = await prisma.team.upsert({ where: { name }, create: { name }, update: {} })
    teams.set(name, id)
  }
  return teams
}

/** An account that is there keeps its password, unless nobody knows it any more. */
async function ensureAccount(
  office: Asking,
  person: DemoPerson,
  teams: Map<string, string>,
  known: Demo | null,
): Promise<Demo['logins'][number]> {
  const { email, role, displayName } = person
  const login = known?.logins.find((one) => one.email === email)
  const password = login?.password ?? randomPassword()
  const teamIds = person.teams.flatMap((name) => teams.get(name) ?? [])
  const passwordHash = await hashPassword(password)
  const created = await createAccount(office, { email, displayName, role, passwordHash, teamIds })
  if (created === null && login === undefined) await changePassword(office, email, passwordHash)
  return { role, email, password }
}

async function ensureChannel(
  office: Asking,
  teamId: string,
  urls: { readonly baseUrl: string; readonly simulatorUrl: string },
  known: Demo | null,
): Promise<Demo['channel']> {
  const { prisma, keys } = office
  const { phoneNumberId, wabaId, displayPhoneNumber, apiKey } = simulated
  const where = { vendor_phoneNumberId: { vendor: '360dialog', phoneNumberId } }
  const existing = await prisma.channel.findUnique({ where })
  const id = existing?.id ?? randomUUID()
  const usable = existing !== null && known?.channel.id === id ? known.channel : null
  const webhookHeaders = usable?.webhookHeaders ?? {
    'X-Buergerdraht-Key': randomBytes(24).toString('base64url'),
  }
  const verifyToken = usable?.verifyToken ?? randomBytes(16).toString('base64url')
  if (existing === null || usable === null || existing.baseUrl !== urls.simulatorUrl) {
    const key = keys.make('channel')
    const credentials: StoredCredentials = { apiKey, webhookSecrets: [], webhookHeaders, verifyToken }
    const changing = {
      baseUrl: urls.simulatorUrl,
      keyId: key.id,
      credentialsSealed: new Uint8Array(sealJson(key.bytes, additionalData.credentials(id), credentials)),
    }
    await prisma.dataKey.create({ data: { ...key.row, wrapped: new Uint8Array(key.row.wrapped) } })
    await prisma.channel.upsert({
      where,
      create: {
        id,
        vendor: '360dialog',
        name: 'Bürgertelefon',
        teamId,
        phoneNumberId,
        wabaId,
        displayPhoneNumber,
        readReceipts: true,
        createdAt: office.now(),
        ...changing,
      },
      update: { ...changing, revision: { increment: 1 } },
    })
  }
  const webhookUrl = `${urls.baseUrl}/webhooks/whatsapp/${id}`
  return { id, webhookUrl, webhookHeaders, verifyToken, phoneNumberId, displayPhoneNumber }
}

/**
 * Whoever tries the demo, or drives it from a script, signs in with e-mail and password alone; the administrator turns second factors on.
 * Only in an office without anybody: later it is for the office to say.
 */
async function letEverybodyIn({ prisma }: Asking): Promise<void> {
  if ((await prisma.account.count()) > 0) return
  await prisma.signInSetting.update({ where: { one: true }, data: { secondFactorRoles: [] } })
  // So that both can be seen: a lead saves files with a reason, a clerk looks at them.
  await prisma.officeSetting.update({ where: { one: true }, data: { downloadRoles: ['team-lead'] } })
}

/** Two of the demo's people have signed the rules: it shows an office that works. */
async function signRules({ prisma, now }: Asking): Promise<void> {
  const [records, dpo] = await Promise.all(
    (['records', 'dpo'] as const).map((role) => prisma.account.findFirst({ where: { role } })),
  )
  if (records == null || dpo == null) return
  await prisma.deletionRule.updateMany({
    where: { approvedBy: null },
    data: { proposedBy: records.personId, approvedBy: dpo.personId, approvedAt: now() },
  })
}

/**
 * Makes the demo office what it should be: two teams, an account of each role with a random password, one number at the
 * simulated provider. Safe to run again: what is there stays, and the passwords that `known` tells stay valid.
 */
export async function ensureDemoOffice(
  office: Asking,
  urls: { readonly baseUrl: string; readonly simulatorUrl: string },
  known: Demo | null,
): Promise<Demo> {
  await letEverybodyIn(office)
  const teams = await ensureTeams(office)
  const logins = await Promise.all(staff.map((person) => ensureAccount(office, person, teams, known)))
  await signRules(office)
  const channel = await ensureChannel(office, teams.get('Bürgeramt') ?? '', urls, known)
  return { ...urls, logins, channel }
}
