import type { Sender } from '@buergerdraht/bsp'
import { macOf, newId } from '@buergerdraht/office'
import { type Batch, type ContactState, type IdentityKind, identityKey } from './batch.ts'

export type Identity = {
  readonly kind: IdentityKind
  readonly value: string
  readonly mac: string
}

/** In the order in which they are believed: a parent BSUID spans portfolios, a phone number may be recycled. */
export function identitiesOf(identityLookup: Buffer, sender: Sender): Identity[] {
  function identity(kind: IdentityKind, value: string | null): Identity[] {
    return value === null || value === ''
      ? []
      : [{ kind, value, mac: macOf(identityLookup, kind, value).toString('hex') }]
  }
  return [
    ...identity('parent-bsuid', sender.parentBsuid),
    ...identity('bsuid', sender.bsuid),
    ...identity('phone', sender.phone),
  ]
}

export function knownContact(batch: Batch, channelId: string, identity: Identity): ContactState | null {
  return batch.contactByIdentity.get(identityKey(channelId, identity.kind, identity.mac)) ?? null
}

function attach(batch: Batch, contact: ContactState, identity: Identity, at: Date): void {
  const id = newId(at)
  contact.identities.set(identity.kind, { id, mac: identity.mac })
  batch.contactByIdentity.set(identityKey(contact.channelId, identity.kind, identity.mac), contact)
  batch.newIdentities.push({ id, contact, kind: identity.kind, mac: identity.mac, value: identity.value, at })
}

/** Keeps it as history; it no longer leads here. */
export function endIdentity(batch: Batch, contact: ContactState, kind: IdentityKind): void {
  const ended = contact.identities.get(kind)
  if (ended === undefined) return
  contact.identities.delete(kind)
  batch.contactByIdentity.delete(identityKey(contact.channelId, kind, ended.mac))
  const unwritten = batch.newIdentities.findIndex((identity) => identity.id === ended.id)
  if (unwritten >= 0) batch.newIdentities.splice(unwritten, 1)
  else batch.endedIdentities.push(ended.id)
}

export function warn(contact: ContactState, notice: string): void {
  contact.notice = notice
  contact.changed = true
}

function newContact(batch: Batch, channelId: string, at: Date): ContactState {
  const key = batch.inbox.keys.make('contact')
  batch.newKeys.push(key)
  const contact: ContactState = {
    id: newId(at),
    channelId,
    keyId: key.id,
    key: key.bytes,
    profile: { name: null, username: null },
    identities: new Map(),
    openConversation: null,
    notice: null,
    isNew: true,
    changed: true,
  }
  batch.contacts.set(contact.id, contact)
  return contact
}

/**
 * Two contacts that one webhook shows to be one person become one, but only where nothing speaks against it: neither has an
 * identity that contradicts the other's, both are stored, and at most one has an open case.
 */
function mayMerge(from: ContactState, into: ContactState): boolean {
  return (
    !from.isNew &&
    !into.isNew &&
    (from.openConversation === null || into.openConversation === null) &&
    [...from.identities.keys()].every((kind) => !into.identities.has(kind))
  )
}

function merge(batch: Batch, from: ContactState, into: ContactState): void {
  for (const [kind, identity] of from.identities) {
    into.identities.set(kind, identity)
    batch.contactByIdentity.set(identityKey(into.channelId, kind, identity.mac), into)
  }
  if (from.openConversation !== null) {
    into.openConversation = from.openConversation
    into.openConversation.contactId = into.id
  }
  batch.contacts.delete(from.id)
  batch.merges.push({ from, to: into })
}

/**
 * The contact a sender is; made when nobody is known by any of the identities. Never two people in one: where identities
 * contradict each other the most trustworthy wins and a clerk is warned.
 */
export function contactOf(
  batch: Batch,
  channelId: string,
  identities: readonly Identity[],
  at: Date,
): ContactState {
  const contacts = identities.map((identity) => knownContact(batch, channelId, identity))
  let contact = contacts.find((known) => known !== null) ?? null

  // A known number under an unknown BSUID, while its contact has another BSUID: the number has a new owner.
  const recycled =
    contact !== null &&
    identities.some(
      ({ kind }, n) => kind === 'bsuid' && contacts[n] === null && contact?.identities.has('bsuid'),
    ) &&
    identities.every(({ kind }, n) => kind === 'phone' || contacts[n] === null)
  if (recycled && contact !== null) {
    endIdentity(batch, contact, 'phone')
    contact = null
  }
  if (contact === null) {
    contact = newContact(batch, channelId, at)
    if (recycled) warn(contact, 'identity-conflict')
  }

  for (const identity of identities) {
    const known = knownContact(batch, channelId, identity)
    if (known === contact) continue
    if (known !== null) {
      if (mayMerge(known, contact)) merge(batch, known, contact)
      else warn(contact, 'identity-conflict')
      continue
    }
    if (contact.identities.has(identity.kind)) {
      endIdentity(batch, contact, identity.kind)
      warn(contact, identity.kind === 'phone' ? 'number-changed' : 'user-id-changed')
    }
    attach(batch, contact, identity, at)
  }
  return contact
}

/**
 * Replaces identities by what the provider says they became. A new number brings a new user id and the other way round, so the one of
 * the two that is not named any more leads nowhere, or to whoever gets the number next: it ends too. An identity that already leads
 * to somebody else is not taken from them: both stay, and a clerk is warned. @returns the contact, or null when nobody is known
 */
export function changeIdentities(
  batch: Batch,
  channelId: string,
  previous: readonly Identity[],
  current: readonly Identity[],
  at: Date,
): ContactState | null {
  const contact =
    previous.map((identity) => knownContact(batch, channelId, identity)).find((known) => known !== null) ??
    null
  if (contact === null) return null
  for (const identity of current) {
    const known = knownContact(batch, channelId, identity)
    if (known === contact) continue
    if (known !== null) {
      warn(contact, 'identity-conflict')
      continue
    }
    endIdentity(batch, contact, identity.kind)
    attach(batch, contact, identity, at)
  }
  for (const [kind, { mac }] of [...contact.identities]) {
    const named = current.some((identity) => identity.mac === mac)
    const wasNamed = previous.some((identity) => identity.mac === mac)
    if (!named && (kind !== 'parent-bsuid' || wasNamed)) endIdentity(batch, contact, kind)
  }
  return contact
}
