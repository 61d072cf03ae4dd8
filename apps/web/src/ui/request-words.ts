import type { Reply } from '../api.ts'

type Request = Reply<'listRequests'>['items'][number]

/** Words of requests of data subjects, for the desk and for the matter in which one is made. */
const de = {
  kinds: {
    access: 'Auskunft (Art. 15 DSGVO)',
    rectification: 'Berichtigung (Art. 16 DSGVO)',
    erasure: 'Löschung (Art. 17 DSGVO)',
    restriction: 'Einschränkung (Art. 18 DSGVO)',
    portability: 'Datenübertragbarkeit (Art. 20 DSGVO)',
  } satisfies Record<Request['kind'], string> as Record<Request['kind'], string>,
  entry: 'Antrag',
  due: (kind: string, day: string) => `${kind}, zu beantworten bis ${day}`,
  overdue: (kind: string, day: string) => `${kind}, überfällig seit ${day}`,
  take: 'Antrag aufnehmen',
  what: 'Was wird verlangt?',
  receivedOn: 'Eingegangen am',
  receivedHint: 'Nur wenn der Antrag früher kam, zum Beispiel auf Papier. Die Frist läuft ab diesem Tag.',
  optional: 'freiwillig',
  follows:
    'Ab jetzt läuft die Frist von einem Monat (Art. 12 Abs. 3 DSGVO). Bis eine Auskunft erteilt ist, löscht kein Löschlauf etwas von dieser Person. Gelöscht oder herausgegeben wird durch die Aufnahme nichts.',
  taken: 'Der Antrag ist aufgenommen, die Frist läuft.',
}

type RequestWords = typeof de

const en: RequestWords = {
  kinds: {
    access: 'Access (Art. 15 GDPR)',
    rectification: 'Rectification (Art. 16 GDPR)',
    erasure: 'Erasure (Art. 17 GDPR)',
    restriction: 'Restriction (Art. 18 GDPR)',
    portability: 'Data portability (Art. 20 GDPR)',
  },
  entry: 'Request',
  due: (kind, day) => `${kind}, to be answered by ${day}`,
  overdue: (kind, day) => `${kind}, overdue since ${day}`,
  take: 'Take up a request',
  what: 'What is asked for?',
  receivedOn: 'Received on',
  receivedHint: 'Only where it came earlier, for example on paper. The period runs from that day.',
  optional: 'optional',
  follows:
    'From now on the period of one month runs (Art. 12(3) GDPR). Until access has been given, no deletion run deletes anything of this person. Taking it up neither deletes nor hands out anything.',
  taken: 'The request has been taken up, its period runs.',
}

export const requestWords: Readonly<Record<'de' | 'en', RequestWords>> = { de, en }
