import type { AccessCopy } from '@buergerdraht/contract'
import { backupDays } from '../runs/residue.ts'

/** What Art. 15 (1) and (2) GDPR want to be said beside the copy. What only this office knows (its address, its data-protection officer) its cover letter says. */
export const information: AccessCopy['information'] = [
  {
    letter: 'a',
    text: 'Zweck: Ihre Anliegen in der Sprechstunde der Verwaltung über WhatsApp beantworten und, wo es eine Akte gibt, sie führen (Art. 6 Abs. 1 Buchst. e DSGVO mit dem Fachrecht).',
  },
  {
    letter: 'b',
    text: 'Datenarten: was Sie schreiben und schicken, was Ihnen geantwortet wird, Ihre Nummer oder Kennung und der Name aus Ihrem Profil, wann etwas zugestellt und gelesen wurde, Notizen, Vermerke zur Berichtigung, und wer im Amt darauf zugegriffen hat, nach seiner Rolle. Daneben technisch und kurz: Rohdaten des Anbieters, Sucheinträge ohne Klartext, Sicherungen.',
  },
  { letter: 'c', text: 'Empfänger: stehen im Abschnitt „Empfänger“.' },
  {
    letter: 'd',
    text: `Dauer: steht bei jedem Vorgang und jeder Datei mit der Regel, nach der gelöscht wird. In Sicherungen bleibt danach höchstens ${backupDays} Tage ein Rest, der ohne seinen Schlüssel nicht lesbar ist.`,
  },
  {
    letter: 'e',
    text: 'Sie haben das Recht auf Berichtigung (Art. 16), Löschung (Art. 17), Einschränkung (Art. 18) und Widerspruch (Art. 21 DSGVO). Eine Nachricht in diesem Chat genügt.',
  },
  {
    letter: 'f',
    text: 'Sie können sich bei der Datenschutz-Aufsichtsbehörde Ihres Landes beschweren (Art. 77 DSGVO).',
  },
  { letter: 'g', text: 'Herkunft: alles kommt von Ihnen selbst oder ist im Amt entstanden.' },
  {
    letter: 'h',
    text: 'Es gibt keine automatisierten Entscheidungen und kein Profiling (Art. 22 DSGVO). Ein Programm erkennt Stichworte und Nummern, entscheidet aber nichts.',
  },
  {
    letter: '2',
    text: 'Drittland: WhatsApp wird von der Meta-Gruppe betrieben, die auch in den USA verarbeitet; Grundlage ist der Angemessenheitsbeschluss zum EU-U.S. Data Privacy Framework.',
  },
]

/** By vendor of a channel: who transports. */
export const vendors: Readonly<Record<string, string>> = {
  '360dialog': '360dialog GmbH, Berlin (Auftragsverarbeiter)',
  meta: 'Meta Platforms Ireland Ltd., Dublin (Auftragsverarbeiter)',
}

export const roleWords: Readonly<Record<string, string>> = {
  clerk: 'Sachbearbeitung',
  'team-lead': 'Teamleitung',
  records: 'Schriftgutverwaltung',
  dpo: 'Datenschutz',
  admin: 'Administration',
  auditor: 'Prüfung',
}

/** What somebody did, of what the log of access knows; others are said by their code. */
export const actWords: Readonly<Record<string, string>> = {
  'conversation-read': 'Vorgang gelesen',
  'conversation-claimed': 'Vorgang übernommen',
  'conversation-handed-over': 'Vorgang weitergegeben',
  'conversation-given-back': 'Vorgang zurückgegeben',
  'conversation-closed': 'Vorgang geschlossen',
  'conversation-reopened': 'Vorgang wieder geöffnet',
  'filing-decided': 'über die Akte entschieden',
  'workbench-decided': 'über die Löschung entschieden',
  'sample-opened': 'Stichprobe angesehen',
  'number-shown': 'Nummer angesehen',
  'file-opened': 'Datei geöffnet',
  'file-downloaded': 'Datei gespeichert',
  answered: 'geantwortet',
  'request-opened': 'Antrag aufgenommen',
  'request-identified': 'Identität bestätigt',
  'request-part-chosen': 'gewählt, worum es dem Antrag geht',
  'request-extended': 'Frist verlängert',
  'request-decided': 'über den Antrag entschieden',
  'redactions-decided': 'über Schwärzungen entschieden',
  'copy-made': 'diese Kopie erstellt',
  'correction-marked': 'Berichtigung vermerkt',
  'correction-withdrawn': 'Vermerk einer Berichtigung zurückgenommen oder ersetzt',
  'hold-set': 'Sperre gesetzt',
}

export const waitWords: Readonly<Record<string, string>> = {
  CASE_CLOSED: 'beginnt, wenn der Vorgang geschlossen ist',
  RELATION_ENDED: 'beginnt, wenn Ihr letzter Vorgang gelöscht ist',
  PARENT: 'mit ihrem Vorgang',
}
