import type { BspEvent, TemplateState, WabaEvent } from '../event.ts'
import { refusalClassOf } from './error-class.ts'
import { codeWordOf, elementsOf, nonEmptyTextOf, objectOf, type Untrusted } from './untrusted.ts'
import type { WireError, WireWabaValue } from './wire-format.ts'

type Place = {
  readonly path: string
  readonly wabaId: string | null
}

/** States of a template by the provider's word in capitals. */
export const templateStates: ReadonlyMap<unknown, TemplateState> = new Map([
  ['APPROVED', 'approved'],
  ['REINSTATED', 'approved'],
  ['UNPAUSED', 'approved'],
  ['REJECTED', 'rejected'],
  ['PENDING', 'pending'],
  ['IN_APPEAL', 'rejected'],
  ['PAUSED', 'paused'],
  ['LIMIT_EXCEEDED', 'paused'],
  ['DISABLED', 'disabled'],
  ['LOCKED', 'disabled'],
  ['ARCHIVED', 'disabled'],
  ['PENDING_DELETION', 'disabled'],
  ['DELETED', 'disabled'],
  ['FLAGGED', 'flagged'],
])

const wabaFields: ReadonlySet<unknown> = new Set([
  'message_template_status_update',
  'template_category_update',
  'message_template_quality_update',
  'message_template_components_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'security',
])

/** The value of a field about the business account as an event. Null: a field that we do not use. */
export function wabaFieldEventOf(field: unknown, value: unknown, place: Place): BspEvent | null {
  if (!wabaFields.has(field)) return null
  const waba = objectOf<WireWabaValue>(value)
  if (!waba) return unreadable(place)
  switch (field) {
    case 'message_template_status_update':
      return templateEvent(place, waba, {
        state: templateStates.get(waba.event) ?? 'other',
        category: codeWordOf(waba.message_template_category),
        reason: waba.reason === 'NONE' ? null : codeWordOf(waba.reason),
      })
    case 'template_category_update':
      return templateEvent(place, waba, {
        state: null,
        category: codeWordOf(waba.new_category),
        reason: null,
      })
    case 'message_template_quality_update':
      return templateEvent(place, waba, {
        state: null,
        category: null,
        reason: codeWordOf(`QUALITY_${waba.new_quality_score ?? 'UNKNOWN'}`),
      })
    case 'message_template_components_update':
      return templateEvent(place, waba, { state: null, category: null, reason: 'COMPONENTS_UPDATED' })
    case 'phone_number_quality_update':
      return wabaEvent(place, 'quality-changed', [waba.event, waba.current_limit], false)
    case 'phone_number_name_update':
      return wabaEvent(place, 'name-decision', [waba.decision], false)
    case 'account_update':
      return wabaUpdateEvent(place, waba)
    default:
      return wabaEvent(place, 'other', [field, waba.event ?? alertTypeOf(waba) ?? waba.decision], false)
  }
}

function alertTypeOf(waba: Untrusted<WireWabaValue>): unknown {
  return waba.alert_type ?? objectOf<{ alert_type: string }>(waba.alert_info)?.alert_type
}

/** Templates are known by name and language: their numeric ids lose digits in JSON. */
function templateEvent(
  place: Place,
  waba: Untrusted<WireWabaValue>,
  change: { state: TemplateState | null; category: string | null; reason: string | null },
): BspEvent {
  const name = nonEmptyTextOf(waba.message_template_name)
  const language = codeWordOf(waba.message_template_language)
  if (name === null || language === null) return unreadable(place)
  return { type: 'template', ...place, phoneNumberId: null, name, language, ...change }
}

function unreadable({ path }: Place): BspEvent {
  return { type: 'unreadable', code: 'wrong-shape', path, phoneNumberId: null }
}

function wabaUpdateEvent(place: Place, waba: Untrusted<WireWabaValue>): WabaEvent {
  switch (waba.event) {
    case 'ACCOUNT_RESTRICTION': {
      const types = elementsOf(waba.restriction_info).map(
        (info) => objectOf<{ restriction_type: string }>(info)?.restriction_type,
      )
      return wabaEvent(place, 'restricted', types.length > 0 ? types : [waba.event], true)
    }
    case 'ACCOUNT_VIOLATION':
      return wabaEvent(place, 'violation', [waba.event], false)
    case 'DISABLED_UPDATE': {
      const given = objectOf<{ waba_ban_state: string }>(waba.ban_info)?.waba_ban_state
      const state: unknown = Array.isArray(given) ? given[0] : given
      if (state === 'REINSTATE') return wabaEvent(place, 'reinstated', [state], false)
      // Announced for later: seen by the admin, but the office still may answer.
      return wabaEvent(place, 'disabled', [state ?? waba.event], state !== 'SCHEDULE_FOR_DISABLE')
    }
    case 'ACCOUNT_DELETED':
      return wabaEvent(place, 'disabled', [waba.event], true)
    case 'PARTNER_REMOVED':
      return wabaEvent(place, 'partner-removed', [waba.event], true)
    default:
      return wabaEvent(place, 'other', ['account_update', waba.event], false)
  }
}

function wabaEvent(
  place: Place,
  code: WabaEvent['code'],
  words: readonly unknown[],
  stopsSending: boolean,
): WabaEvent {
  const detail = words.flatMap((word) => codeWordOf(word) ?? []).join(' ')
  return { type: 'waba', ...place, phoneNumberId: null, code, detail: detail || null, stopsSending }
}

/** An element of `value.errors`: something about the channel went wrong outside of any message. */
export function valueErrorEventOf(element: unknown, path: string, phoneNumberId: string | null): BspEvent {
  const code = codeWordOf(objectOf<WireError>(element)?.code)
  if (code === null) return { type: 'unreadable', code: 'wrong-shape', path, phoneNumberId }
  return {
    type: 'waba',
    path,
    phoneNumberId,
    wabaId: null,
    code: 'value-error',
    detail: code,
    stopsSending: refusalClassOf(Number(code)) === 'stop-channel',
  }
}
