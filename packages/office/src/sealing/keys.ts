import { randomBytes, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { alone } from '../database/locks.ts'
import { prepared } from '../database/prepared.ts'
import type { KeyEncryptionKeys } from './key-file.ts'
import { derivedKey, open, seal } from './sealing.ts'

/** What a data key is for. `lookup` is one for ever: identities are looked up by it. `search` lives with one generation of the index; `audit-log`,
 * `deletion-ledger` and `archive-log` sign checkpoints, `witness` cosigns those of others; they encrypt nothing. */
export type KeyPurpose =
  | 'lookup'
  | 'intake'
  | 'conversation'
  | 'contact'
  | 'channel'
  | 'attachment'
  | 'search'
  | 'account'
  | 'proposal'
  | 'processor'
  | 'archive-item'
  | 'witness'
  | LogPurpose

/** The logs whose checkpoints are signed. */
export type LogPurpose = 'audit-log' | 'deletion-ledger' | 'archive-log'

/** One key for each kind of keyed hash. */
export type LookupKeys = {
  readonly identity: Buffer
  readonly event: Buffer
  readonly providerId: Buffer
  readonly signIn: Buffer
}

export type DataKey = {
  readonly id: string
  readonly bytes: Buffer
}

/** A data key that is not stored yet: the caller inserts `row` in the transaction that first uses it. */
export type NewDataKey = DataKey & {
  readonly row: {
    readonly id: string
    readonly purpose: KeyPurpose
    readonly wrapped: Buffer
    readonly kekId: string
  }
}

/** The data key is gone: what it encrypted has been erased. */
export class KeyDestroyed extends Error {
  constructor() {
    super('The key of this content has been destroyed.')
    this.name = 'KeyDestroyed'
  }
}

const cacheSize = 20_000
/** So long is known which keys have been destroyed. */
export const destroyedKeysKeptMs = 60 * 60 * 1000
/** A transaction that began so long ago may only now have told what it destroyed. */
const hearingOverlapMs = 10 * 60 * 1000
const intakeKeyLife = 24 * 60 * 60 * 1000
function wrapPlace(id: string, purpose: string) {
  return `data_key:${purpose}:${id}`
}

/**
 * The data keys of this installation. They lie wrapped in `data_key`; unwrapped ones are kept in memory, the least
 * recently used go first. `readKeys` is asked again when a key was wrapped by a key-encryption key not seen before, so that a
 * rotation needs no restart.
 */
export class Keys {
  readonly #pool: Pool
  readonly #readKeys: () => Promise<KeyEncryptionKeys>
  readonly #now: () => Date
  readonly #cache = new Map<string, Buffer>()
  #keks: KeyEncryptionKeys
  #intake: (DataKey & { readonly madeAt: number }) | null = null
  #lookup: LookupKeys | null = null
  /** The database's time up to which it is known which keys have been destroyed. */
  #heardAt = 0

  private constructor(
    pool: Pool,
    readKeys: () => Promise<KeyEncryptionKeys>,
    now: () => Date,
    keks: KeyEncryptionKeys,
  ) {
    this.#pool = pool
    this.#readKeys = readKeys
    this.#now = now
    this.#keks = keks
  }

  /** Opens the key table and makes the lookup key where there is none yet. Safe with several processes starting. */
  static async open(
    pool: Pool,
    readKeys: () => Promise<KeyEncryptionKeys>,
    now: () => Date = () => new Date(),
  ): Promise<Keys> {
    const keys = new Keys(pool, readKeys, now, await readKeys())
    const lookup = await keys.theOne('lookup')
    keys.#lookup = {
      identity: derivedKey(lookup.bytes, 'identity'),
      event: derivedKey(lookup.bytes, 'event'),
      providerId: derivedKey(lookup.bytes, 'provider-id'),
      signIn: derivedKey(lookup.bytes, 'sign-in'),
    }
    await keys.#refreshIntakeKey()
    return keys
  }

  /** Keys for blind look-up; they encrypt nothing. */
  get lookup(): LookupKeys {
    if (this.#lookup === null) throw new KeyDestroyed()
    return this.#lookup
  }

  /** Makes a key; it exists only once the caller has inserted its row. */
  make(purpose: KeyPurpose, id: string = randomUUID()): NewDataKey {
    const [kek] = this.#keks
    const bytes = randomBytes(32)
    const wrapped = seal(kek.bytes, wrapPlace(id, purpose), bytes)
    this.#remember(id, bytes)
    return { id, bytes, row: { id, purpose, wrapped, kekId: kek.id } }
  }

  /** @throws KeyDestroyed */
  async get(id: string): Promise<Buffer> {
    const key = (await this.getMany([id])).get(id)
    if (key === undefined) throw new KeyDestroyed()
    return key
  }

  /** Keys by id; those that have been destroyed are missing. One query for what is not in memory. */
  async getMany(ids: Iterable<string>): Promise<Map<string, Buffer>> {
    const found = new Map<string, Buffer>()
    const missing: string[] = []
    for (const id of new Set(ids)) {
      const cached = this.#cache.get(id)
      if (cached === undefined) missing.push(id)
      else {
        this.#remember(id, cached)
        found.set(id, cached)
      }
    }
    if (missing.length === 0) return found
    const { rows } = await this.#pool.query<{ id: string; purpose: string; wrapped: Buffer; kek_id: string }>(
      prepared('select id, purpose, wrapped, kek_id from data_key where id = any($1::uuid[])', [missing]),
    )
    for (const row of rows) {
      const bytes = open(await this.#kek(row.kek_id), wrapPlace(row.id, row.purpose), row.wrapped)
      this.#remember(row.id, bytes)
      found.set(row.id, bytes)
    }
    return found
  }

  /**
   * Opens a key that lies beside what it is for and ends with it, not in `data_key`. Null: no key-encryption key that is left has
   * wrapped it.
   */
  async unwrap({ id, purpose, wrapped, kekId }: NewDataKey['row']): Promise<Buffer | null> {
    try {
      return open(await this.#kek(kekId), wrapPlace(id, purpose), wrapped)
    } catch (error) {
      if (error instanceof KeyDestroyed) return null
      throw error
    }
  }

  /** Whether a key-encryption key is the one that wraps new keys; false after a rotation. */
  isNewest(kekId: string): boolean {
    return this.#keks[0].id === kekId
  }

  /** The key for raw events of today. Raw events and dead letters of a day die with it. */
  get intake(): DataKey {
    if (this.#intake === null) throw new KeyDestroyed()
    return this.#intake
  }

  /** The key of which there is one for ever; made where it is missing. Safe with several processes at it. */
  async theOne(purpose: 'lookup' | 'witness' | LogPurpose): Promise<DataKey> {
    const existing = await this.#first(purpose)
    if (existing === null) await this.#insert(this.make(purpose))
    const key = existing ?? (await this.#first(purpose))
    if (key === null) throw new KeyDestroyed()
    return key
  }

  /**
   * Takes new key-encryption keys, forgets the keys that another process has destroyed, and rotates the intake key once a day. Called every
   * five seconds: for so long a process may go on with a key that is gone.
   */
  async refresh(): Promise<void> {
    this.#keks = await this.#readKeys()
    await this.#forgetDestroyed()
    await this.#refreshIntakeKey()
  }

  /**
   * Wraps every data key anew that another than the newest key-encryption key wraps, so that the older ones can be taken away. Safe to
   * cut off and to repeat. Returns how many.
   */
  async rewrap(): Promise<number> {
    this.#keks = await this.#readKeys()
    const [newest] = this.#keks
    for (let done = 0; ; ) {
      const { rows } = await this.#pool.query<{
        id: string
        purpose: string
        wrapped: Buffer
        kek_id: string
      }>('select id, purpose, wrapped, kek_id from data_key where kek_id <> $1 limit 1000', [newest.id])
      if (rows.length === 0) return done
      const wrapped = await Promise.all(
        rows.map(async ({ id, purpose, wrapped, kek_id }) => {
          const place = wrapPlace(id, purpose)
          return seal(newest.bytes, place, open(await this.#kek(kek_id), place, wrapped))
        }),
      )
      await this.#pool.query(
        `update data_key k set wrapped = n.wrapped, kek_id = $3
         from unnest($1::uuid[], $2::bytea[]) as n(id, wrapped) where k.id = n.id`,
        [rows.map((row) => row.id), wrapped, newest.id],
      )
      done += rows.length
    }
  }

  /** Runs `work` unless somebody else, in whatever process, is at such work: null then. Whoever is killed lets go. */
  alone<T>(work: () => Promise<T>): Promise<T | null> {
    return alone(this.#pool, 'rotatingKeys', work)
  }

  /** Whoever has not heard for so long that it may have missed something forgets everything. */
  async #forgetDestroyed(): Promise<void> {
    const { rows } = await this.#pool.query<{ now: Date; ids: string[] }>(
      `select now() as now, coalesce((select array_agg(id) from destroyed_key where at > $1::timestamptz), '{}') as ids`,
      [new Date(this.#heardAt - hearingOverlapMs)],
    )
    const [row] = rows
    if (row === undefined) throw new Error('A query without a condition has a row')
    if (row.now.getTime() - this.#heardAt > destroyedKeysKeptMs) this.#cache.clear()
    for (const id of row.ids) this.#cache.delete(id)
    this.#heardAt = row.now.getTime()
  }

  async #refreshIntakeKey(): Promise<void> {
    const at = this.#now().getTime()
    if (this.#intake !== null && at - this.#intake.madeAt < intakeKeyLife) return
    const newest = await this.#first('intake')
    if (newest !== null && at - newest.madeAt < intakeKeyLife) {
      this.#intake = newest
      return
    }
    const made = this.make('intake')
    await this.#insert(made)
    this.#intake = { ...made, madeAt: at }
  }

  /** Forgets a destroyed key in this process, at once; others forget it when they {@link refresh}. */
  forget(id: string): void {
    this.#cache.delete(id)
  }

  async #first(purpose: KeyPurpose): Promise<(DataKey & { madeAt: number }) | null> {
    const { rows } = await this.#pool.query<{
      id: string
      wrapped: Buffer
      kek_id: string
      created_at: Date
    }>(
      'select id, wrapped, kek_id, created_at from data_key where purpose = $1 order by created_at desc limit 1',
      [purpose],
    )
    const row = rows[0]
    if (row === undefined) return null
    const bytes = open(await this.#kek(row.kek_id), wrapPlace(row.id, purpose), row.wrapped)
    this.#remember(row.id, bytes)
    return { id: row.id, bytes, madeAt: row.created_at.getTime() }
  }

  async #insert({ row }: NewDataKey): Promise<void> {
    // A second key of its kind is refused by the table: whoever was first has made it.
    await this.#pool.query(
      `insert into data_key (id, purpose, wrapped, kek_id, created_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [row.id, row.purpose, row.wrapped, row.kekId, this.#now()],
    )
  }

  async #kek(id: string): Promise<Buffer> {
    const known = () => this.#keks.find((kek) => kek.id === id)?.bytes
    const found = known()
    if (found !== undefined) return found
    this.#keks = await this.#readKeys()
    const now = known()
    if (now === undefined) throw new KeyDestroyed()
    return now
  }

  #remember(id: string, bytes: Buffer): void {
    this.#cache.delete(id)
    this.#cache.set(id, bytes)
    if (this.#cache.size > cacheSize) {
      const oldest = this.#cache.keys().next()
      if (!oldest.done) this.#cache.delete(oldest.value)
    }
  }
}
