const de = {
  hold: 'Sperren',
  about: 'Was soll darunter fallen?',
  matter: 'dieser Vorgang',
  person: 'alles von dieser Person',
  entry: 'Sperre',
  held: 'Löschung ausgesetzt',
  restricted: (since: string) =>
    `Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO oder Anbietung an das Archiv), seit ${since}. Das Team sieht diesen Vorgang nicht; verwenden Sie nichts daraus. Auskunft geben Schriftgutverwaltung und Datenschutz.`,
}

type ProtectionWords = typeof de

const en: ProtectionWords = {
  hold: 'Hold',
  about: 'What is it to cover?',
  matter: 'this matter',
  person: 'everything of this person',
  entry: 'Hold',
  held: 'deletion suspended',
  restricted: (since) =>
    `Processing is restricted (Art. 18 GDPR, or offered to the archive), since ${since}. The team does not see this matter; use nothing of it. Ask records management and data protection.`,
}

/** Words of holds in the inbox. */
export const protectionWords: Readonly<Record<'de' | 'en', ProtectionWords>> = { de, en }
