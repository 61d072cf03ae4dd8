import type { Sender } from '../event.ts'
import { elementsOf, nonEmptyTextOf, objectOf, type Untrusted, unquotedIdOf } from './untrusted.ts'
import type { WireContact, WireProfile } from './wire-format.ts'

const phoneForm = /^\d{4,20}$/
/** ISO 3166 alpha-2 country, optional `ENT` for parents, then the scoped id. */
const bsuidForm = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

export const nobody: Sender = {
  phone: null,
  bsuid: null,
  parentBsuid: null,
  profileName: null,
  username: null,
}

/** Digits as the vendor wrote them; never rewritten, whatever the country. */
export function phoneOf(value: unknown): string | null {
  const id = unquotedIdOf(value)
  return id !== null && phoneForm.test(id) ? id : null
}

export function bsuidOf(value: unknown): string | null {
  return typeof value === 'string' && bsuidForm.test(value) ? value : null
}

export function hasIdentity(sender: Sender): boolean {
  return sender.phone !== null || sender.bsuid !== null || sender.parentBsuid !== null
}

/** The people that a webhook's `contacts` name, found by id: a webhook can hold thousands. */
export type Contacts = {
  readonly byBsuid: ReadonlyMap<string, Sender>
  readonly byPhone: ReadonlyMap<string, Sender>
  /** The only person named, whatever their ids. */
  readonly sole: Sender | null
}

export function contactsOf(contacts: unknown): Contacts {
  const byBsuid = new Map<string, Sender>()
  const byPhone = new Map<string, Sender>()
  const elements = elementsOf(contacts)
  let sole: Sender | null = null
  for (const element of elements) {
    const contact = objectOf<WireContact>(element)
    if (!contact) continue
    const person = personOf(contact)
    if (person.bsuid !== null) byBsuid.set(person.bsuid, person)
    if (person.phone !== null) byPhone.set(person.phone, person)
    if (elements.length === 1) sole = person
  }
  return { byBsuid, byPhone, sole }
}

function personOf(contact: Untrusted<WireContact>): Sender {
  const profile = objectOf<WireProfile>(contact.profile)
  return {
    phone: phoneOf(contact.wa_id),
    bsuid: bsuidOf(contact.user_id),
    parentBsuid: bsuidOf(contact.parent_user_id),
    profileName: nonEmptyTextOf(profile?.name),
    username: nonEmptyTextOf(profile?.username) ?? nonEmptyTextOf(contact.username),
  }
}

type SenderIds = {
  readonly from?: unknown
  readonly from_user_id?: unknown
  readonly from_parent_user_id?: unknown
}

/**
 * Who sent an item. Contacts are matched by id, never by position: BSUID first, then phone. A sole contact without
 * a contradicting id is taken only when the item stands alone (`alone`) or names nobody itself, so that nobody's
 * message is filed under somebody else. Without any usable id the result has none; see `hasIdentity`.
 */
export function senderOf(item: SenderIds, contacts: Contacts, alone: boolean): Sender {
  const ids: Sender = {
    ...nobody,
    phone: phoneOf(item.from),
    // With an early proxy `from` itself held the BSUID of a citizen without a number.
    bsuid: bsuidOf(item.from_user_id) ?? bsuidOf(item.from),
    parentBsuid: bsuidOf(item.from_parent_user_id),
  }
  const candidates = [
    ids.phone === null ? null : contacts.byPhone.get(ids.phone),
    alone || namesNobody(item) ? contacts.sole : null,
  ]
  const contact =
    (ids.bsuid === null ? undefined : contacts.byBsuid.get(ids.bsuid)) ??
    candidates.find((person) => person && agrees(person, ids))
  if (!contact) return ids
  return {
    phone: ids.phone ?? contact.phone,
    bsuid: ids.bsuid ?? contact.bsuid,
    parentBsuid: ids.parentBsuid ?? contact.parentBsuid,
    profileName: contact.profileName,
    username: contact.username,
  }
}

/** Not even an id that cannot be used. */
function namesNobody(item: SenderIds): boolean {
  return [item.from, item.from_user_id, item.from_parent_user_id].every((id) => (id ?? '') === '')
}

/** No id that both of them have differs. */
function agrees(one: Sender, other: Sender): boolean {
  return (
    (one.bsuid === null || other.bsuid === null || one.bsuid === other.bsuid) &&
    (one.phone === null || other.phone === null || one.phone === other.phone)
  )
}
