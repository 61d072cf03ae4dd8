import { setTimeout as sleep } from 'node:timers/promises'
import { providerIdMac } from '@buergerdraht/inbox'
import { benchSettings } from './bench-settings.ts'
import { providerId, webhookBody, webhookRequest } from './citizen-message.ts'
import { load } from './http-load.ts'
import { apiPort, openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'

const citizens = 4000
const seconds = benchSettings.seconds ?? 8

/**
 * Thousands of citizens at saturation; api and worker are killed in the middle and started again. Every message that was
 * answered with 200 must be there exactly once, in its citizen's conversation, in the order of the citizen's clock.
 */
const office = await openBenchOffice()
try {
  await office.start('api')
  await office.start('worker')
  const start = Date.now() - 3_600_000
  const acknowledged: number[] = []
  let number = 0
  function next() {
    const n = number
    number += 1
    const round = Math.floor(n / citizens)
    return {
      n,
      bytes: webhookRequest(office.channelId, webhookBody(n, n % citizens, new Date(start + round * 1000))),
    }
  }
  function onAnswer(n: number, status: number): void {
    if (status === 200) acknowledged.push(n)
  }
  for (let round = 0; round < 3; round += 1) {
    const writing = load({ port: apiPort, connections: 32, seconds, next, onAnswer })
    await sleep((seconds * 1000) / 2)
    await Promise.all([office.stop('api', 'SIGKILL'), office.stop('worker', 'SIGKILL')])
    await writing
    await office.start('api')
    await office.start('worker')
  }
  if (acknowledged.length === 0) throw new Error('Nothing was acknowledged, so nothing could be lost.')
  async function waiting(): Promise<number> {
    const { rows } = await office.database.pool.query<{ n: number }>(
      'select count(*)::int as n from webhook_event where ingested_at is null',
    )
    return rows[0]?.n ?? 0
  }
  while ((await waiting()) > 0) await sleep(100)

  const { rows } = await office.database.pool.query<{ id: string; conversation: string; sent_at: Date }>(
    `select encode(provider_id_mac, 'hex') as id, conversation_id as conversation, sent_at from message order by sent_at, id`,
  )
  const stored = new Map(rows.map((row) => [row.id, row.conversation]))
  function macOf(n: number): string {
    return providerIdMac(office.keys, office.channelId, providerId(n)).toString('hex')
  }
  const numberOf = new Map(Array.from({ length: number }, (_, n) => [macOf(n), n]))
  const conversationOf = new Map<number, string>()
  let missing = 0
  let misfiled = 0
  for (const n of acknowledged) {
    const conversation = stored.get(macOf(n))
    if (conversation === undefined) missing += 1
    else if ((conversationOf.get(n % citizens) ?? conversation) !== conversation) misfiled += 1
    else conversationOf.set(n % citizens, conversation)
  }
  const lastOf = new Map<string, number>()
  let disordered = 0
  for (const { id, conversation } of rows) {
    const n = numberOf.get(id) ?? -1
    if ((lastOf.get(conversation) ?? -1) > n) disordered += 1
    lastOf.set(conversation, n)
  }
  print('Killed three times at saturation', [
    { name: 'acknowledged', value: acknowledged.length, unit: 'messages' },
    { name: 'stored', value: rows.length, unit: 'messages' },
    { name: 'acknowledged and missing', value: missing, unit: '', goal: { max: 0 } },
    { name: 'stored twice', value: rows.length - stored.size, unit: '', goal: { max: 0 } },
    { name: 'with the wrong citizen', value: misfiled, unit: '', goal: { max: 0 } },
    {
      name: 'shared by two citizens',
      value: conversationOf.size - new Set(conversationOf.values()).size,
      unit: '',
      goal: { max: 0 },
    },
    { name: 'out of order', value: disordered, unit: '', goal: { max: 0 } },
  ])
} finally {
  await office.close()
}
