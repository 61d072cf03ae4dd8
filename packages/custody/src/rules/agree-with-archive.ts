import { type AgreementWithArchive, type FieldRefusal, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import {
  type AgreementDraft,
  type AgreementFault,
  type ArchiveAgreement,
  addDays,
  agreeWithArchive,
  type CategoryDecision,
  type ClusterCode,
  catalogue,
  europeBerlin,
  parseArchiveBasis,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { auditWord } from '../audit-word.ts'
import { type ActEntry, placeAct } from '../ledger/acts.ts'
import { rolesOf } from '../ledger/ledger-role.ts'
import { endOfDay, startOfDay } from './days.ts'

type Client = Pick<PoolClient, 'query'>
type Asked = Extract<AgreementWithArchive['mode'], { kind: 'GENERAL_WAIVER' }>['waivers'][number]

const faults = {
  SILENCE_RELEASES_NOTHING_HERE: { path: 'silence', fault: 'silence-releases-nothing' },
  ANSWER_TIME_OUT_OF_RANGE: { path: 'answerWithinMonths', fault: 'not-possible' },
  ANSWER_TIME_BELOW_THE_LAW: { path: 'answerWithinMonths', fault: 'answer-time-too-short' },
  CATEGORY_TWICE: { path: 'mode', fault: 'named-twice' },
} as const satisfies Record<AgreementFault, FieldRefusal>

/** A decision with its days as moments: from the beginning of the first to the end of the last. */
function decisionOf({ basis, category, validFrom, validUntil }: Asked, path: string): CategoryDecision {
  const filedUnder = parseArchiveBasis(basis)
  if (filedUnder === undefined)
    throw new Refusal('invalid-input', [{ path: `${path}.basis`, fault: 'format' }])
  const isOffered = Object.values(catalogue).some(
    ({ code, offering }) => code === category && offering === 'OFFER',
  )
  if (!isOffered) throw new Refusal('invalid-input', [{ path: `${path}.category`, fault: 'not-possible' }])
  const from = startOfDay(validFrom, `${path}.validFrom`)
  const until = validUntil === null ? null : endOfDay(validUntil, `${path}.validUntil`)
  if (until !== null && until <= from)
    throw new Refusal('invalid-input', [{ path: `${path}.validUntil`, fault: 'ends-before-it-begins' }])
  return { basis: filedUnder, category, validFrom: from, validUntil: until }
}

/** @throws Refusal `invalid-input` for what the law of the Land does not let be agreed */
function checked({ mode, ...rest }: AgreementWithArchive): ArchiveAgreement {
  const draft: AgreementDraft = {
    ...rest,
    mode:
      mode.kind === 'GENERAL_WAIVER'
        ? {
            kind: mode.kind,
            waivers: mode.waivers.map((one, at) => decisionOf(one, `mode.waivers.${at}`)),
          }
        : mode.kind === 'CATALOGUE'
          ? {
              kind: mode.kind,
              entries: mode.entries.map((one, at) => ({
                ...decisionOf(one, `mode.entries.${at}`),
                valuation: one.valuation,
              })),
            }
          : mode,
  }
  const agreed = agreeWithArchive(draft)
  if ('refused' in agreed) throw new Refusal('invalid-input', [faults[agreed.refused]])
  return agreed.accepted
}

function shownDecision<T extends CategoryDecision>(one: T): T & Asked {
  const { validFrom, validUntil } = one
  return {
    ...one,
    validFrom: europeBerlin.localDate(validFrom),
    validUntil: validUntil === null ? null : addDays(europeBerlin.localDate(validUntil), -1),
  }
}

function shown({ mode, ...rest }: AgreementDraft): AgreementWithArchive {
  if (mode.kind === 'GENERAL_WAIVER')
    return { ...rest, mode: { kind: mode.kind, waivers: mode.waivers.map(shownDecision) } }
  return mode.kind === 'CATALOGUE'
    ? { ...rest, mode: { kind: mode.kind, entries: mode.entries.map(shownDecision) } }
    : { ...rest, mode }
}

/** The ledger has the days of this century: what holds since before holds from the first on, what has ended before is nothing, and what ends after does not end. */
const [firstDay, lastDay] = ['2000-01-01', '2099-12-31']

function withinCentury(day: string): string {
  return day < firstDay ? firstDay : day > lastDay ? lastDay : day
}

type AgreementEntry = Pick<
  Extract<ActEntry, { type: 'ARCHIVE_AGREEMENT' }>,
  'land' | 'answerWithin' | 'silence' | 'mode' | 'decisions'
>

/** An agreement as the ledger holds it. */
function enteredAs({ land, answerWithinMonths, silence, mode }: AgreementWithArchive): AgreementEntry {
  const said = mode.kind === 'OFFER_EACH' ? [] : mode.kind === 'CATALOGUE' ? mode.entries : mode.waivers
  const decisions = said.flatMap(({ category, validFrom, validUntil, ...rest }) => {
    if (validUntil !== null && validUntil < firstDay) return []
    const ends = validUntil === null || validUntil > lastDay ? {} : { validUntil }
    return [{ ...rest, category: category as ClusterCode, validFrom: withinCentury(validFrom), ...ends }]
  })
  return {
    land,
    answerWithin: answerWithinMonths,
    silence,
    // With nothing left that is decided each matter is offered.
    mode: decisions.length === 0 ? 'OFFER_EACH' : mode.kind,
    decisions,
  }
}

/**
 * The agreement that an entry of the ledger tells, checked as any other.
 * @throws Refusal `invalid-input` for what the law of the Land does not let be agreed
 */
export function agreementOf({
  land,
  answerWithin,
  silence,
  mode,
  decisions,
}: AgreementEntry): ArchiveAgreement {
  const asked = decisions.map(({ validUntil, ...rest }) => ({ ...rest, validUntil: validUntil ?? null }))
  return checked({
    land,
    answerWithinMonths: answerWithin,
    silence,
    mode:
      mode === 'OFFER_EACH'
        ? { kind: mode }
        : mode === 'GENERAL_WAIVER'
          ? { kind: mode, waivers: asked }
          : { kind: mode, entries: asked.map((one) => ({ ...one, valuation: one.valuation ?? 'B' })) },
  })
}

type Row = { readonly agreed_at: Date; readonly agreement: AgreementDraft }

/** What holds now, as it was agreed. Null: nothing has been agreed. */
export async function readAgreement(client: Client): Promise<ArchiveAgreement | null> {
  const { rows } = await client.query<Row>(
    'select agreed_at, agreement from archive_agreement order by agreed_at desc limit 1',
  )
  const [row] = rows
  const agreed = row === undefined ? null : agreeWithArchive(row.agreement)
  return agreed !== null && 'accepted' in agreed ? agreed.accepted : null
}

/** What has been agreed with the public archive, and what is proposed in its place. @throws Refusal `not-allowed` */
export async function readArchiveAgreement(office: OfficeContext, viewer: Viewer) {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<
        Row & { readonly proposed_by: string | null; readonly approved_by: string | null }
      >(
        `select agreed_at, agreement, (select display_name from account where person_id = a.proposed_by order by disabled_at nulls first limit 1) as proposed_by,
           (select display_name from account where person_id = a.approved_by order by disabled_at nulls first limit 1) as approved_by
         from archive_agreement a order by agreed_at desc limit 1`,
      )
      const { rows: proposals } = await client.query<{ payload: AgreementWithArchive }>(
        `select payload from proposal where kind = 'agree-with-archive' and state = 'open' and expires_at > $1`,
        [office.now()],
      )
      const [row] = rows
      return {
        current:
          row === undefined
            ? null
            : {
                ...shown(row.agreement),
                agreedAt: asInstant(row.agreed_at),
                proposedBy: row.proposed_by,
                approvedBy: row.approved_by,
              },
        proposed: proposals[0]?.payload ?? null,
      }
    }),
  )
}

/** Proposes it, whole. @throws Refusal `not-allowed`, `invalid-input`, `proposal-open` */
export async function proposeArchiveAgreement(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  agreement: AgreementWithArchive,
): Promise<void> {
  requireMay(viewer, 'propose-rules')
  checked(agreement)
  await asViewer(office, viewer, (changing) =>
    propose(office, kinds, changing, viewer, 'agree-with-archive', agreement),
  )
}

/** It holds with the approval, for every run that is planned or carried out afterwards. Earlier agreements stay as they were. */
export function agreeingWithArchive(): ProposalKind<AgreementWithArchive> {
  return {
    object: () => null,
    concerns: () => null,
    facts: ({ land, mode }) => ({
      land: land.toLowerCase(),
      mode: auditWord(mode.kind),
    }),
    async basis({ client }) {
      const { rows } = await client.query<{ agreed_at: Date | null }>(
        'select max(agreed_at) as agreed_at from archive_agreement',
      )
      return `agreement@${rows[0]?.agreed_at?.toISOString() ?? 'none'}`
    },
    async apply({ client }, { payload, at, proposedBy, approvedBy, approverRole }) {
      const approvals = await rolesOf(client, proposedBy, approverRole)
      await placeAct(client, { type: 'ARCHIVE_AGREEMENT', ...enteredAs(payload), approvals }, [], at)
      await client.query(
        `insert into archive_agreement (agreed_at, agreement, proposed_by, approved_by)
         select $1, $2, (select person_id from account where id = $3), (select person_id from account where id = $4)`,
        [at, JSON.stringify(checked(payload)), proposedBy, approvedBy],
      )
    },
  }
}
