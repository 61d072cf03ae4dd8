import type { Sender } from '@buergerdraht/bsp'
import { type Keys, type NewDataKey, newId } from '@buergerdraht/office'
import type { StoredProfile } from '../stored/additional-data.ts'
import { type Identity, type IdentityKind, identitiesOf, identityKey } from './identity.ts'
import { mayMerge } from './may-merge.ts'

type ContactState = {
  readonly id: string
  readonly channelId: string
  readonly keyId: string
  readonly key: Buffer
  profile: StoredProfile
  /** Current ones only: kind → which row, and its hash. */
  readonly identities: Map<IdentityKind, { readonly id: string; readonly mac: string }>
  openConversationId: string | null
  notice: string | null
  readonly isNew: boolean
  changed: boolean
}

/** A contact, to be read. Only {@link People} changes one, and merging may replace it: hold the id, ask again. */
export type Contact = Readonly<Omit<ContactState, 'identities'>> & {
  readonly identities: ReadonlyMap<IdentityKind, { readonly id: string; readonly mac: string }>
}

type NewIdentity = {
  readonly id: string
  readonly contactId: string
  readonly kind: IdentityKind
  readonly mac: string
  readonly value: string
  readonly since: Date
}

/** That an identity leads to its contact no more; with the time at which the provider said that it was replaced, if it did. */
type End = { readonly contactId: string; readonly replacedAt: Date | null }

/**
 * The contacts of a batch and what leads to them: who a sender is, who became somebody else, which two are one. Nothing else
 * remembers which contact something belongs to without asking {@link People.current}, so a merge counts for everything at once.
 */
export class People {
  readonly #keys: Pick<Keys, 'lookup' | 'make'>
  readonly #contacts = new Map<string, ContactState>()
  readonly #byIdentity = new Map<string, ContactState>()
  /** Whom identities led to that the provider has declared replaced, and until when. */
  readonly #former = new Map<string, { readonly contactId: string; readonly replacedAt: Date }[]>()
  readonly #mergedInto = new Map<string, string>()
  readonly #identities = new WeakMap<Sender, readonly Identity[]>()
  readonly #newKeys = new Map<string, NewDataKey>()
  readonly #newIdentities: NewIdentity[] = []
  readonly #ended = new Map<string, End>()
  readonly #merges: { readonly from: Contact; readonly intoId: string }[] = []

  constructor(keys: Pick<Keys, 'lookup' | 'make'>) {
    this.#keys = keys
  }

  addStored(contact: Omit<ContactState, 'identities' | 'openConversationId' | 'isNew' | 'changed'>): void {
    const state = {
      ...contact,
      identities: new Map(),
      openConversationId: null,
      isNew: false,
      changed: false,
    }
    this.#contacts.set(contact.id, state)
  }

  addStoredIdentity(contactId: string, kind: IdentityKind, id: string, mac: string): void {
    const contact = this.#contacts.get(contactId)
    if (contact === undefined) return
    contact.identities.set(kind, { id, mac })
    this.#byIdentity.set(identityKey(contact.channelId, kind, mac), contact)
  }

  addFormer(contactId: string, kind: IdentityKind, mac: string, replacedAt: Date): void {
    const contact = this.#contacts.get(contactId)
    if (contact === undefined) return
    const key = identityKey(contact.channelId, kind, mac)
    this.#former.set(key, [...(this.#former.get(key) ?? []), { contactId, replacedAt }])
  }

  /** The id of the contact that a contact is by now. */
  current(contactId: string): string {
    const into = this.#mergedInto.get(contactId)
    return into === undefined ? contactId : this.current(into)
  }

  /** The contact with this id, or what it was merged into. */
  get(contactId: string): Contact | undefined {
    return this.#contacts.get(this.current(contactId))
  }

  all(): readonly Contact[] {
    return [...this.#contacts.values()]
  }

  /** Computed once a sender, in the order in which they are believed. */
  identitiesOf(sender: Sender): readonly Identity[] {
    const known = this.#identities.get(sender)
    if (known !== undefined) return known
    const identities = identitiesOf(this.#keys.lookup.identity, sender)
    this.#identities.set(sender, identities)
    return identities
  }

  /** Whom a sender is known as, by the most trustworthy of the identities that were theirs at that time. */
  known(channelId: string, sender: Sender, sentAt: Date): Contact | null {
    for (const identity of this.identitiesOf(sender)) {
      const contact = this.#formerly(channelId, identity, sentAt) ?? this.#now(channelId, identity)
      if (contact !== null) return contact
    }
    return null
  }

  /** Whether a sender is this contact. Nobody else may change what it said. */
  isFrom(contactId: string, channelId: string, sender: Sender, sentAt: Date): boolean {
    const id = this.current(contactId)
    return this.identitiesOf(sender).some(
      (identity) =>
        this.#now(channelId, identity)?.id === id || this.#formerly(channelId, identity, sentAt)?.id === id,
    )
  }

  /**
   * The contact a sender is; made when nobody is known by any of the identities. Never two people in one: where identities
   * contradict each other the most trustworthy wins and a clerk is warned.
   * @param sentAt of the message: an identity that was replaced later was theirs at that time
   */
  contactOf(channelId: string, sender: Sender, sentAt: Date, at: Date): Contact {
    const identities = this.identitiesOf(sender)
    // Older than a change that the provider has declared: the other identities are as old and teach nothing new.
    const former = identities
      .map((identity) => this.#formerly(channelId, identity, sentAt))
      .find((known) => known !== null)
    if (former !== undefined) return former
    const contacts = identities.map((identity) => this.#now(channelId, identity))
    let contact = contacts.find((known) => known !== null) ?? null

    // A known number under an unknown BSUID, while its contact has another BSUID: the number has a new owner.
    const recycled =
      contact !== null &&
      identities.some(
        ({ kind }, n) => kind === 'bsuid' && contacts[n] === null && contact?.identities.has('bsuid'),
      ) &&
      identities.every(({ kind }, n) => kind === 'phone' || contacts[n] === null)
    if (recycled && contact !== null) {
      this.#end(contact, 'phone', null)
      contact = null
    }
    if (contact === null) {
      contact = this.#make(channelId, at)
      if (recycled) this.warn(contact, 'identity-conflict')
    }

    for (const identity of identities) {
      const known = this.#now(channelId, identity)
      if (known === contact) continue
      if (known !== null) {
        if (mayMerge(known, contact)) this.#merge(known, contact)
        else this.warn(contact, 'identity-conflict')
        continue
      }
      if (contact.identities.has(identity.kind)) {
        this.#end(contact, identity.kind, null)
        this.warn(contact, identity.kind === 'phone' ? 'number-changed' : 'user-id-changed')
      }
      this.#attach(contact, identity, at)
    }
    return contact
  }

  /**
   * Replaces identities by what the provider says they became at `changedAt`. A new number brings a new user id and the other way
   * round, so the one of the two that is not named any more leads nowhere, or to whoever gets the number next: it ends too. An identity
   * that already leads to somebody else is not taken from them: both stay, and a clerk is warned.
   * @returns the contact, or null when nobody is known
   */
  change(channelId: string, previous: Sender, next: Sender, changedAt: Date, at: Date): Contact | null {
    const before = this.identitiesOf(previous)
    const after = this.identitiesOf(next)
    const contact = before.map((one) => this.#now(channelId, one)).find((known) => known !== null) ?? null
    if (contact === null) return null
    for (const identity of after) {
      const known = this.#now(channelId, identity)
      if (known === contact) continue
      if (known !== null) {
        this.warn(contact, 'identity-conflict')
        continue
      }
      this.#end(contact, identity.kind, changedAt)
      this.#attach(contact, identity, at)
    }
    for (const [kind, { mac }] of [...contact.identities]) {
      const named = after.some((identity) => identity.mac === mac)
      const wasNamed = before.some((identity) => identity.mac === mac)
      if (!named && (kind !== 'parent-bsuid' || wasNamed)) this.#end(contact, kind, changedAt)
    }
    return contact
  }

  warn({ id }: Pick<Contact, 'id'>, notice: string): void {
    const contact = this.#own(id)
    contact.notice = notice
    contact.changed = true
  }

  rename({ id }: Pick<Contact, 'id'>, profile: StoredProfile): void {
    const contact = this.#own(id)
    contact.profile = profile
    contact.changed = true
  }

  setOpenConversation({ id }: Pick<Contact, 'id'>, conversationId: string): void {
    this.#own(id).openConversationId = conversationId
  }

  /** What is to be stored. Of contacts that are new and were merged nothing is. */
  changes() {
    const contacts = this.all()
    const contactIds = new Set(contacts.map(({ id }) => id))
    return {
      newKeys: [...this.#newKeys].flatMap(([contactId, key]) => (contactIds.has(contactId) ? [key] : [])),
      contacts: contacts.filter(({ isNew, changed }) => isNew || changed),
      merges: this.#merges
        .filter(({ from }) => !from.isNew)
        .map(({ from, intoId }) => ({ from, into: this.#own(intoId) as Contact })),
      ended: this.#ended as ReadonlyMap<string, End>,
      newIdentities: this.#newIdentities.map((one) => ({
        ...one,
        contact: this.#own(one.contactId) as Contact,
      })),
    }
  }

  #own(contactId: string): ContactState {
    const contact = this.#contacts.get(this.current(contactId))
    if (contact === undefined) throw new Error('This contact is not part of the batch.')
    return contact
  }

  #now(channelId: string, { kind, mac }: Identity): ContactState | null {
    return this.#byIdentity.get(identityKey(channelId, kind, mac)) ?? null
  }

  /** Whom an identity led to at that time, if the provider has said since that it was replaced; of several the first to give it up. */
  #formerly(channelId: string, { kind, mac }: Identity, sentAt: Date): ContactState | null {
    const [first] = (this.#former.get(identityKey(channelId, kind, mac)) ?? [])
      .filter(({ replacedAt }) => sentAt < replacedAt)
      .toSorted((a, b) => a.replacedAt.getTime() - b.replacedAt.getTime())
    return first === undefined ? null : this.#own(first.contactId)
  }

  #make(channelId: string, at: Date): ContactState {
    const key = this.#keys.make('contact')
    const contact: ContactState = {
      id: newId(at),
      channelId,
      keyId: key.id,
      key: key.bytes,
      profile: { name: null, username: null },
      identities: new Map(),
      openConversationId: null,
      notice: null,
      isNew: true,
      changed: true,
    }
    this.#newKeys.set(contact.id, key)
    this.#contacts.set(contact.id, contact)
    return contact
  }

  #attach(contact: ContactState, { kind, mac, value }: Identity, since: Date): void {
    const id = newId(since)
    contact.identities.set(kind, { id, mac })
    this.#byIdentity.set(identityKey(contact.channelId, kind, mac), contact)
    this.#newIdentities.push({ id, contactId: contact.id, kind, mac, value, since })
  }

  /** Keeps it as history; it no longer leads here, but for what is older than its replacement. */
  #end(contact: ContactState, kind: IdentityKind, replacedAt: Date | null): void {
    const ended = contact.identities.get(kind)
    if (ended === undefined) return
    contact.identities.delete(kind)
    this.#byIdentity.delete(identityKey(contact.channelId, kind, ended.mac))
    this.#ended.set(ended.id, { contactId: contact.id, replacedAt })
    if (replacedAt !== null) this.addFormer(contact.id, kind, ended.mac, replacedAt)
  }

  #merge(from: ContactState, into: ContactState): void {
    for (const [kind, identity] of from.identities) {
      into.identities.set(kind, identity)
      this.#byIdentity.set(identityKey(into.channelId, kind, identity.mac), into)
    }
    into.openConversationId ??= from.openConversationId
    this.#contacts.delete(from.id)
    this.#mergedInto.set(from.id, into.id)
    this.#merges.push({ from, intoId: into.id })
  }
}
