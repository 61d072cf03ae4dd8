import { randomUUID } from 'node:crypto'
import type { Role } from '@buergerdraht/contract'
import type { Viewer } from '@buergerdraht/office'
import { phoneNumberId, webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import { type Inbox, providerIdMac } from '../../src/index.ts'
import { openTestOffice, type TestOffice, wireCredentials } from '../test-office.ts'
import { type Provider, startProvider } from './provider.ts'

/** Closed as most matters are: it belongs to no file. */
export const noFile = { filing: { relevance: 'none' } } as const

export const noon = new Date('2026-11-16T12:00:00Z')

const minute = 60_000
export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * minute)
}

type CitizenMessage = {
  readonly from?: string | undefined
  readonly userId?: string
  readonly name?: string
  readonly id?: string
  readonly at?: Date
  readonly text?: string
}

/** An office with two teams, people of every role, a provider that does as told, and citizens. */
export type Desk = {
  readonly test: TestOffice
  readonly office: Inbox
  readonly provider: Provider
  readonly channelId: string
  /** Frau Yılmaz and Herr Brandt answer in the same team, Frau Okafor in another one. */
  readonly yilmaz: Viewer
  readonly brandt: Viewer
  readonly okafor: Viewer
  readonly admin: Viewer
  readonly otherTeamId: string
  viewer(role: Role, teamIds: readonly string[]): Promise<Viewer>
  /** Somebody writes; it is in the inbox when this resolves. @returns the conversation's id */
  citizenWrites(message?: CitizenMessage): Promise<string>
  /** A status of the provider for a message of ours. */
  status(status: string, providerMessageId: string, at: Date, more?: object): Promise<void>
  close(): Promise<void>
}

function textPayload({ from, userId, name, id, at, text }: CitizenMessage) {
  return webhook({
    contacts: [
      {
        ...(from === undefined ? {} : { wa_id: from }),
        ...(userId === undefined ? {} : { user_id: userId }),
        profile: { name: name ?? 'Erika Mustermann' },
      },
    ],
    messages: [
      {
        ...(from === undefined ? {} : { from }),
        ...(userId === undefined ? {} : { from_user_id: userId }),
        id: id ?? `wamid.${randomUUID()}`,
        timestamp: wireTime(at ?? noon),
        type: 'text',
        text: { body: text ?? 'Guten Tag, wann hat das Bürgeramt geöffnet?' },
      },
    ],
  })
}

export async function openDesk(): Promise<Desk> {
  const test = await openTestOffice()
  const provider = await startProvider()
  const { office } = test
  test.setNow(minutesAfter(noon, 1))
  const channelId = await test.addChannel({
    vendor: 'meta',
    phoneNumberId,
    baseUrl: provider.baseUrl,
    credentials: wireCredentials,
  })
  const otherTeam = await office.prisma.team.create({ data: { name: 'Bauhof' } })
  let people = 0
  async function viewer(role: Role, teamIds: readonly string[], name?: string): Promise<Viewer> {
    people += 1
    const displayName = name ?? `${role} ${people}`
    const account = await office.prisma.account.create({
      data: {
        email: `${people}@musterstadt.example`,
        displayName,
        role: role === 'team-lead' ? 'team_lead' : role,
        teams: { create: teamIds.map((teamId) => ({ teamId })) },
      },
    })
    return { accountId: account.id, displayName, role, teamIds }
  }
  return {
    test,
    office,
    provider,
    channelId,
    yilmaz: await viewer('clerk', [test.teamId], 'Frau Yılmaz'),
    brandt: await viewer('clerk', [test.teamId], 'Herr Brandt'),
    okafor: await viewer('clerk', [otherTeam.id], 'Frau Okafor'),
    admin: await viewer('admin', [], 'Herr Amin'),
    otherTeamId: otherTeam.id,
    viewer: (role, teamIds) => viewer(role, teamIds),
    citizenWrites: async (message = {}) => {
      const id = message.id ?? `wamid.${randomUUID()}`
      const from = 'from' in message ? message.from : '491713920011'
      await test.deliver(channelId, textPayload({ ...message, from, id }))
      const stored = await office.prisma.message.findFirstOrThrow({
        where: { providerIdMac: new Uint8Array(providerIdMac(office.keys, channelId, id)) },
      })
      return stored.conversationId
    },
    status: (status, id, at, more = {}) =>
      test.deliver(channelId, webhook({ statuses: [{ id, status, timestamp: wireTime(at), ...more }] })),
    close: async () => {
      await provider.close()
      await test.close()
    },
  }
}

/** The code of the refusal that a promise ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') return error.message
    throw error
  }
  return 'no refusal'
}
