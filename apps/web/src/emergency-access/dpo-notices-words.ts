const de = {
  title: 'Hinweise',
  intro:
    'Was Ihnen als Datenschutz gemeldet wird, sobald es geschieht. Bestätigen Sie jeden Hinweis; das wird protokolliert. Hier werden keine Gespräche angezeigt.',
  waiting: (n: number) =>
    n === 0
      ? 'Kein Hinweis wartet auf Sie.'
      : n === 1
        ? 'Ein Hinweis wartet auf Sie.'
        : `${n} Hinweise warten auf Sie.`,
  open: 'Zur Kenntnis zu nehmen',
  earlier: 'Die letzten 30 Tage',
  none: 'In den letzten 30 Tagen gab es keinen.',
  kinds: {
    'emergency-access': 'Notfallzugriff',
    'channel-account': 'Zugang eines Kanals geändert',
    'legal-hold': 'Sperre',
    'tidying-day': 'Löschtag überfällig',
    'data-subject-request': 'Antrag einer betroffenen Person',
    'archive-offer': 'Angebot an das Archiv',
    'emergency-run': 'Notlöschung',
  },
  due: {
    'set-by-team': (id: string) =>
      `Ein Team hat die Einschränkung ${id} gesetzt: Alles, was es von der Person gibt, ist seither verborgen, auch bei anderen Teams.`,
    review: (id: string) => `Die Sperre ${id} ist wieder zu prüfen: Wird sie noch gebraucht?`,
    'ends-soon': (id: string) =>
      `Die Sperre ${id} endet in den nächsten 14 Tagen. Wer sie länger braucht, setzt sie neu.`,
    expired: (id: string) =>
      `Die Sperre ${id} ist abgelaufen. Was sie zurückgehalten hat, folgt wieder den Löschregeln.`,
  },
  toHolds: 'Zu den Sperren',
  request: {
    received: (id: string) => `Der Antrag ${id} ist eingegangen.`,
    'ends-soon': (id: string) => `Die Frist des Antrags ${id} endet in den nächsten sieben Tagen.`,
    overdue: (id: string) => `Die Frist des Antrags ${id} ist abgelaufen, ohne dass er beantwortet ist.`,
  },
  toRequests: 'Zu den Anträgen',
  offer: {
    'ends-soon': (id: string) =>
      `Die Frist des Archivs für eine Antwort auf das Angebot ${id} endet in den nächsten 30 Tagen.`,
    ended: (id: string) =>
      `Das Archiv hat auf das Angebot ${id} nicht fristgerecht geantwortet. Sein Schweigen gibt nichts frei; fragen Sie nach.`,
    released: (id: string) =>
      `Das Archiv hat auf das Angebot ${id} nicht fristgerecht geantwortet. Was nicht entschieden ist, darf jetzt gelöscht werden.`,
  },
  toOffers: 'Zur Anbietung',
  run: ({ matters, messages }: { matters: number; messages: number }, name: string) =>
    `${name} will ${[
      ...(matters === 0 ? [] : [matters === 1 ? 'einen Vorgang' : `${matters} Vorgänge`]),
      ...(messages === 0
        ? []
        : [messages === 1 ? 'eine einzelne Nachricht' : `${messages} einzelne Nachrichten`]),
    ].join(
      ' und ',
    )} vor der Frist löschen lassen, weil die Verarbeitung unrechtmäßig war (Art. 17 Abs. 1 Buchst. d DSGVO). Es geschieht, sobald eine zweite Person zustimmt.`,
  toRuns: 'Zu den Löschläufen',
  tidyingDay: (team: string, month: string) =>
    `Das Team ${team} hat seit 28 Tagen alte Vorgänge nicht entschieden (Löschtag ${month}).`,
  gone: 'Die Einzelheiten sind nach ihrer Frist gelöscht.',
  channel: (name: string) =>
    `Beim Kanal „${name}“ haben zwei Personen geändert, über welchen Zugang gesendet und empfangen wird.`,
  address: 'neue Adresse des Anbieters',
  credentials: 'neue Zugangsdaten',
  by: (one: string, other: string) => `vorgeschlagen von ${one}, gebilligt von ${other}`,
  nobody: 'niemandem',
  acknowledge: 'Zur Kenntnis genommen',
  acknowledged: (name: string, when: string) => `zur Kenntnis genommen von ${name}, ${when}`,
  done: 'Der Hinweis ist bestätigt.',
  trail: 'Was dabei getan wurde',
}

export type DpoNoticesWords = typeof de

const en: DpoNoticesWords = {
  title: 'Notices',
  intro:
    'What you are told of as data protection, as soon as it happens. Acknowledge each notice; that is recorded. No conversations are shown here.',
  waiting: (n) =>
    n === 0
      ? 'No notice waits for you.'
      : n === 1
        ? 'One notice waits for you.'
        : `${n} notices wait for you.`,
  open: 'To be acknowledged',
  earlier: 'The last 30 days',
  none: 'There was none in the last 30 days.',
  kinds: {
    'emergency-access': 'Emergency access',
    'channel-account': 'Account of a channel changed',
    'legal-hold': 'Hold',
    'tidying-day': 'Tidying day overdue',
    'data-subject-request': 'Request of a data subject',
    'archive-offer': 'Offer to the archive',
    'emergency-run': 'Emergency erasure',
  },
  due: {
    'set-by-team': (id) =>
      `A team has set the restriction ${id}: everything there is of the person is hidden since then, also from other teams.`,
    review: (id) => `The hold ${id} is to be reviewed: is it still needed?`,
    'ends-soon': (id) => `The hold ${id} ends within 14 days. Whoever needs it longer sets another.`,
    expired: (id) => `The hold ${id} has expired. What it held back follows the deletion rules again.`,
  },
  toHolds: 'To the holds',
  request: {
    received: (id) => `The request ${id} has been received.`,
    'ends-soon': (id) => `The period of the request ${id} ends within seven days.`,
    overdue: (id) => `The period of the request ${id} has ended, and it is not answered.`,
  },
  toRequests: 'To the requests',
  offer: {
    'ends-soon': (id) => `The archive’s time for an answer to the offer ${id} ends within 30 days.`,
    ended: (id) =>
      `The archive has not answered the offer ${id} in time. Its silence releases nothing; ask it again.`,
    released: (id) =>
      `The archive has not answered the offer ${id} in time. What is undecided may be deleted now.`,
  },
  toOffers: 'To the offers',
  run: ({ matters, messages }, name) =>
    `${name} wants ${[
      ...(matters === 0 ? [] : [matters === 1 ? 'one matter' : `${matters} matters`]),
      ...(messages === 0 ? [] : [messages === 1 ? 'one single message' : `${messages} single messages`]),
    ].join(
      ' and ',
    )} deleted before the time, because the processing was unlawful (Art. 17 (1) (d) GDPR). It happens as soon as a second person agrees.`,
  toRuns: 'To the deletion runs',
  tidyingDay: (team, month) =>
    `The team ${team} has not decided about old matters for 28 days (tidying day ${month}).`,
  gone: 'The details were deleted after their period.',
  channel: (name) =>
    `For the channel “${name}” two people have changed by which account messages are sent and received.`,
  address: 'new address of the provider',
  credentials: 'new credentials',
  by: (one, other) => `proposed by ${one}, approved by ${other}`,
  nobody: 'nobody',
  acknowledge: 'Acknowledge',
  acknowledged: (name, when) => `acknowledged by ${name}, ${when}`,
  done: 'The notice is acknowledged.',
  trail: 'What was done under it',
}

/** The words of this desk alone; they come with it. */
export const dpoNoticesWords: Readonly<Record<'de' | 'en', DpoNoticesWords>> = { de, en }
