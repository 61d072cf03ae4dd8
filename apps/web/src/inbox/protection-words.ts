const de = {
  hold: 'Sperren',
  about: 'Was soll darunter fallen?',
  matter: 'dieser Vorgang',
  person: 'alles von dieser Person',
  entry: 'Sperre',
  held: 'Löschung ausgesetzt',
  restricted: (day: string) =>
    `Die Verarbeitung ist seit ${day} eingeschränkt (Art. 18 DSGVO). Das Team sieht diesen Vorgang nicht; verwenden Sie nichts daraus. Aufgehoben wird das unter „Sperren“ von zwei Personen.`,
}

type ProtectionWords = typeof de

const en: ProtectionWords = {
  hold: 'Hold',
  about: 'What is it to cover?',
  matter: 'this matter',
  person: 'everything of this person',
  entry: 'Hold',
  held: 'deletion suspended',
  restricted: (day) =>
    `Processing has been restricted since ${day} (Art. 18 GDPR). The team does not see this matter; use nothing of it. Two persons lift it under “Holds”.`,
}

/** Words of holds in the inbox. */
export const protectionWords: Readonly<Record<'de' | 'en', ProtectionWords>> = { de, en }
