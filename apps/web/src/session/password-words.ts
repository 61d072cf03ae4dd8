const de = {
  title: 'Passwort',
  lead: 'Wer sein Passwort ändert, bleibt hier angemeldet und wird überall sonst abgemeldet.',
  current: 'Jetziges Passwort',
  next: 'Neues Passwort',
  nextHint: 'Mindestens zwölf Zeichen; am besten mehrere Wörter, die nichts miteinander zu tun haben.',
  change: 'Passwort ändern',
  changed: 'Das neue Passwort gilt. Alle anderen Sitzungen sind beendet.',
}

const en: typeof de = {
  title: 'Password',
  lead: 'Whoever changes their password stays signed in here and is signed out everywhere else.',
  current: 'Current password',
  next: 'New password',
  nextHint: 'Twelve characters or more; best several words that have nothing to do with each other.',
  change: 'Change password',
  changed: 'The new password holds. All other sessions have ended.',
}

/** The words of this section alone. */
export const passwordWords: Readonly<Record<'de' | 'en', typeof de>> = { de, en }
