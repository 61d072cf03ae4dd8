import type { Reply } from '../api.ts'

type Hold = Reply<'listHolds'>['items'][number]
type Kind = Hold['kind']
type Scope = Hold['scope']['kind']

const de = {
  title: 'Sperren',
  intro:
    'Eine Sperre setzt das Löschen aus oder schränkt die Verarbeitung ein (Art. 18 DSGVO). Eine Person setzt sie, und sie gilt sofort. Vor ihrer Zeit heben nur zwei Personen sie auf. Hier stehen keine Inhalte und keine Namen.',
  waiting: (n: number) =>
    n === 0
      ? 'Keine Sperre wartet auf eine Prüfung.'
      : n === 1
        ? 'Eine Sperre wartet auf eine Prüfung.'
        : `${n} Sperren warten auf eine Prüfung.`,
  titles: {
    hold: 'Löschung ausgesetzt',
    restriction: 'Verarbeitung eingeschränkt (Art. 18 DSGVO)',
  } satisfies Record<Kind, string> as Record<Kind, string>,
  newHold: 'Neue Sperre',
  about: 'Was soll darunter fallen?',
  scopes: {
    CONVERSATION: 'ein Vorgang',
    CONTACT: 'alles von einer Person',
    OBJECT: 'ein einzelnes Objekt (Nachricht, Datei)',
    CLUSTER: 'eine Datenart',
    EVERYTHING: 'alles im Amt',
  } satisfies Record<Scope, string> as Record<Scope, string>,
  objectId: 'Kennung',
  objectIdHint: 'Die Kennung aus der Adresse des Vorgangs oder aus dem Protokoll.',
  cluster: 'Datenart',
  clusterHint: 'Zum Beispiel DA04 für Dateien. Der Katalog steht unter „Löschkonzept“.',
  inForce: 'In Kraft, die älteste zuerst',
  none: 'Es gilt keine Sperre.',
  ended: 'Beendet',
  noneEnded: 'Noch keine Sperre ist beendet.',
  covers: 'Umfasst',
  since: 'Seit',
  reason: 'Grund',
  basis: 'Rechtsgrundlage',
  reference: 'Aktenzeichen',
  review: 'Wieder prüfen',
  reviewDue: 'Die Prüfung ist fällig.',
  until: 'Gilt bis',
  noEnd: 'bis zur Aufhebung',
  endedAt: 'Beendet am',
  reviewed: 'Geprüft: wird weiter gebraucht',
  nextReview: 'Nächste Prüfung am',
  reviewDone: 'Die Prüfung ist festgehalten.',
  lift: 'Aufhebung vorschlagen',
  informed: 'Die betroffene Person ist von der Aufhebung unterrichtet (Art. 18 Abs. 3 DSGVO).',
  lifted: 'Vorgeschlagen. Unter „Vier-Augen“ entscheidet eine zweite Person; bis dahin gilt die Sperre.',
  liftWaits: 'Ihre Aufhebung ist vorgeschlagen und wartet auf eine zweite Person.',
}

export type HoldsWords = typeof de

const en: HoldsWords = {
  title: 'Holds',
  intro:
    'A hold suspends deletion or restricts processing (Art. 18 GDPR). One person sets it, and it is in force at once. Before its time only two persons lift it. Neither content nor names stand here.',
  waiting: (n) =>
    n === 0
      ? 'No hold waits for a review.'
      : n === 1
        ? 'One hold waits for a review.'
        : `${n} holds wait for a review.`,
  titles: { hold: 'Deletion suspended', restriction: 'Processing restricted (Art. 18 GDPR)' },
  newHold: 'New hold',
  about: 'What is it to cover?',
  scopes: {
    CONVERSATION: 'one matter',
    CONTACT: 'everything of one person',
    OBJECT: 'a single object (message, file)',
    CLUSTER: 'a data cluster',
    EVERYTHING: 'everything in the office',
  },
  objectId: 'Identifier',
  objectIdHint: 'The identifier in the address of the matter, or from the audit log.',
  cluster: 'Data cluster',
  clusterHint: 'For example DA04 for files. The catalogue stands under “Deletion concept”.',
  inForce: 'In force, the oldest first',
  none: 'No hold is in force.',
  ended: 'Ended',
  noneEnded: 'No hold has ended yet.',
  covers: 'Covers',
  since: 'Since',
  reason: 'Reason',
  basis: 'Legal basis',
  reference: 'Reference',
  review: 'Look again',
  reviewDue: 'The review is due.',
  until: 'Holds until',
  noEnd: 'until it is lifted',
  endedAt: 'Ended on',
  reviewed: 'Reviewed: still needed',
  nextReview: 'Next review on',
  reviewDone: 'The review is written down.',
  lift: 'Propose to lift it',
  informed: 'The person has been told that it is lifted (Art. 18(3) GDPR).',
  lifted: 'Proposed. Under “Second person” somebody else decides; until then it stays in force.',
  liftWaits: 'That it be lifted is proposed, and waits for a second person.',
}

/** The words of this desk alone; they come with it. */
export const holdsWords: Readonly<Record<'de' | 'en', HoldsWords>> = { de, en }
