import type { ClusterCode, DataCluster, Retention } from './data-cluster.ts'
import type { DeletionClass, StandardPeriod, StartEvent, YearPeriod } from './deletion-class.ts'

function after(start: StartEvent, period: StandardPeriod): DeletionClass {
  return { start, endOfYear: false, period }
}

function afterEndOfYear(start: StartEvent, period: YearPeriod): DeletionClass {
  return { start, endOfYear: true, period }
}

function fixed(deletionClass: DeletionClass) {
  return { kind: 'CLASS', class: deletionClass, minKeep: null } as const satisfies Retention
}

const citizens = { de: 'Bürgerinnen und Bürger', en: 'citizens' }
const staff = { de: 'Beschäftigte', en: 'staff' }
const publicTask = 'Art. 6(1)(e) GDPR with the data protection act of the Land'
const secureOperation = 'Art. 32 GDPR'

/**
 * The catalogue of data clusters (Datenarten) DA01–DA20 with the retention proposed for each: the seed of a deletion
 * concept after DIN EN ISO/IEC 27555. Every period is a default that a municipality decides itself, with four eyes, as
 * version 1 of its rule; none is legal advice.
 */
export const catalogue: Readonly<Record<ClusterCode, DataCluster>> = {
  DA01: {
    code: 'DA01',
    title: { de: 'Nachrichtentext ohne Aktenrelevanz', en: 'Message text without relevance for the file' },
    purpose: { de: 'Auskunft in der Sprechstunde', en: 'Giving information in the office hour' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'Vorgang geschlossen', en: 'conversation closed' },
    remark: {
      de: 'Tägliches Löschen setzt einen Generalverzicht oder Bewertungskatalog des Archivs voraus.',
      en: 'Daily deletion needs a general waiver or a valuation catalogue of the archive.',
    },
    offering: 'OFFER',
    personalData: true,
    proposal: fixed(after('CASE_CLOSED', '30d')),
  },
  DA02: {
    code: 'DA02',
    title: {
      de: 'Nachrichtentext, in die eAkte übergeben',
      en: 'Message text handed to the electronic file',
    },
    purpose: { de: 'Kopie bis zur gesicherten Übernahme', en: 'Copy until the import is certain' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: {
      de: 'Import im DMS bestätigt (xdomea 0402/0630)',
      en: 'import confirmed by the DMS (xdomea 0402/0630)',
    },
    remark: {
      de: 'Nur unsere Kopie; die Akte lebt im DMS und wird dort angeboten.',
      en: 'Our copy only; the file lives in the DMS and is offered from there.',
    },
    offering: 'OFFERED_BY_DMS',
    personalData: true,
    proposal: fixed(after('CASE_CLOSED', '7d')),
  },
  DA03: {
    code: 'DA03',
    title: { de: 'Nachrichtentext im eingebauten Archiv', en: 'Message text in the built-in archive' },
    purpose: { de: 'Aktenmäßige Aufbewahrung', en: 'Keeping the record' },
    dataSubjects: citizens,
    legalBasis: `${publicTask}; filing plan of the municipality`,
    startsWhen: { de: 'Vorgang geschlossen', en: 'conversation closed' },
    remark: {
      de: 'Frist nach Aktenplan, ab Ende des Kalenderjahres; vor dem Löschen dem Archiv anbieten.',
      en: 'Period by filing plan, from the end of the calendar year; offered to the archive before deletion.',
    },
    offering: 'OFFER',
    personalData: true,
    proposal: {
      kind: 'BY_VARIANT',
      classes: {
        FILE_PLAN_1Y: afterEndOfYear('CASE_CLOSED', '1y'),
        FILE_PLAN_2Y: afterEndOfYear('CASE_CLOSED', '2y'),
        FILE_PLAN_5Y: afterEndOfYear('CASE_CLOSED', '5y'),
        FILE_PLAN_10Y: afterEndOfYear('CASE_CLOSED', '10y'),
        FILE_PLAN_30Y: afterEndOfYear('CASE_CLOSED', '30y'),
      },
      minKeep: null,
    },
  },
  DA04: {
    code: 'DA04',
    title: { de: 'Anhänge und Medien', en: 'Attachments and media' },
    purpose: { de: 'Bestandteil der Nachricht', en: 'Part of the message' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'wie die Nachricht', en: 'as the message' },
    remark: {
      de: 'Nicht veraktet: höchstens 14 Tage nach Abschluss. Standort- und Kameradaten werden beim Eingang entfernt.',
      en: 'Not filed: at most 14 days after closing. Location and camera data are stripped on arrival.',
    },
    offering: 'OFFER',
    personalData: true,
    proposal: { kind: 'WITH_PARENT', unlessFiled: after('CASE_CLOSED', '14d') },
  },
  DA05: {
    code: 'DA05',
    title: {
      de: 'Unverlangt erhaltene Ausweise und besondere Kategorien',
      en: 'Identity documents and special categories received unasked',
    },
    purpose: { de: 'Keiner: wird übergeben oder zurückgewiesen', en: 'None: transferred or refused' },
    dataSubjects: citizens,
    legalBasis: 'Art. 9(1), Art. 17(1)(d) GDPR',
    startsWhen: { de: 'übergeben oder zurückgewiesen', en: 'transferred or refused' },
    remark: { de: 'Schwärzen mit einem Handgriff.', en: 'Redacted in one step.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('COLLECTED', '1d')),
  },
  DA06: {
    code: 'DA06',
    title: { de: 'Kontakt', en: 'Contact' },
    purpose: { de: 'Antworten können', en: 'Being able to answer' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'letzter Vorgang der Person gelöscht', en: 'last conversation of the person deleted' },
    remark: {
      de: 'Rufnummer, BSUID, Profilname, Ausweichadresse; auch der Eintrag im Kontaktbuch von Meta.',
      en: 'Phone number, BSUID, profile name, alternative address; the entry in the contact book at Meta as well.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('RELATION_ENDED', '0d')),
  },
  DA07: {
    code: 'DA07',
    title: { de: 'Interne Notizen, Entwürfe, Kurzvermerke', en: 'Internal notes, drafts, quick labels' },
    purpose: { de: 'Bearbeitung des Vorgangs', en: 'Handling the case' },
    dataSubjects: { de: 'Bürgerinnen und Bürger, Beschäftigte', en: 'citizens, staff' },
    legalBasis: publicTask,
    startsWhen: { de: 'wie der Vorgang', en: 'as the conversation' },
    remark: {
      de: 'Gehört in die Auskunft nach Art. 15 DSGVO.',
      en: 'Part of the answer under Art. 15 GDPR.',
    },
    offering: 'OFFER',
    personalData: true,
    proposal: { kind: 'WITH_PARENT', unlessFiled: null },
  },
  DA08: {
    code: 'DA08',
    title: { de: 'Übermittlungsdaten', en: 'Transmission data' },
    purpose: { de: 'Zustellung nachvollziehen', en: 'Following delivery' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'Status empfangen', en: 'status received' },
    remark: {
      de: 'Zustell- und Lesestatus, Nachrichtenkennung.',
      en: 'Delivery and read status, message id.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('COLLECTED', '30d')),
  },
  DA09: {
    code: 'DA09',
    title: {
      de: 'Rohdaten des Eingangs und nicht lesbare Eingänge',
      en: 'Raw webhook events and dead letters',
    },
    purpose: { de: 'Sicherer Empfang, Fehlersuche', en: 'Safe receipt, fault finding' },
    dataSubjects: citizens,
    legalBasis: secureOperation,
    startsWhen: { de: 'empfangen', en: 'received' },
    remark: {
      de: 'Verschlüsselt; gelesen 24 Stunden, ungelesen 7 Tage.',
      en: 'Encrypted; read ones 24 hours, unread ones 7 days.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: {
      kind: 'BY_VARIANT',
      classes: { RAW_EVENT: after('COLLECTED', '24h'), DEAD_LETTER: after('COLLECTED', '7d') },
      minKeep: null,
    },
  },
  DA10: {
    code: 'DA10',
    title: { de: 'Aufträge der Warteschlange', en: 'Queue jobs' },
    purpose: { de: 'Verarbeitung anstoßen', en: 'Triggering work' },
    dataSubjects: citizens,
    legalBasis: secureOperation,
    startsWhen: { de: 'erledigt oder gescheitert', en: 'done or failed' },
    remark: { de: 'Nur Kennungen, nie Inhalte.', en: 'Only ids, never content.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: {
      kind: 'BY_VARIANT',
      classes: { JOB_DONE: after('COLLECTED', '1h'), JOB_FAILED: after('COLLECTED', '24h') },
      minKeep: null,
    },
  },
  DA11: {
    code: 'DA11',
    title: { de: 'Suchindex', en: 'Search index' },
    purpose: { de: 'Wiederfinden', en: 'Finding again' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'wie die Quelle', en: 'as the source' },
    remark: {
      de: 'Verschwindet im selben Schritt wie die Quelle.',
      en: 'Goes in the same step as its source.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: { kind: 'WITH_PARENT', unlessFiled: null },
  },
  DA12: {
    code: 'DA12',
    title: { de: 'Sicherheitsprotokoll', en: 'Security log' },
    purpose: { de: 'Angriffe erkennen', en: 'Detecting attacks' },
    dataSubjects: staff,
    legalBasis: secureOperation,
    startsWhen: { de: 'aufgezeichnet', en: 'recorded' },
    remark: { de: 'Ohne Nachrichteninhalte.', en: 'Without message content.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('COLLECTED', '90d')),
  },
  DA13: {
    code: 'DA13',
    title: { de: 'Protokoll der Lesezugriffe', en: 'Log of read access' },
    purpose: { de: 'Zugriffe nachweisen', en: 'Evidence of access' },
    dataSubjects: staff,
    legalBasis: 'Art. 5(2), Art. 32 GDPR',
    startsWhen: { de: 'aufgezeichnet', en: 'recorded' },
    remark: {
      de: 'Beschäftigtendaten: Dienstvereinbarung nötig.',
      en: 'Data about staff: needs an agreement with the works council.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('COLLECTED', '1y')),
  },
  DA14: {
    code: 'DA14',
    title: { de: 'Löschregister', en: 'Deletion ledger' },
    purpose: { de: 'Löschungen nachweisen', en: 'Evidence of deletion' },
    dataSubjects: { de: 'keine', en: 'none' },
    legalBasis: 'Art. 5(2) GDPR',
    startsWhen: { de: '–', en: '–' },
    remark: {
      de: 'Dauerhaft, weil frei von personenbezogenen Daten.',
      en: 'Permanent, because it is free of personal data.',
    },
    offering: 'NOT_A_RECORD',
    personalData: false,
    proposal: { kind: 'PERMANENT' },
  },
  DA15: {
    code: 'DA15',
    title: { de: 'Grabsteinliste für die Wiederherstellung', en: 'Tombstone list for restore' },
    purpose: { de: 'Gelöschtes nach Wiederherstellung erneut löschen', en: 'Deleting again after a restore' },
    dataSubjects: citizens,
    legalBasis: 'Art. 5(1)(e), Art. 32 GDPR',
    startsWhen: { de: 'Löschung eingetragen', en: 'deletion recorded' },
    remark: {
      de: 'Wird vernichtet, sobald keine Sicherung das Objekt mehr enthalten kann.',
      en: 'Destroyed as soon as no backup can still contain the object.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('COLLECTED', '35d')),
  },
  DA16: {
    code: 'DA16',
    title: { de: 'Sicherungen', en: 'Backups' },
    purpose: { de: 'Wiederherstellbarkeit', en: 'Being able to restore' },
    dataSubjects: { de: 'Bürgerinnen und Bürger, Beschäftigte', en: 'citizens, staff' },
    legalBasis: secureOperation,
    startsWhen: { de: 'Sicherung erstellt', en: 'backup made' },
    remark: {
      de: 'Schlüsselsicherung 7 Tage: danach ist Gelöschtes in keiner Sicherung mehr lesbar.',
      en: 'Key backup 7 days: after that nothing deleted can be read in any backup.',
    },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: {
      kind: 'BY_VARIANT',
      classes: { DATA_BACKUP: after('COLLECTED', '35d'), KEY_BACKUP: after('COLLECTED', '7d') },
      minKeep: null,
    },
  },
  DA17: {
    code: 'DA17',
    title: { de: 'Exporte und Pakete', en: 'Exports and packages' },
    purpose: { de: 'Übergabe an DMS oder Archiv', en: 'Handing over to DMS or archive' },
    dataSubjects: citizens,
    legalBasis: publicTask,
    startsWhen: { de: 'Import bestätigt', en: 'import confirmed' },
    remark: { de: 'PDF und xdomea-Pakete auf der Platte.', en: 'PDF and xdomea packages on disk.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('CASE_CLOSED', '24h')),
  },
  DA18: {
    code: 'DA18',
    title: { de: 'Vorgänge zu Betroffenenrechten', en: 'Files on requests of data subjects' },
    purpose: {
      de: 'Anträge nach Art. 15, 17, 18 DSGVO nachweisen',
      en: 'Evidence on Art. 15, 17, 18 GDPR requests',
    },
    dataSubjects: citizens,
    legalBasis: 'Art. 5(2), Art. 12 GDPR',
    startsWhen: { de: 'Antrag abgeschlossen', en: 'request closed' },
    remark: {
      de: 'Getrennt gespeichert; Frist nach Verjährung.',
      en: 'Stored apart; period follows limitation of claims.',
    },
    offering: 'OFFER',
    personalData: true,
    proposal: fixed(after('CASE_CLOSED', '3y')),
  },
  DA19: {
    code: 'DA19',
    title: { de: 'Benutzerkonten', en: 'User accounts' },
    purpose: { de: 'Anmeldung und Berechtigung', en: 'Login and permission' },
    dataSubjects: staff,
    legalBasis: 'Art. 6(1)(e), Art. 88 GDPR with the civil service law of the Land',
    startsWhen: { de: 'Beschäftigung oder Rolle beendet', en: 'employment or role ended' },
    remark: { de: 'Danach nur noch ein Pseudonym.', en: 'A pseudonym only after that.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('RELATION_ENDED', '30d')),
  },
  DA20: {
    code: 'DA20',
    title: { de: 'Nachweis der Information und Einwilligung', en: 'Evidence of notice and consent' },
    purpose: { de: 'Welche Fassung wann mitgeteilt wurde', en: 'Which version was given when' },
    dataSubjects: citizens,
    legalBasis: 'Art. 5(2), Art. 7(1), Art. 13 GDPR',
    startsWhen: { de: 'letzter Vorgang der Person gelöscht', en: 'last conversation of the person deleted' },
    remark: { de: 'Ohne Inhalte.', en: 'Without content.' },
    offering: 'NOT_A_RECORD',
    personalData: true,
    proposal: fixed(after('RELATION_ENDED', '1y')),
  },
}
