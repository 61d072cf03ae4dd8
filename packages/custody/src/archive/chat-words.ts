import type {
  Attachment,
  ElsewhereWay,
  FilingDecision,
  Message,
  MessageDetails,
} from '@buergerdraht/contract'

type Event = Extract<MessageDetails, { kind: 'system' }>['event']

export const eventWords: Readonly<Record<Event, string>> = {
  'number-changed': 'Die Telefonnummer hat sich geändert.',
  'user-id-changed': 'Die WhatsApp-Kennung hat sich geändert.',
  'identity-key-changed': 'Der Sicherheitsschlüssel hat sich geändert.',
  'identity-conflict': 'Die Angaben zur Identität widersprechen sich.',
  'call-attempted': 'Ein Anruf wurde versucht; Anrufe nimmt das Amt hier nicht an.',
  claimed: 'Der Vorgang wurde übernommen.',
  released: 'Der Vorgang wurde zurückgegeben.',
  closed: 'Der Vorgang wurde geschlossen.',
  reopened: 'Der Vorgang wurde wieder geöffnet.',
  'earlier-matter': 'In einem früheren Vorgang derselben Person ist etwas geschehen.',
  'privacy-notice': 'Der Datenschutzhinweis wurde gesendet.',
  other: 'WhatsApp meldete etwas, das hier nicht näher bekannt ist.',
}

export const statusWords: Readonly<Record<Message['status'], string>> = {
  received: 'eingegangen',
  queued: 'nicht versandt',
  sending: 'Versand begonnen',
  accepted: 'vom Dienst angenommen',
  sent: 'versandt',
  delivered: 'zugestellt',
  read: 'gelesen',
  played: 'abgespielt',
  failed: 'nicht zugestellt',
  unknown: 'Zustellung ungewiss',
  elsewhere: 'nicht über WhatsApp gesendet',
}

export const wayWords: Readonly<Record<ElsewhereWay, string>> = {
  phone: 'telefonisch',
  email: 'per E-Mail',
  sms: 'per SMS',
  letter: 'per Brief',
  'in-person': 'persönlich',
}

export const fileWords: Readonly<Record<Attachment['kind'], string>> = {
  image: 'Bild',
  video: 'Video',
  audio: 'Audiodatei',
  voice: 'Sprachnachricht',
  document: 'Dokument',
  sticker: 'Sticker',
}

export const missingWords: Readonly<Record<Exclude<Attachment['state'], 'ready'>, string>> = {
  pending: 'wurde nicht geladen',
  expired: 'war beim Dienst nicht mehr vorhanden',
  'too-large': 'war zu groß',
  infected: 'enthielt Schadsoftware und wurde nicht übernommen',
  quarantined: 'ist gesperrt',
  failed: 'war nicht zu laden',
}

export const relevanceWords: Readonly<Record<FilingDecision['relevance'], string>> = {
  none: 'nicht aktenrelevant',
  'to-file': 'zur Akte',
  'already-filed': 'bereits in der Akte',
}

export const forwardedWords: Readonly<Record<Message['forwarded'], string | null>> = {
  no: null,
  once: 'Weitergeleitet',
  many: 'Häufig weitergeleitet',
}
