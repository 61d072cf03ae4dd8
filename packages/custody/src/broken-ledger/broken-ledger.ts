import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { placeIn } from '@buergerdraht/contract'
import { type Keys, logKeyOf } from '@buergerdraht/office'
import {
  type LedgerEntry,
  LogUnusable,
  openLedgerFolder,
  parseNoteKey,
  verdictOf,
  verifyLedger,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { LedgerCheck } from '../ledger/judge-ledger.ts'
import { readEntries } from '../ledger/read-entries.ts'

type Client = Pick<PoolClient, 'query'>

export type BreakGlassReason = Extract<LedgerEntry, { type: 'BREAK_GLASS' }>['reason']
/** In what way a ledger can be so broken that another one may follow it. */
type LedgerFault = Exclude<LedgerCheck, 'too-old' | 'given-up-since'>

/** A ledger that was lost or damaged. It is given up when two persons have decided so, and followed when another one begins with that entry. */
export type BrokenLedger = {
  /** From 1; also that of the ledger that follows it. */
  readonly number: number
  readonly id: string
  readonly origin: string
  readonly verifier_key: string
  readonly size: number
  readonly root: Buffer
  readonly proven_size: number | null
  readonly proven_at: Date | null
  readonly fault: LedgerFault
  readonly findings: readonly string[]
  readonly reason: BreakGlassReason
  readonly folder: string
  readonly found_at: Date
  readonly proposed_role: string | null
  readonly approved_role: string | null
  readonly decided_at: Date | null
  readonly key_id: string | null
  readonly followed_at: Date | null
}

const columns = `number, id, origin, verifier_key, size, root, proven_size, proven_at, fault, findings, reason, folder, found_at, proposed_role, approved_role,
  decided_at, key_id, followed_at`

/** The one that nothing follows yet: nobody is let in. Null: there is none. */
export async function openBrokenLedger(client: Client): Promise<BrokenLedger | null> {
  const { rows } = await client.query<BrokenLedger>(
    `select ${columns} from broken_ledger where followed_at is null`,
  )
  return rows[0] ?? null
}

/** Those that others have followed, in their order. */
export async function givenUpLedgers(client: Client): Promise<BrokenLedger[]> {
  const { rows } = await client.query<BrokenLedger>(
    `select ${columns} from broken_ledger where followed_at is not null order by number`,
  )
  return rows
}

/** Where what is left of a broken ledger lies. @param folder of the ledger in use */
export function asideOf(folder: string, broken: Pick<BrokenLedger, 'folder'>): string {
  return join(dirname(folder), broken.folder)
}

/** By which keys entries of this office's ledgers are proven: of the one in use, and of those before it. */
export async function ledgerKeys(client: Client, keys: Pick<Keys, 'theOne'>): Promise<string[]> {
  const { verifierKey } = await logKeyOf(keys, 'deletion-ledger')
  return [verifierKey, ...(await givenUpLedgers(client)).map(({ verifier_key }) => verifier_key)]
}

export type LedgerPart = { readonly number: number; readonly folder: string; readonly isGivenUp: boolean }

/** The ledgers of this office of which something can be read, in their order: what another office's folder says is none of ours. */
export async function ledgersOf(client: Client, folder: string): Promise<LedgerPart[]> {
  const before = await givenUpLedgers(client)
  return [
    ...before
      .filter(({ fault }) => fault !== 'foreign')
      .map((one) => ({ number: one.number - 1, folder: asideOf(folder, one), isGivenUp: true })),
    { number: before.length, folder, isGivenUp: false },
  ].filter((one) => existsSync(join(one.folder, 'log')))
}

/**
 * The entries of all ledgers from a place on, each with its place. Of one that was given up everything in front of its damage.
 * @throws LogUnusable LOG_DAMAGED for the ledger in use
 */
export async function* readAllEntries(client: Client, folder: string, from: number) {
  for (const ledger of await ledgersOf(client, folder)) {
    try {
      const first = Math.max(0, from - placeIn(ledger.number, 0))
      for await (const { seq, entry } of readEntries(ledger.folder, first))
        yield { place: placeIn(ledger.number, seq), entry }
    } catch (error) {
      if (!(ledger.isGivenUp && error instanceof LogUnusable)) throw error
    }
  }
}

export type Rest = {
  readonly number: number
  readonly origin: string
  readonly fault: LedgerFault
  readonly folder: string
  /** Entries in front of any damage. */
  readonly readable: number
  /** Codes of the verifier, with the key of that ledger; none: what is there is whole. */
  readonly findings: readonly string[]
}

/** What is left of the ledgers that were given up, as the verifier says. */
export async function checkGivenUp(client: Client, folder: string): Promise<Rest[]> {
  const rests: Rest[] = []
  for (const one of await givenUpLedgers(client)) {
    const aside = asideOf(folder, one)
    const said = { number: one.number, origin: one.origin, fault: one.fault, folder: aside }
    if (!existsSync(join(aside, 'log'))) {
      rests.push({ ...said, readable: 0, findings: [] })
      continue
    }
    const opened = await openLedgerFolder(aside)
    try {
      const { findings, size } = await verifyLedger(opened, { keys: [parseNoteKey(one.verifier_key)] })
      const bad = findings.filter((each) => verdictOf([each]) !== 0)
      rests.push({ ...said, readable: size, findings: [...new Set(bad.map(({ code }) => code))] })
    } finally {
      await opened.close()
    }
  }
  return rests
}
