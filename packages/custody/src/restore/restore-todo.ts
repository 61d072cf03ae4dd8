import type { Role, Sentence } from '@buergerdraht/contract'
import type { LedgerEntry } from '@buergerdraht/records'

/** What is to be done about a decision that the ledger cannot make again, and whose it is. */
export type Todo = { readonly roles: readonly Role[]; readonly what: Sentence }

const todos: Readonly<Partial<Record<LedgerEntry['type'], Todo>>> = {
  RULE_CHANGE: {
    roles: ['records', 'admin'],
    what: {
      de: 'Schriftgutverwaltung oder Administration schlägt diese Fassung unter „Löschkonzept“ erneut vor, der Datenschutz stimmt zu.',
      en: 'Records management or administration proposes this version again under “Deletion concept”, data protection agrees.',
    },
  },
  HOLD_RELEASE: {
    roles: ['records', 'dpo'],
    what: {
      de: 'Eine Löschsperre, die aufgehoben war, gilt hier noch, und mehrere kommen in Frage: Schriftgutverwaltung und Datenschutz heben die richtige unter „Aussetzungen“ erneut auf.',
      en: 'A hold that was released is still in force here, and more than one could be meant: records management and data protection release the right one again under “Holds”.',
    },
  },
  UNRESTRICT: {
    roles: ['records', 'dpo'],
    what: {
      de: 'Eine Einschränkung, die aufgehoben war, gilt hier noch, und mehrere kommen in Frage: Schriftgutverwaltung und Datenschutz heben die richtige unter „Aussetzungen“ erneut auf.',
      en: 'A restriction that was lifted is still in force here, and more than one could be meant: records management and data protection lift the right one again under “Holds”.',
    },
  },
  ARCHIVE_OFFER: {
    roles: ['records'],
    what: {
      de: 'Die Schriftgutverwaltung bietet die Vorgänge unter „Archivanbietung“ erneut an und sagt dem Archiv, dass die neue Liste gilt.',
      en: 'Records management offers the matters again under “Offers to the archive” and tells the archive that the new list counts.',
    },
  },
  ARCHIVE_DECISION: {
    roles: ['records'],
    what: {
      de: 'Die Schriftgutverwaltung trägt die Antwort des Archivs unter „Archivanbietung“ erneut ein, sobald die Vorgänge wieder angeboten sind.',
      en: 'Records management enters the answer of the archive again under “Offers to the archive”, as soon as the matters are offered again.',
    },
  },
  ARCHIVE_WITHDRAWAL: {
    roles: ['records'],
    what: {
      de: 'Die Schriftgutverwaltung sieht unter „Archivanbietung“ nach, was von den zurückgezogenen Vorgängen noch angeboten ist, und zieht es mit einer zweiten Person erneut zurück.',
      en: 'Records management looks under “Offers to the archive” which of the withdrawn matters are still offered, and withdraws them again with a second person.',
    },
  },
  ARCHIVE_AGREEMENT: {
    roles: ['records', 'admin'],
    what: {
      de: 'Schriftgutverwaltung oder Administration schlägt diese Vereinbarung unter „Vereinbarung mit dem Archiv“ erneut vor, der Datenschutz stimmt zu.',
      en: 'Records management or administration proposes this agreement again under “Agreement with the archive”, data protection agrees.',
    },
  },
  FILING_PLAN: {
    roles: ['records', 'admin'],
    what: {
      de: 'Schriftgutverwaltung oder Administration liest den Aktenplan, der an diesem Tag galt, unter „Aktenplan“ erneut ein und schlägt ihn vor, der Datenschutz stimmt zu. Das Löschregister enthält keine Titel.',
      en: 'Records management or administration reads in the filing plan that was in force on this day again under “Filing plan” and proposes it, data protection agrees. The deletion ledger has no titles.',
    },
  },
  REQUEST: {
    roles: ['dpo'],
    what: {
      de: 'Jemand hat einen Antrag nach der DSGVO gestellt, dessen Vorgang diese Sicherung nicht kennt. Der Datenschutz stellt mit dem zuständigen Team fest, wer es war (Ausgangspost, weitergeleitetes Protokoll), und nimmt den Antrag mit dem Tag des Eingangs neu auf, sobald die Person hier wieder einen Vorgang hat. Die Frist läuft seit dem Eingang.',
      en: 'Somebody has made a request under the GDPR whose matter this backup does not know. Data protection finds out with the team in charge who it was (outgoing mail, the forwarded log) and writes the request down again with the day of its receipt, as soon as the person has a matter here again. The period runs from the receipt.',
    },
  },
  HAND_OVER: {
    roles: ['records'],
    what: {
      de: 'Eine Übergabe, von der die Sicherung nichts oder zu wenig weiß. Die Schriftgutverwaltung fragt bei der Gegenseite (Akte oder Archiv), was angekommen ist, bevor sie etwas erneut übergibt. Eine Antwort darauf kann unter einer Prozess-ID kommen, die hier niemand kennt; dann steht sie unter „Übergaben“ bei den abgelehnten Antworten.',
      en: 'A hand-over of which the backup knows nothing or too little. Records management asks the other side (file or archive) what has arrived before anything is handed over again. An answer may come under a process id that nobody knows here; then it stands among the refused answers under “Hand-overs”.',
    },
  },
}

const copyMade: Todo = {
  roles: ['dpo'],
  what: {
    de: 'Von den Daten dieser Person ist nach der Sicherung schon eine Kopie erstellt worden, und der Antrag ist noch nicht beantwortet. Der Datenschutz klärt mit dem Team, ob sie schon ausgehändigt ist, bevor jemand eine zweite gibt.',
    en: 'A copy of this person’s data was already made after the backup, and the request is not answered yet. Data protection finds out with the team whether it has been handed out before anybody gives a second one.',
  },
}

const lookItUp: Todo = {
  roles: ['dpo'],
  what: {
    de: 'Der Datenschutz sieht den Eintrag im Löschregister an und entscheidet, was erneut zu tun ist.',
    en: 'Data protection looks at the entry in the deletion ledger and decides what is to be done again.',
  },
}

/** @param entry null: its text has been removed */
export function todoOf(entry: LedgerEntry | null): Todo {
  if (entry?.type === 'REQUEST' && entry.copy === 'MADE') return copyMade
  return (entry === null ? undefined : todos[entry.type]) ?? lookItUp
}
