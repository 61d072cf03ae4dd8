import type { BspEvent, UnreadableEvent } from '../event.ts'
import { callEventOf } from './call.ts'
import { echoEventOf } from './echo.ts'
import { messageEventOf } from './message.ts'
import { contactsOf } from './sender.ts'
import { statusEventOf } from './status.ts'
import { elementsOf, errorCodeOf, objectOf, type Untrusted, unquotedIdOf } from './untrusted.ts'
import { valueErrorEventOf, wabaFieldEventOf } from './waba-field.ts'
import type { WireChange, WireEntry, WireMetadata, WireValue, WireWebhook } from './wire-format.ts'

const byteOrderMark = 0xfeff
/** The numbers that the test button of Meta's dashboard invents. */
const dashboardEntryId = '0'
const dashboardPhoneNumberId = '123456123'

/** Events in the order in which they must be applied: a failing status may not cost a message. */
type Sorted = {
  readonly messages: BspEvent[]
  readonly statuses: BspEvent[]
  readonly rest: BspEvent[]
}

/**
 * Reads a webhook body of the Cloud API into events: all entries, changes, messages and statuses, each in
 * isolation, messages before statuses. Never throws; unknown keys are never looked at, so that neither their
 * depth nor their names matter. `path` of each event says where in the payload it came from.
 */
export function parseWebhook(rawBody: Uint8Array): BspEvent[] {
  const body = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength).toString('utf8')
  const text = body.charCodeAt(0) === byteOrderMark ? body.slice(1) : body
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    if (text.trim() === '') return [ignored('empty', '')]
    return [unreadable(error instanceof RangeError ? 'too-deep' : 'not-json', '')]
  }
  const webhook = objectOf<WireWebhook>(root)
  if (!webhook) return [unreadable('not-an-object', '')]
  if ((webhook.object ?? 'whatsapp_business_account') !== 'whatsapp_business_account') {
    return [ignored('other-field', 'object')]
  }
  if (webhook.entry === undefined) return [ignored('empty', 'entry')]
  if (!Array.isArray(webhook.entry)) return [unreadable('wrong-shape', 'entry')]
  const sorted: Sorted = { messages: [], statuses: [], rest: [] }
  webhook.entry.forEach((element: unknown, index) => {
    readEntry(element, `entry[${index}]`, sorted)
  })
  const events = [...sorted.messages, ...sorted.statuses, ...sorted.rest]
  return events.length > 0 ? events : [ignored('empty', 'entry')]
}

function readEntry(element: unknown, path: string, sorted: Sorted): void {
  const entry = objectOf<WireEntry>(element)
  if (!entry) {
    sorted.rest.push(unreadable('wrong-shape', path))
    return
  }
  if (!Array.isArray(entry.changes)) {
    sorted.rest.push(unreadable('wrong-shape', `${path}.changes`))
    return
  }
  const wabaId = unquotedIdOf(entry.id)
  entry.changes.forEach((change: unknown, index) => {
    const changePath = `${path}.changes[${index}]`
    try {
      readChange(change, changePath, wabaId, sorted)
    } catch {
      sorted.rest.push(unreadable('defect', changePath))
    }
  })
}

function readChange(element: unknown, path: string, wabaId: string | null, sorted: Sorted): void {
  const change = objectOf<WireChange>(element)
  if (!change) {
    sorted.rest.push(unreadable('wrong-shape', path))
    return
  }
  const value = objectOf<WireValue>(change.value)
  const phoneNumberId = unquotedIdOf(objectOf<WireMetadata>(value?.metadata)?.phone_number_id)
  if (wabaId === dashboardEntryId || phoneNumberId === dashboardPhoneNumberId) {
    sorted.rest.push(ignored('dashboard-test', path, phoneNumberId))
    return
  }
  switch (change.field) {
    case 'messages':
    case undefined:
    case null:
    case 'calls':
    case 'smb_message_echoes':
      if (value) readValue(value, `${path}.value`, phoneNumberId, sorted)
      else sorted.rest.push(unreadable('wrong-shape', `${path}.value`))
      return
    case 'history':
      sorted.rest.push(ignored('history', path, phoneNumberId))
      return
    case 'smb_app_state_sync':
      sorted.rest.push(ignored('app-state', path, phoneNumberId))
      return
    default:
      sorted.rest.push(
        wabaFieldEventOf(change.field, change.value, { path: `${path}.value`, wabaId }) ??
          ignored('other-field', path, phoneNumberId),
      )
  }
}

function readValue(
  value: Untrusted<WireValue>,
  path: string,
  phoneNumberId: string | null,
  sorted: Sorted,
): void {
  const contacts = contactsOf(value.contacts)
  const errorCode = errorCodeOf(value.errors)
  let explained = false
  let count = 0

  /** Reads every element of one list; a defect in one costs only that one. */
  function readList(name: keyof WireValue, events: BspEvent[], read: ReadItem): void {
    const list = value[name]
    if (list === undefined || list === null) return
    if (!Array.isArray(list)) {
      count += 1
      events.push(unreadable('wrong-shape', `${path}.${name}`, phoneNumberId))
      return
    }
    const alone = list.length === 1
    list.forEach((element: unknown, index) => {
      count += 1
      const itemPath = `${path}.${name}[${index}]`
      try {
        events.push(read(element, itemPath, alone))
      } catch {
        events.push(unreadable('defect', itemPath, phoneNumberId))
      }
    })
  }

  readList('messages', sorted.messages, (element, itemPath, alone) => {
    const event = messageEventOf(element, itemPath, { phoneNumberId, contacts, errorCode, alone })
    if (event.type === 'message' && event.content.kind === 'unsupported') explained = true
    return event
  })
  readList('calls', sorted.messages, (element, itemPath, alone) =>
    callEventOf(element, itemPath, { phoneNumberId, contacts, errorCode, alone }),
  )
  readList('message_echoes', sorted.messages, (element, itemPath) =>
    echoEventOf(element, itemPath, phoneNumberId, contacts),
  )
  readList('statuses', sorted.statuses, (element, itemPath) =>
    statusEventOf(element, itemPath, phoneNumberId),
  )
  // An error that only explains why a message of the same value has no content is no trouble of the channel.
  if (!explained) {
    readList('errors', sorted.rest, (element, itemPath) =>
      valueErrorEventOf(element, itemPath, phoneNumberId),
    )
  }
  if (count === 0 && elementsOf(value.errors).length === 0) {
    sorted.rest.push(ignored('empty', path, phoneNumberId))
  }
}

type ReadItem = (element: unknown, path: string, alone: boolean) => BspEvent

function ignored(
  reason: Extract<BspEvent, { type: 'ignored' }>['reason'],
  path: string,
  phoneNumberId: string | null = null,
): BspEvent {
  return { type: 'ignored', reason, path, phoneNumberId }
}

function unreadable(
  code: UnreadableEvent['code'],
  path: string,
  phoneNumberId: string | null = null,
): BspEvent {
  return { type: 'unreadable', code, path, phoneNumberId }
}
