import { z } from 'zod'
import { requestKinds } from './data-subject-request.ts'
import { elsewhereWays, messageKinds, messageStatuses } from './message.ts'

/**
 * The copy of their data that a person gets (Art. 15 (3) and Art. 20 GDPR), as it lies in `daten.json`. Closed: what is not named here is not in it.
 * Moments are UTC (ISO 8601). Where somebody has decided that a passage is another person's, `text` has `[geschwärzt]` in its place and nothing of it.
 */
const at = z.iso.datetime()

const File = z.strictObject({
  /** In the folder `dateien`; null: it is not handed out, and `withheld` says why. */
  path: z.string().nullable(),
  /** another-person: blacked out by decision · unavailable: it was never fetched, was quarantined, or its key is gone */
  withheld: z.enum(['another-person', 'unavailable']).nullable(),
  name: z.string().nullable(),
  mediaType: z.string(),
  sizeBytes: z.number().nullable(),
  /** The data cluster that it is deleted by, and when; null: that waits for its matter. */
  cluster: z.string(),
  dueAt: at.nullable(),
})

const Wording = z.strictObject({
  text: z.string().nullable(),
  /** Until when it said that; null: it is what it says now. */
  until: at.nullable(),
})

const Correction = z.strictObject({
  at,
  /** What the person contests, and what they say is right (Art. 16 GDPR). */
  contested: z.string().nullable(),
  correct: z.string().nullable(),
  /** Null: it stands. Otherwise when and why it was withdrawn, and whether another stands in its place. */
  withdrawn: z.strictObject({ at, reason: z.string().nullable(), replaced: z.boolean() }).nullable(),
})

const Message = z.strictObject({
  id: z.uuid(),
  /** person: what they wrote; office: what they were answered. Who of the office wrote it is not said. */
  from: z.enum(['person', 'office']),
  kind: z.enum(messageKinds),
  /** Of an answer that went another way than through WhatsApp, `wordings` of which are empty where nobody noted what was said. */
  way: z.enum(elsewhereWays).exactOptional(),
  sentAt: at,
  receivedAt: at,
  deliveredAt: at.nullable(),
  readAt: at.nullable(),
  /** Taken back by its sender: it is shown to nobody, and goes with its matter. */
  revokedAt: at.nullable(),
  /** The headline of the advertisement or post that the person came through. */
  advertisement: z.string().nullable(),
  /** Earlier wordings first. */
  wordings: z.array(Wording),
  files: z.array(File),
  reactions: z.array(z.strictObject({ from: z.enum(['person', 'office']), emoji: z.string() })),
  corrections: z.array(Correction),
})

const Rule = z.strictObject({
  /** Data cluster (Löschklasse), in words too, and the version of its rule. */
  cluster: z.string(),
  title: z.string(),
  version: z.int(),
  /** When it is deleted; null: the period has not begun, and `waitsFor` says what it waits for. */
  dueAt: at.nullable(),
  waitsFor: z.string().nullable(),
})

const matter = {
  id: z.uuid(),
  openedAt: at,
  closedAt: at.nullable(),
  /** False: its key has been destroyed, and nobody can read it any more. */
  readable: z.boolean(),
  messages: z.array(Message),
}

const Person = z.strictObject({
  profileName: z.string().nullable(),
  username: z.string().nullable(),
  identities: z.array(
    z.strictObject({
      kind: z.enum(['phone', 'bsuid', 'parent-bsuid']),
      value: z.string(),
      since: at,
      until: at.nullable(),
    }),
  ),
})

const every = {
  format: z.literal('buergerdraht-personal-data'),
  version: z.literal(1),
  request: z.strictObject({ id: z.uuid(), kind: z.enum(requestKinds), receivedAt: at }),
  madeAt: at,
  person: Person,
  /** Matters of the same person with other teams, whose part comes from there. */
  elsewhere: z.array(z.strictObject({ team: z.string(), matters: z.int() })),
}

/** Art. 15 GDPR. */
export const AccessCopy = z.strictObject({
  ...every,
  article: z.literal(15),
  /** What Art. 15 (1) wants to be said, letter by letter. */
  information: z.array(z.strictObject({ letter: z.string(), text: z.string() })),
  /** To whom the data have been disclosed (Art. 15 (1) (c)). */
  recipients: z.array(z.strictObject({ who: z.string(), what: z.string() })),
  personRule: Rule,
  /** Which versions of the privacy notice the person was sent (Art. 13), and what became of each. */
  notices: z.array(
    z.strictObject({
      version: z.int(),
      variant: z.enum(['plain', 'easy']),
      sentAt: at,
      status: z.enum(messageStatuses),
      deliveredAt: at.nullable(),
      readAt: at.nullable(),
      rule: Rule,
    }),
  ),
  matters: z.array(
    z.strictObject({
      ...matter,
      team: z.string(),
      rule: Rule,
      fileReference: z.string().nullable(),
      /** What was begun to answer and is not sent; it is deleted with its matter. */
      notes: z.array(z.strictObject({ savedAt: at, text: z.string().nullable() })),
      corrections: z.array(Correction),
    }),
  ),
  /** Who has looked at or changed what, by role: from the log of access, which goes back a year. */
  accesses: z.array(z.strictObject({ at, act: z.string(), role: z.string() })),
  /** How many passages and files were blacked out as another person's. */
  blackedOut: z.int(),
})
export type AccessCopy = z.infer<typeof AccessCopy>

/** Art. 20 GDPR: what the person has provided. */
export const PortableCopy = z.strictObject({
  ...every,
  article: z.literal(20),
  matters: z.array(z.strictObject(matter)),
})
export type PortableCopy = z.infer<typeof PortableCopy>

/** The JSON Schema (draft 2020-12) that lies beside a copy, for whoever reads it by machine. */
export function schemaOfCopy(article: 15 | 20): object {
  return z.toJSONSchema(article === 15 ? AccessCopy : PortableCopy)
}
