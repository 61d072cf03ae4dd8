/**
 * What a provider delivers, as Meta's Cloud API words it: the one place where tests build webhooks. What was captured from
 * providers stands in files, under `packages/bsp`.
 */

/** The demo's and most tests' own. */
export const phoneNumberId = '300000000000001'

/** One change of the field `messages`, at a number. */
export function change(value: object, number: string = phoneNumberId) {
  return {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '493023125010', phone_number_id: number },
      ...value,
    },
  }
}

/** One POST; each list is the changes of one entry. */
export function payload(...entries: readonly (readonly unknown[])[]) {
  return {
    object: 'whatsapp_business_account',
    entry: entries.map((changes) => ({ id: '200000000000001', changes })),
  }
}

/** One POST with one change. */
export function webhook(value: object) {
  return payload([change(value)])
}

/** Seconds since 1970 as the wire has them: a string of digits. */
export function wireTime(at: Date): string {
  return String(Math.floor(at.getTime() / 1000))
}

export type WrittenMessage = {
  readonly id: string
  /** Digits. */
  readonly from: string
  readonly text: string
  /** Unix seconds; default: now. */
  readonly timestamp?: number
}

function wamid(id: string): string {
  return `wamid.${id}`
}
function timeOf({ timestamp }: { readonly timestamp?: number }): string {
  return timestamp === undefined ? wireTime(new Date()) : String(timestamp)
}

/** Texts of citizens who have a number; their ids are prefixed as WhatsApp's are. */
export function messagesChange(number: string, messages: readonly WrittenMessage[]) {
  return change(
    {
      contacts: [...new Set(messages.map(({ from }) => from))].map((from) => ({
        wa_id: from,
        profile: { name: `Person ${from.slice(-4)}` },
      })),
      messages: messages.map((message) => ({
        id: wamid(message.id),
        from: message.from,
        timestamp: timeOf(message),
        type: 'text',
        text: { body: message.text },
      })),
    },
    number,
  )
}

export type ReportedStatus = {
  readonly id: string
  readonly status: string
  /** Unix seconds; default: now. */
  readonly timestamp?: number
  readonly errorCode?: number
}

/** What became of messages of ours. */
export function statusesChange(number: string, statuses: readonly ReportedStatus[]) {
  return change(
    {
      statuses: statuses.map((status) => ({
        id: wamid(status.id),
        status: status.status,
        timestamp: timeOf(status),
        recipient_id: '491713920011',
        ...(status.errorCode === undefined ? {} : { errors: [{ code: status.errorCode, title: 'refused' }] }),
      })),
    },
    number,
  )
}
