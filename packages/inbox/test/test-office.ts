import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KeyEncryptionKeys, Keys, newKeyEncryptionKey, sealJson } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import {
  additionalData,
  buildIndex,
  type Inbox,
  Intake,
  ingestWaiting,
  type Reminder,
  SearchIndex,
  type StoredCredentials,
} from '../src/index.ts'

/** An office on a database of its own, without processes around it. */
export type TestOffice = {
  readonly office: Inbox
  readonly teamId: string
  readonly reminders: Reminder[]
  /** Warnings and errors that were logged. */
  readonly logged: { readonly event: string; readonly facts: unknown }[]
  setNow(at: Date): void
  addChannel(channel?: Partial<TestChannel>): Promise<string>
  /** Stores a payload as the webhook route would, and ingests all that waits. */
  deliver(channelId: string, payload: unknown): Promise<void>
  ingest(): Promise<void>
  replaceKeyEncryptionKey(): Promise<void>
  close(): Promise<void>
}

type TestChannel = {
  readonly vendor: 'meta' | '360dialog'
  readonly phoneNumberId: string
  readonly baseUrl: string
  readonly credentials: StoredCredentials
}

export const wireCredentials: StoredCredentials = {
  apiKey: 'wire-api-key',
  webhookSecrets: ['wire-test-secret', 'wire-test-secret-old'],
  webhookHeaders: {},
  verifyToken: 'wire-verify-token',
}

export async function openTestOffice(): Promise<TestOffice> {
  const database = await createTestDatabase()
  const { prisma, pool, close } = createDatabase(database.url)
  let keks: KeyEncryptionKeys = [newKeyEncryptionKey()]
  const keys = await Keys.open(pool, async () => keks)
  const mediaDir = await mkdtemp(join(tmpdir(), 'media-'))
  let now = new Date('2026-11-16T12:00:05Z')
  const reminders: Reminder[] = []
  const logged: { event: string; facts: unknown }[] = []
  function note(facts: unknown, event: string): void {
    void logged.push({ event, facts })
  }
  const office: Inbox = {
    prisma,
    pool,
    keys,
    intake: new Intake(pool, keys),
    search: new SearchIndex(keys),
    now: () => now,
    remind: async (reminder) => void reminders.push(reminder),
    notify: async () => {},
    log: { info: () => {}, warn: note, error: note },
    sendOutcomes: new Map(),
    bspHosts: new Set(['127.0.0.1', 'waba-v2.360dialog.io']),
    mediaDir,
    clamavUrl: null,
    ownPostalCodes: new Set(),
  }
  await buildIndex(office, new AbortController().signal)
  const team = await prisma.team.create({ data: { name: 'Bürgeramt' } })
  async function ingest(): Promise<void> {
    const client = await pool.connect()
    try {
      while ((await ingestWaiting(client, office)).events > 0);
    } finally {
      client.release()
    }
  }
  return {
    office,
    teamId: team.id,
    reminders,
    logged,
    setNow: (at) => {
      now = at
    },
    async addChannel(channel = {}) {
      const key = keys.make('channel')
      await prisma.dataKey.create({ data: { ...key.row, wrapped: new Uint8Array(key.row.wrapped) } })
      const id = crypto.randomUUID()
      await prisma.channel.create({
        data: {
          id,
          vendor: channel.vendor ?? 'meta',
          name: 'Bürgertelefon',
          teamId: team.id,
          phoneNumberId: channel.phoneNumberId ?? '300000000000001',
          wabaId: '200000000000001',
          displayPhoneNumber: '493023125010',
          baseUrl: channel.baseUrl ?? 'http://127.0.0.1:1',
          keyId: key.id,
          credentialsSealed: new Uint8Array(
            sealJson(key.bytes, additionalData.credentials(id), channel.credentials ?? wireCredentials),
          ),
        },
      })
      return id
    },
    async deliver(channelId, payload) {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
      await office.intake.accept(channelId, Buffer.from(body), now, false)
      await ingest()
    },
    ingest,
    async replaceKeyEncryptionKey() {
      const made = newKeyEncryptionKey()
      keks = [made, ...keks]
      await keys.rewrap()
      keks = [made]
      await keys.refresh()
    },
    async close() {
      await close()
      await database.drop()
      await rm(mediaDir, { recursive: true, force: true })
    },
  }
}
