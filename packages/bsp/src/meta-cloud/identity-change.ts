import type { IdentityChangeEvent, Sender } from '../event.ts'
import { bsuidOf, hasIdentity, nobody, phoneOf } from './sender.ts'
import { objectOf, type Untrusted } from './untrusted.ts'
import type { WireMessage, WireSystem } from './wire-format.ts'

type IdentityChange = Pick<IdentityChangeEvent, 'code' | 'previous' | 'current'>

/**
 * The identities that a `system` message replaces, with the spellings of all versions. Null: some other system
 * message, or one that names nobody on one of its sides.
 */
export function identityChangeOf(message: Untrusted<WireMessage>, sender: Sender): IdentityChange | null {
  const system = objectOf<WireSystem>(message.system)
  const code = changeCodeOf(system?.type)
  if (!system || !code) return null
  const change =
    code === 'identity-key-changed'
      ? unchanged(code, hasIdentity(sender) ? sender : namedBy(system))
      : { code, previous: previousOf(system, sender), current: currentOf(system) }
  return hasIdentity(change.previous) && hasIdentity(change.current) ? change : null
}

function changeCodeOf(type: unknown): IdentityChange['code'] | null {
  switch (type) {
    case 'user_changed_number':
    case 'customer_changed_number':
      return 'number-changed'
    case 'user_changed_user_id':
    case 'user_id_update':
      return 'user-id-changed'
    case 'customer_identity_changed':
    case 'user_identity_changed':
      return 'identity-key-changed'
    default:
      return null
  }
}

function unchanged(code: IdentityChange['code'], who: Sender): IdentityChange {
  return { code, previous: who, current: who }
}

/** Whom a system message without a sender is about. */
function namedBy(system: Untrusted<WireSystem>): Sender {
  const named = currentOf(system)
  return { ...named, phone: named.phone ?? phoneOf(system.customer) }
}

/** `from` is the old number; an old BSUID is only believed where it is not the new one again. */
function previousOf(system: Untrusted<WireSystem>, sender: Sender): Sender {
  function stale(id: string | null, replacement: unknown) {
    return id === replacement ? null : id
  }
  return {
    ...nobody,
    phone: stale(sender.phone, system.wa_id ?? system.new_wa_id) ?? phoneOf(system.customer),
    bsuid: bsuidOf(system.previous_user_id) ?? stale(sender.bsuid, system.user_id),
    parentBsuid: bsuidOf(system.previous_parent_user_id) ?? stale(sender.parentBsuid, system.parent_user_id),
  }
}

function currentOf(system: Untrusted<WireSystem>): Sender {
  return {
    ...nobody,
    phone: phoneOf(system.wa_id) ?? phoneOf(system.new_wa_id),
    bsuid: bsuidOf(system.user_id),
    parentBsuid: bsuidOf(system.parent_user_id),
  }
}
