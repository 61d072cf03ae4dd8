import type { DocumentKind } from '@buergerdraht/contract'

const de = {
  title: 'Dokumente',
  overview: 'Löschkonzept, Verarbeitungsverzeichnis und Maßnahmen als Dokumente ansehen und herausgeben',
  intro:
    'Diese Dokumente entstehen aus dem, was eingestellt ist. Eine Ausgabe hält den Stand eines Tages fest und bleibt, wie sie ist; die nächste nennt, was sich seitdem geändert hat. Namen von Personen stehen nicht darin.',
  kinds: {
    'deletion-concept': 'Löschkonzept (DIN EN ISO/IEC 27555)',
    'processing-record': 'Verzeichnis von Verarbeitungstätigkeiten (Art. 30 DSGVO)',
    'security-measures': 'Technische und organisatorische Maßnahmen (Art. 32 DSGVO)',
    'impact-assessment': 'Gerüst einer Datenschutz-Folgenabschätzung (Art. 35 DSGVO)',
  } satisfies Record<DocumentKind, string>,
  never: 'Noch nicht herausgegeben.',
  same: (n: number) => `Seit Ausgabe ${n} hat sich nichts geändert.`,
  changed: (n: number, changes: number) =>
    changes === 1
      ? `Seit Ausgabe ${n} hat sich eine Angabe geändert.`
      : `Seit Ausgabe ${n} haben sich ${changes} Angaben geändert.`,
  show: 'Zeigen, was sich geändert hat',
  draft: 'Entwurf nach dem Stand von jetzt',
  issue: (n: number) => `Ausgabe ${n} herausgeben`,
  issuing: 'Wird herausgegeben …',
  issued: (n: number) => `Ausgabe ${n} ist herausgegeben.`,
  issues: 'Ausgaben',
  number: 'Nr.',
  on: 'vom',
  by: 'durch',
  file: 'Datei',
}

export type DocumentsWords = typeof de

const en: DocumentsWords = {
  title: 'Documents',
  overview: 'See and issue deletion concept, record of processing activities and measures as documents',
  intro:
    'These documents are made of what is set. An issue keeps the state of a day and stays as it is; the next one names what has changed since. No names of persons stand in them. The documents are in German.',
  kinds: {
    'deletion-concept': 'Deletion concept (DIN EN ISO/IEC 27555)',
    'processing-record': 'Record of processing activities (Art. 30 GDPR)',
    'security-measures': 'Technical and organisational measures (Art. 32 GDPR)',
    'impact-assessment': 'Skeleton of a data protection impact assessment (Art. 35 GDPR)',
  },
  never: 'Not issued yet.',
  same: (n) => `Nothing has changed since issue ${n}.`,
  changed: (n, changes) =>
    changes === 1
      ? `One thing has changed since issue ${n}.`
      : `${changes} things have changed since issue ${n}.`,
  show: 'Show what has changed',
  draft: 'Draft as things stand now',
  issue: (n) => `Issue number ${n}`,
  issuing: 'Issuing …',
  issued: (n) => `Number ${n} is issued.`,
  issues: 'Issues',
  number: 'No.',
  on: 'of',
  by: 'by',
  file: 'File',
}

export const documentsWords: Readonly<Record<'de' | 'en', DocumentsWords>> = { de, en }
