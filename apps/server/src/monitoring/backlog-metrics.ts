import { coverageTotals, gathersSql } from '@buergerdraht/custody'
import { type Inbox, intakeState } from '@buergerdraht/inbox'
import { withinTime } from '@buergerdraht/office'
import { Counter, Gauge, type Registry } from 'prom-client'

type Open = {
  readonly sends: Record<string, number> | null
  readonly media: number
  readonly unsealed: number
  readonly unsealedSince: Date | null
  readonly unshipped: number | null
  readonly unshippedSince: Date | null
  readonly notShown: Record<string, number> | null
  readonly proofs: readonly ProofFigures[] | null
  readonly conflicts: number
  readonly brokenLedgers: number
  readonly archive: ArchiveFigures | null
}
type ArchiveFigures = {
  readonly waiting: number
  readonly failed: number
  readonly since: string | null
  readonly checkedAt: string | null
  readonly findings: number | null
}
type ProofFigures = {
  readonly log: string
  readonly kind: string
  readonly prover: string
  readonly provenAt: string | null
  readonly failingSince: string | null
}

const openQuery = `select
  (select json_object_agg(send_state, count) from (
    select send_state, count(*)::int from message where send_state in ('queued', 'sending') group by send_state
    union all
    select send_state, count(*)::int from message where send_state in ('sending', 'unknown')
      and send_state = 'unknown' and settled_at is null group by send_state
  ) as open) as sends,
  (select count(*)::int from attachment where state = 'pending') as media,
  (select count(*)::int from audit_waiting) as unsealed,
  (select min(e.at) from audit_waiting w join audit_entry e on e.id = w.entry_id) as "unsealedSince",
  (select (select coalesce(max(index) + 1, 0) from audit_leaf) - next_index from audit_shipment where in_use)::int as unshipped,
  (select min(e.at) from audit_shipment s join audit_leaf l on l.index >= s.next_index and l.index < s.next_index + 100
    join audit_entry e on e.id = l.entry_id where s.in_use) as "unshippedSince",
  (select json_object_agg(reason, count) from (
    select reason, sum(count)::float8 as count from intake_count group by reason) as counted) as "notShown",
  (select json_agg(json_build_object('log', log, 'kind', kind, 'prover', prover, 'provenAt', proven_at,
    'failingSince', failing_since)) from checkpoint_proof) as proofs,
  (select count(*)::int from witness_conflict where resolved_at is null) as conflicts,
  (select count(*)::int from broken_ledger) as "brokenLedgers",
  (select json_build_object('waiting', count(*) filter (where not ${gathersSql}), 'failed', count(failure),
    'since', min(wanted_at) filter (where not ${gathersSql}),
    'checkedAt', (select max(at) from archive_check),
    'findings', (select json_array_length(findings::json) from archive_check order by at desc limit 1)) from archive_task) as archive`

async function readFigures(office: Pick<Inbox, 'pool' | 'now'>) {
  const [intake, { rows }, coverage] = await Promise.all([
    intakeState(office, office.pool),
    office.pool.query<Open>(openQuery),
    coverageTotals(office),
  ])
  const [open] = rows
  const since = open?.unsealedSince?.getTime()
  const shippedUpTo = open?.unshippedSince?.getTime()
  return {
    ...intake,
    coverage,
    sends: open?.sends ?? {},
    media: open?.media ?? 0,
    unsealed: open?.unsealed ?? 0,
    unsealedSeconds: since === undefined ? 0 : Math.max(0, (office.now().getTime() - since) / 1000),
    unshipped: open?.unshipped ?? 0,
    unshippedSeconds:
      shippedUpTo === undefined ? 0 : Math.max(0, (office.now().getTime() - shippedUpTo) / 1000),
    notShown: open?.notShown ?? {},
    proofs: open?.proofs ?? [],
    conflicts: open?.conflicts ?? 0,
    brokenLedgers: open?.brokenLedgers ?? 0,
    archive: open?.archive ?? null,
  }
}

/** Of the ten seconds that a scrape usually may take. */
const maxReadingMs = 3000

type Figures = Awaited<ReturnType<typeof readFigures>>

/** What is stored and not done: read from the tables themselves, whichever process is asked, once for each scrape. A database that does not answer is `database_up` 0. */
export function backlogMetrics(register: Registry, office: Pick<Inbox, 'pool' | 'now'>): void {
  let reading: Promise<Figures | null> | null = null
  // All metrics of a scrape are asked at the same moment; they share one reading, so that none is a scrape behind.
  function figures(): Promise<Figures | null> {
    reading ??= withinTime(readFigures(office), maxReadingMs, 'The database')
      .catch(() => null)
      .finally(() => {
        reading = null
      })
    return reading
  }
  function gauge(name: string, help: string, figureOf: (figures: Figures) => number) {
    return new Gauge({
      name: `buergerdraht_${name}`,
      help,
      registers: [register],
      async collect() {
        const found = await figures()
        if (found !== null) this.set(figureOf(found))
      },
    })
  }
  gauge('intake_waiting', 'Accepted webhook events that are not ingested yet.', (found) => found.waiting)
  gauge(
    'intake_oldest_waiting_seconds',
    'Age of the oldest of them.',
    (found) => found.oldestWaitingSeconds ?? 0,
  )
  gauge('intake_alarm', '1 when it is older than it ever should be.', (found) => (found.alarm ? 1 : 0))
  gauge('intake_held', 'Events kept for disabled channels.', (found) => found.heldForDisabledChannels)
  gauge('intake_dead_letters', 'Authentic items that could not be read.', (found) => found.deadLetters)
  gauge('audit_waiting', 'Entries of the audit log that are not sealed yet.', (found) => found.unsealed)
  gauge('audit_oldest_waiting_seconds', 'Age of the oldest of them.', (found) => found.unsealedSeconds)
  gauge(
    'audit_unshipped',
    'Sealed entries that their receiver elsewhere does not have yet.',
    (found) => found.unshipped,
  )
  gauge('audit_oldest_unshipped_seconds', 'Age of the oldest of them.', (found) => found.unshippedSeconds)
  gauge(
    'personal_rows',
    'Rows with personal data, as counted last night.',
    (found) => found.coverage?.rows ?? 0,
  )
  gauge(
    'personal_rows_unclassified',
    'Those of them that do not say when they have to be gone; has to be 0.',
    (found) => (found.coverage === null ? 0 : found.coverage.rows - found.coverage.classified),
  )
  gauge(
    'personal_rows_overdue',
    'Those of them whose period has ended and which nothing keeps; has to be 0.',
    (found) => found.coverage?.overdue ?? 0,
  )
  gauge(
    'personal_rows_kept',
    'Those of them whose period has ended and which a hold or the archive keeps.',
    (found) => found.coverage?.kept ?? 0,
  )
  gauge(
    'witness_conflicts',
    'Checkpoints of other offices that do not go together with what was cosigned of them; has to be 0.',
    (found) => found.conflicts,
  )
  gauge(
    'broken_ledgers',
    'Deletion ledgers of this office that were lost or damaged; one that nothing follows yet keeps the office closed.',
    (found) => found.brokenLedgers,
  )
  function secondsSince(at: string | null | undefined): number {
    return at == null ? 0 : Math.max(0, (office.now().getTime() - Date.parse(at)) / 1000)
  }
  gauge('archive_waiting', 'Filed matters that are not sealed yet.', ({ archive }) => archive?.waiting ?? 0)
  gauge('archive_oldest_waiting_seconds', 'Since when the first of them waits.', ({ archive }) =>
    secondsSince(archive?.since),
  )
  gauge(
    'archive_failed',
    'Those of them of which sealing has failed and is tried again.',
    ({ archive }) => archive?.failed ?? 0,
  )
  gauge(
    'archive_check_findings',
    'What the newest self-check of the archive found not to agree; has to be 0.',
    ({ archive }) => archive?.findings ?? 0,
  )
  gauge(
    'archive_check_age_seconds',
    'Age of that check; 0 when nothing has been sealed yet.',
    ({ archive }) => secondsSince(archive?.checkedAt),
  )
  gauge('media_pending', 'Attachments that are not fetched yet.', (found) => found.media)
  new Gauge({
    name: 'buergerdraht_replies_open',
    help: 'Replies that are not settled.',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      const found = await figures()
      if (found === null) return
      for (const state of ['queued', 'sending', 'unknown']) this.set({ state }, found.sends[state] ?? 0)
    },
  })
  function proofGauge(name: string, help: string, since: (proof: ProofFigures) => string | null) {
    new Gauge({
      name: `buergerdraht_${name}`,
      help,
      labelNames: ['log', 'kind', 'prover'],
      registers: [register],
      async collect() {
        const found = await figures()
        if (found === null) return
        this.reset()
        for (const proof of found.proofs) {
          const at = since(proof)
          const seconds = at === null ? 0 : (office.now().getTime() - Date.parse(at)) / 1000
          const { log, kind, prover } = proof
          this.set({ log, kind, prover }, Math.max(0, seconds))
        }
      },
    })
  }
  proofGauge(
    'checkpoint_proof_failing_seconds',
    'Since when a time stamp or a witness is missed for a log; 0: the last attempt worked.',
    ({ failingSince }) => failingSince,
  )
  proofGauge(
    'checkpoint_proof_age_seconds',
    'Age of the newest time stamp or cosignature of a log; 0 also where there is none yet.',
    ({ provenAt }) => provenAt,
  )
  new Counter({
    name: 'buergerdraht_intake_not_shown_total',
    help: 'Items of webhooks that did not become a message, by why.',
    labelNames: ['reason'],
    registers: [register],
    async collect() {
      const found = await figures()
      if (found === null) return
      this.reset()
      for (const [reason, count] of Object.entries(found.notShown)) this.inc({ reason }, count)
    },
  })
  new Gauge({
    name: 'buergerdraht_database_up',
    help: '1 when the figures of this scrape could be read.',
    registers: [register],
    async collect() {
      this.set((await figures()) === null ? 0 : 1)
    },
  })
}
