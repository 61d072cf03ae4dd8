import {
  type CatalogueRequest,
  type HandOverFailure,
  type HandOverWay,
  Refusal,
} from '@buergerdraht/contract'
import {
  asInstant,
  newId,
  type OfficeContext,
  readRules,
  recordActOn,
  requireMay,
  ruleAt,
  type Viewer,
} from '@buergerdraht/office'
import { type ArchiveAgreement, catalogue, europeBerlin } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { type HandOverPlace, mayWrite, versionOf, waysOf } from '../hand-overs/place.ts'
import { asRecords } from '../hand-overs/prepare-hand-over.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'
import { classesOf } from '../rules/rule-periods.ts'
import { idWithin } from '../xdomea/id-within.ts'
import type { Sent } from '../xdomea/judge-answer.ts'
import { type MessageZip, messageZip } from '../xdomea/message-zip.ts'
import type { XdomeaVersion } from '../xdomea/profile.ts'
import { writePlan } from '../xdomea/write-plan.ts'

type Client = Pick<PoolClient, 'query'>
type Valuation = 'A' | 'B' | 'V'
type Unit = { readonly cluster: string; readonly years: number; readonly valuation: Valuation }

export type CatalogueRequestRow = {
  readonly id: string
  readonly asked_at: Date
  readonly version: XdomeaVersion
  readonly way: HandOverWay
  readonly units: readonly Unit[]
  readonly sent_at: Date | null
  readonly failure: HandOverFailure | null
  readonly answered_at: Date | null
  readonly answer: Readonly<Record<string, Valuation>> | null
}

const columns = 'id, asked_at, version, way, units, sent_at, failure, answered_at, answer'
const planTitle = 'Datenarten der WhatsApp-Sprechstunde'

/** UUID of a kind of data as a unit of the plan: the same in the message and when its answer is read. */
function unitId(requestId: string, cluster: string): string {
  return idWithin(requestId, cluster)
}

function yearsOf(period: string): number {
  return /^\d+y$/.test(period) ? Number.parseInt(period, 10) : 0
}

function valuationNow(agreement: ArchiveAgreement | null, cluster: string, now: Date): Valuation {
  if (agreement?.mode.kind !== 'CATALOGUE') return 'B'
  const at = asInstant(now)
  const entry = agreement.mode.entries.find(
    ({ category, validFrom, validUntil }) =>
      category === cluster && validFrom <= at && (validUntil === null || at < validUntil),
  )
  return entry?.valuation ?? 'B'
}

/** Of what is a record and is offered from here: each kind of data with the longest period of its rule. */
async function unitsNow(client: Client, now: Date): Promise<Unit[]> {
  const rules = await readRules(client)
  const agreement = await readAgreement(client)
  return Object.values(catalogue)
    .filter(({ offering }) => offering === 'OFFER')
    .map(({ code, proposal }) => {
      const classes = classesOf(ruleAt(rules, code, asInstant(now))?.retention ?? proposal)
      return {
        cluster: code,
        years: Math.max(0, ...classes.map(({ period }) => yearsOf(period))),
        valuation: valuationNow(agreement, code, now),
      }
    })
}

function presented(row: CatalogueRequestRow): CatalogueRequest {
  const { id, way, failure, answer } = row
  return {
    id,
    way,
    askedAt: row.asked_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    failure,
    answeredAt: row.answered_at?.toISOString() ?? null,
    answer:
      answer === null
        ? null
        : Object.entries(answer).map(([category, valuation]) => ({ category, valuation })),
  }
}

/**
 * Asks the public archive for a catalogue: the worker sends the message, or somebody downloads it, and with that it counts as sent. Several may be open;
 * each is answered by itself.
 * @throws Refusal `not-allowed`, `way-not-set-up`, `no-catalogue-in-version`
 */
export async function askForCatalogue(
  office: OfficeContext,
  viewer: Viewer,
  place: HandOverPlace,
  way: HandOverWay,
): Promise<CatalogueRequest> {
  requireMay(viewer, 'offer-to-archive')
  if (!waysOf(place).includes(way)) throw new Refusal('way-not-set-up')
  if (!mayWrite(place, '0511')) throw new Refusal('no-catalogue-in-version')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const id = newId(now)
    const { rows } = await client.query<CatalogueRequestRow>(
      `insert into catalogue_request (id, asked_at, asked_by, asked_role, version, way, units, sent_at)
       values ($1, $2, $3, $4, $5, $6, $7, case when $6 = 'download' then $2::timestamptz end) returning ${columns}`,
      [
        id,
        now,
        viewer.accountId,
        viewer.role,
        versionOf(place, '0511'),
        way,
        JSON.stringify(await unitsNow(client, now)),
      ],
    )
    await recordActOn(client, now, viewer, {
      act: 'archive-catalogue-asked',
      object: { kind: 'catalogue-request', id },
      facts: { message: 'xdomea-0511', way },
    })
    const [row] = rows
    if (row === undefined) throw new Error('What was inserted is returned')
    return presented(row)
  })
}

/** What the archive was asked, newest first, and what it has answered. @throws Refusal `not-allowed` */
export async function listCatalogueRequests(office: OfficeContext, viewer: Viewer, place: HandOverPlace) {
  requireMay(viewer, 'watch-retention')
  return asRecords(office, viewer, async ({ client }) => {
    const { rows } = await client.query<CatalogueRequestRow>(
      `select ${columns} from catalogue_request order by asked_at desc, id limit 50`,
    )
    return { ways: waysOf(place), items: rows.map(presented) }
  })
}

/** The message, made anew each time with the same ids and the same words. */
export function requestMessage(
  place: Pick<HandOverPlace, 'authority' | 'publicArchive'>,
  { id, asked_at, version, units }: CatalogueRequestRow,
): MessageZip {
  const message = writePlan(
    {
      version,
      processId: id,
      at: asked_at,
      from: { institution: place.authority, unit: null },
      to: { institution: place.publicArchive, unit: null },
      product: 'Bürgerdraht',
    },
    {
      id: idWithin(id, 'plan'),
      title: planTitle,
      version: europeBerlin.localDate(asInstant(asked_at)),
      units: units.map(({ cluster, years, valuation }) => ({
        id: unitId(id, cluster),
        code: cluster,
        title: Object.values(catalogue).find(({ code }) => code === cluster)?.title.de ?? cluster,
        valuation,
        years,
      })),
    },
  )
  const zip = message === 'unsupported-version' ? message : messageZip(message, [])
  if (typeof zip === 'string')
    throw new Error('A request is written in a version that is known, and is small')
  return zip
}

/** The message for somebody who carries it. @throws Refusal `not-allowed`, `not-found`, `way-not-set-up` where it goes another way */
export async function catalogueRequestMessage(
  office: OfficeContext,
  viewer: Viewer,
  place: HandOverPlace,
  id: string,
): Promise<MessageZip> {
  requireMay(viewer, 'offer-to-archive')
  return asRecords(office, viewer, async ({ client }) => {
    const { rows } = await client.query<CatalogueRequestRow>(
      `select ${columns} from catalogue_request where id = $1`,
      [id],
    )
    const [row] = rows
    if (row === undefined) throw new Refusal('not-found')
    if (row.way !== 'download') throw new Refusal('way-not-set-up')
    return requestMessage(place, row)
  })
}

/** The request that an answer speaks of, locked until commit. */
export async function lockCatalogueRequest(
  client: Client,
  id: string,
): Promise<CatalogueRequestRow | undefined> {
  const { rows } = await client.query<CatalogueRequestRow>(
    `select ${columns} from catalogue_request where id = $1 for no key update`,
    [id],
  )
  return rows[0]
}

/** As an answer is judged by it. */
export async function sentRequestOf(
  client: Client,
  { id, units, sent_at }: CatalogueRequestRow,
): Promise<Sent> {
  const { rows } = await client.query<{ message: string; fingerprint: string }>(
    'select message, fingerprint from hand_over_answer where catalogue_request_id = $1 and accepted',
    [id],
  )
  return {
    code: '0511',
    matters: new Set(units.map(({ cluster }) => unitId(id, cluster))),
    parts: new Set(),
    state: sent_at === null ? 'prepared' : 'sent',
    saidBefore: null,
    answers: new Map(rows.map(({ message, fingerprint }) => [message, fingerprint])),
  }
}

/** Puts down what the archive has answered. It holds nothing and releases nothing: that is agreed by two. */
export async function storeCatalogue(
  client: Client,
  { id, units }: CatalogueRequestRow,
  values: ReadonlyMap<string, Valuation>,
  at: Date,
): Promise<void> {
  const answer = Object.fromEntries(
    units.flatMap(({ cluster }) => {
      const valuation = values.get(unitId(id, cluster))
      return valuation === undefined ? [] : [[cluster, valuation] as const]
    }),
  )
  await client.query('update catalogue_request set answered_at = $2, answer = $3 where id = $1', [
    id,
    at,
    JSON.stringify(answer),
  ])
}
