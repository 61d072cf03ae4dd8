import { type Role, roles } from '@buergerdraht/contract'
import { areSigned, asInstant, type Change, type Rules, readRules, ruleAt } from '@buergerdraht/office'
import {
  type ArchiveAgreement,
  catalogue,
  type DataCluster,
  europeBerlin,
  type LocalDate,
} from '@buergerdraht/records'
import { entriesOf, planInForce } from '../filing-plan/read-plan.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'

/** Whether a connection can be read on its way: it does not leave the machine, is encrypted and the other end proven, or neither is assured. */
export type Wire = 'here' | 'verified' | 'open'

/** What the installation is set to, of what the documents tell; no addresses, no names, no secrets. */
export type Installation = {
  readonly idleMinutes: number
  readonly absoluteMinutes: number
  /** Who signs in with a password: everybody, the emergency account alone, nobody. */
  readonly passwords: 'all' | 'emergency' | 'nobody'
  /** Host of the identity provider; null: none. */
  readonly identityProvider: string | null
  /** Whether browsers reach the office over TLS. */
  readonly tls: boolean
  readonly database: Wire
  /** Null: there is none. */
  readonly redis: Wire | null
  readonly virusScan: boolean
  readonly auditShipping: 'file' | 'syslog' | null
}

export type RuleInForce = {
  readonly cluster: DataCluster
  /** Null: there is no rule, which is a gap. */
  readonly rule: Rules[number] | null
}

/** Everything the documents are made of, as it is at one moment. */
export type Configuration = {
  /** Whether every rule is signed; otherwise the office is on trial. */
  readonly signed: boolean
  readonly rules: readonly RuleInForce[]
  readonly plan: {
    readonly version: number
    readonly approvedOn: LocalDate
    /** Entries by years; null: headings. */
    readonly entries: readonly { readonly years: number | null; readonly count: number }[]
  } | null
  readonly agreement: { readonly on: LocalDate; readonly agreed: ArchiveAgreement } | null
  /** What whoever writes is told about their data (Art. 13 GDPR). Null: nothing. */
  readonly notice: {
    readonly version: number
    readonly on: LocalDate
    /** It says that WhatsApp is Meta's. */
    readonly namesMeta: boolean
    readonly easy: boolean
    /** Where the whole of it is; empty: nowhere. */
    readonly link: string
  } | null
  readonly teams: readonly string[]
  readonly channels: readonly {
    readonly name: string
    readonly team: string
    readonly vendor: string
    readonly host: string
    readonly state: string
    readonly readReceipts: boolean
  }[]
  readonly secondFactorRoles: readonly Role[]
  /** Roles that are answered from some networks only. */
  readonly limitedRoles: readonly Role[]
  readonly certificateRoles: readonly Role[]
  readonly downloadRoles: readonly Role[]
  readonly acknowledges: boolean
  /** Nothing is sent through WhatsApp. */
  readonly receivesOnly: boolean
  readonly installation: Installation
}

export function dayOf(at: Date): LocalDate {
  return europeBerlin.localDate(asInstant(at))
}

type Client = Change['client']

async function readPlan(client: Client): Promise<Configuration['plan']> {
  const version = await planInForce(client)
  const { rows } = await client.query<{ approved_at: Date }>(
    'select approved_at from filing_plan where version = $1',
    [version],
  )
  const [row] = rows
  if (row === undefined) return null
  const counts = new Map<number | null, number>()
  for (const { years } of await entriesOf(client, version)) counts.set(years, (counts.get(years) ?? 0) + 1)
  const entries = [...counts].map(([years, count]) => ({ years, count }))
  return {
    version,
    approvedOn: dayOf(row.approved_at),
    entries: entries.toSorted((a, b) => (a.years ?? 0) - (b.years ?? 0)),
  }
}

async function readArchive(client: Client): Promise<Configuration['agreement']> {
  const agreed = await readAgreement(client)
  if (agreed === null) return null
  const { rows } = await client.query<{ at: Date }>('select max(agreed_at) as at from archive_agreement')
  return { on: dayOf(rows[0]?.at ?? new Date(0)), agreed }
}

async function readNotice(client: Client): Promise<Configuration['notice']> {
  const { rows } = await client.query<{
    version: number
    approved_at: Date
    text: string
    easy: boolean
    link: string
  }>(
    `select version, approved_at, text, easy_text is not null as easy, coalesce(draft #>> '{values,link}', '') as link from privacy_notice
     where approved_at is not null order by version desc limit 1`,
  )
  const [row] = rows
  if (row === undefined) return null
  const { version, approved_at, text, easy, link } = row
  return { version, on: dayOf(approved_at), namesMeta: /\bMeta\b/.test(text), easy, link }
}

/** Host and port of an address: what stands behind them may be a secret. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : ''
}

async function readChannels(client: Client): Promise<Configuration['channels']> {
  const { rows } = await client.query<{
    name: string
    team: string
    vendor: string
    base_url: string
    state: string
    read_receipts: boolean
  }>(
    `select c.name, t.name as team, c.vendor, c.base_url, c.state, c.read_receipts from channel c join team t on t.id = c.team_id
     order by c.created_at, c.id`,
  )
  return rows.map(({ name, team, vendor, base_url, state, read_receipts }) => ({
    name,
    team,
    vendor,
    host: hostOf(base_url),
    state,
    readReceipts: read_receipts,
  }))
}

async function readSettings(client: Client) {
  const { rows } = await client.query<{
    second_factor_roles: string[]
    network_rules: Readonly<Record<string, readonly string[]>>
    certificate_roles: string[]
  }>('select second_factor_roles, network_rules, certificate_roles from sign_in_setting')
  const { rows: office } = await client.query<{
    download_roles: string[]
    acknowledges: boolean
    receives_only: boolean
  }>(
    `select download_roles, receives_only, request_acknowledgement is not null and not receives_only as acknowledges
     from office_setting`,
  )
  const [signIn, own] = [rows[0], office[0]]
  /** In the order of the policy: the order in which somebody ticked them is no change. */
  function inOrder(has: (role: Role) => boolean | undefined): Role[] {
    return roles.filter((role) => has(role) === true)
  }
  return {
    secondFactorRoles: inOrder((role) => signIn?.second_factor_roles.includes(role)),
    limitedRoles: inOrder((role) => (signIn?.network_rules[role]?.length ?? 0) > 0),
    certificateRoles: inOrder((role) => signIn?.certificate_roles.includes(role)),
    downloadRoles: inOrder((role) => own?.download_roles.includes(role)),
    acknowledges: own?.acknowledges ?? false,
    receivesOnly: own?.receives_only ?? false,
  }
}

/** Reads it with the program's own rights: whoever asks sees it in the documents, not the tables. */
export async function readConfiguration(
  client: Client,
  installation: Installation,
  now: Date,
): Promise<Configuration> {
  const rules = await readRules(client)
  const { rows: teams } = await client.query<{ name: string }>(
    'select name from team order by name collate "C", id',
  )
  return {
    signed: areSigned(rules),
    rules: Object.values(catalogue).map((cluster) => ({
      cluster,
      rule: ruleAt(rules, cluster.code, asInstant(now)) ?? null,
    })),
    plan: await readPlan(client),
    agreement: await readArchive(client),
    notice: await readNotice(client),
    teams: teams.map(({ name }) => name),
    channels: await readChannels(client),
    ...(await readSettings(client)),
    installation,
  }
}
