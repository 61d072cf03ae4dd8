import type { AccountEvent, BspEvent, TemplateState } from '../event.ts'
import { refusalClassOf } from './error-class.ts'
import { codeWordOf, elementsOf, nonEmptyTextOf, objectOf, type Untrusted } from './untrusted.ts'
import type { WireAccountValue, WireError } from './wire-format.ts'

type Place = {
  readonly path: string
  readonly wabaId: string | null
}

/** States of a template by the provider's word in capitals. */
export const TEMPLATE_STATES: ReadonlyMap<unknown, TemplateState> = new Map([
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

const ACCOUNT_FIELDS: ReadonlySet<unknown> = new Set([
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

/** The value of an account-level field as an event. Null: a field that we do not use. */
export function accountFieldEventOf(field: unknown, value: unknown, place: Place): BspEvent | null {
  if (!ACCOUNT_FIELDS.has(field)) return null
  const account = objectOf<WireAccountValue>(value)
  if (!account) return unreadable(place)
  switch (field) {
    case 'message_template_status_update':
      return templateEvent(place, account, {
        state: TEMPLATE_STATES.get(account.event) ?? 'other',
        category: codeWordOf(account.message_template_category),
        reason: account.reason === 'NONE' ? null : codeWordOf(account.reason),
      })
    case 'template_category_update':
      return templateEvent(place, account, {
        state: null,
        category: codeWordOf(account.new_category),
        reason: null,
      })
    case 'message_template_quality_update':
      return templateEvent(place, account, {
        state: null,
        category: null,
        reason: codeWordOf(`QUALITY_${account.new_quality_score ?? 'UNKNOWN'}`),
      })
    case 'message_template_components_update':
      return templateEvent(place, account, { state: null, category: null, reason: 'COMPONENTS_UPDATED' })
    case 'phone_number_quality_update':
      return accountEvent(place, 'quality-changed', [account.event, account.current_limit], false)
    case 'phone_number_name_update':
      return accountEvent(place, 'name-decision', [account.decision], false)
    case 'account_update':
      return accountUpdateEvent(place, account)
    default:
      return accountEvent(
        place,
        'other',
        [field, account.event ?? alertTypeOf(account) ?? account.decision],
        false,
      )
  }
}

function alertTypeOf(account: Untrusted<WireAccountValue>): unknown {
  return account.alert_type ?? objectOf<{ alert_type: string }>(account.alert_info)?.alert_type
}

/** Templates are known by name and language: their numeric ids lose digits in JSON. */
function templateEvent(
  place: Place,
  account: Untrusted<WireAccountValue>,
  change: { state: TemplateState | null; category: string | null; reason: string | null },
): BspEvent {
  const name = nonEmptyTextOf(account.message_template_name)
  const language = codeWordOf(account.message_template_language)
  if (name === null || language === null) return unreadable(place)
  return { type: 'template', ...place, phoneNumberId: null, name, language, ...change }
}

function unreadable({ path }: Place): BspEvent {
  return { type: 'unreadable', code: 'wrong-shape', path, phoneNumberId: null }
}

function accountUpdateEvent(place: Place, account: Untrusted<WireAccountValue>): AccountEvent {
  switch (account.event) {
    case 'ACCOUNT_RESTRICTION': {
      const types = elementsOf(account.restriction_info).map(
        (info) => objectOf<{ restriction_type: string }>(info)?.restriction_type,
      )
      return accountEvent(place, 'restricted', types.length > 0 ? types : [account.event], true)
    }
    case 'ACCOUNT_VIOLATION':
      return accountEvent(place, 'violation', [account.event], false)
    case 'DISABLED_UPDATE': {
      const given = objectOf<{ waba_ban_state: string }>(account.ban_info)?.waba_ban_state
      const state: unknown = Array.isArray(given) ? given[0] : given
      if (state === 'REINSTATE') return accountEvent(place, 'reinstated', [state], false)
      // Announced for later: seen by the admin, but the office still may answer.
      return accountEvent(place, 'disabled', [state ?? account.event], state !== 'SCHEDULE_FOR_DISABLE')
    }
    case 'ACCOUNT_DELETED':
      return accountEvent(place, 'disabled', [account.event], true)
    case 'PARTNER_REMOVED':
      return accountEvent(place, 'partner-removed', [account.event], true)
    default:
      return accountEvent(place, 'other', ['account_update', account.event], false)
  }
}

function accountEvent(
  place: Place,
  code: AccountEvent['code'],
  words: readonly unknown[],
  stopsSending: boolean,
): AccountEvent {
  const detail = words.flatMap((word) => codeWordOf(word) ?? []).join(' ')
  return { type: 'account', ...place, phoneNumberId: null, code, detail: detail || null, stopsSending }
}

/** An element of `value.errors`: something about the channel went wrong outside of any message. */
export function valueErrorEventOf(element: unknown, path: string, phoneNumberId: string | null): BspEvent {
  const code = codeWordOf(objectOf<WireError>(element)?.code)
  if (code === null) return { type: 'unreadable', code: 'wrong-shape', path, phoneNumberId }
  return {
    type: 'account',
    path,
    phoneNumberId,
    wabaId: null,
    code: 'value-error',
    detail: code,
    stopsSending: refusalClassOf(Number(code)) === 'stop-channel',
  }
}
