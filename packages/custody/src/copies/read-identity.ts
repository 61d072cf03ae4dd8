import type { AccessCopy } from '@buergerdraht/contract'
import { additionalData, type Inbox, type StoredProfile } from '@buergerdraht/inbox'
import { type Change, open, openJson } from '@buergerdraht/office'

type Person = AccessCopy['person']
type Identity = Person['identities'][number]

type Row = {
  readonly id: string
  readonly kind: Identity['kind']
  readonly value_sealed: Buffer
  readonly since_at: Date
  readonly ended_at: Date | null
}

const nobody: Person = { profileName: null, username: null, identities: [] }

/** Who the person is, as they are known here: names they have given themselves, numbers and ids, those that have ended too. */
export async function readIdentity(
  { keys }: Pick<Inbox, 'keys'>,
  { client }: Change,
  contactId: string,
): Promise<Person> {
  const { rows: contacts } = await client.query<{ key_id: string; profile_sealed: Buffer | null }>(
    'select key_id, profile_sealed from contact where id = $1',
    [contactId],
  )
  const [contact] = contacts
  if (contact === undefined) return nobody
  const key = (await keys.getMany([contact.key_id])).get(contact.key_id)
  // Its key is gone: nobody can say it any more.
  if (key === undefined) return nobody
  const profile =
    contact.profile_sealed === null
      ? { name: null, username: null }
      : openJson<StoredProfile>(key, additionalData.profile(contactId), contact.profile_sealed)
  const { rows } = await client.query<Row>(
    'select id, kind, value_sealed, since_at, ended_at from contact_identity where contact_id = $1 order by since_at, id',
    [contactId],
  )
  return {
    profileName: profile.name,
    username: profile.username,
    identities: rows.map(({ id, kind, value_sealed, since_at, ended_at }) => ({
      kind,
      value: open(key, additionalData.identity(id), value_sealed).toString('utf8'),
      since: since_at.toISOString(),
      until: ended_at?.toISOString() ?? null,
    })),
  }
}

/** Digits of the person's own numbers. */
export async function ownNumbers(
  inbox: Pick<Inbox, 'keys'>,
  changing: Change,
  contactId: string,
): Promise<string[]> {
  const { identities } = await readIdentity(inbox, changing, contactId)
  return identities.flatMap(({ kind, value }) => (kind === 'phone' ? [value.replace(/\D/g, '')] : []))
}
