/** Webhook payloads of the demo's channel, as Meta's Cloud API words them. */
export interface WrittenMessage {
  readonly id: string
  /** Digits. */
  readonly from: string
  readonly text: string
  /** Unix seconds; default: now. */
  readonly timestamp?: number
}

const wamid = (id: string): string => `wamid.${id}`
const seconds = (): number => Math.floor(Date.now() / 1000)

const change = (phoneNumberId: string, value: Record<string, unknown>) => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '493023125010', phone_number_id: phoneNumberId },
    ...value,
  },
})

export const messagesChange = (phoneNumberId: string, messages: readonly WrittenMessage[]) =>
  change(phoneNumberId, {
    contacts: [...new Set(messages.map(({ from }) => from))].map((from) => ({
      wa_id: from,
      profile: { name: `Person ${from.slice(-4)}` },
    })),
    messages: messages.map(({ id, from, text, timestamp }) => ({
      id: wamid(id),
      from,
      timestamp: String(timestamp ?? seconds()),
      type: 'text',
      text: { body: text },
    })),
  })

export interface ReportedStatus {
  readonly id: string
  readonly status: string
  readonly timestamp?: number
  readonly ownId?: string
  readonly errorCode?: number
}

export const statusesChange = (phoneNumberId: string, statuses: readonly ReportedStatus[]) =>
  change(phoneNumberId, {
    statuses: statuses.map(({ id, status, timestamp, ownId, errorCode }) => ({
      id: wamid(id),
      status,
      timestamp: String(timestamp ?? seconds()),
      recipient_id: '491713920011',
      ...(ownId === undefined ? {} : { biz_opaque_callback_data: ownId }),
      ...(errorCode === undefined ? {} : { errors: [{ code: errorCode, title: 'refused' }] }),
    })),
  })

/** One POST; each inner list is the changes of one entry. */
export const payload = (...entries: readonly (readonly unknown[])[]): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: entries.map((changes, n) => ({ id: `20000000000000${n}`, changes })),
  })
