import type { DeletionRun, StandingApproval } from '@buergerdraht/contract'

const de = {
  title: 'Löschläufe',
  intro:
    'Ein Lauf löscht, was nach den Löschregeln nicht mehr da sein darf. Eine Person plant ihn, eine andere gibt ihn frei. Im Moment des Löschens wird noch einmal geprüft; was dann nicht gelöscht werden darf, bleibt. Hier stehen keine Inhalte und keine Namen.',
  plan: 'Lauf über alles Fällige planen',
  planned: (n: number) =>
    n === 1
      ? 'Geplant: ein Objekt. Der Lauf wartet unter „Vier-Augen“ auf eine zweite Person.'
      : `Geplant: ${n} Objekte. Der Lauf wartet unter „Vier-Augen“ auf eine zweite Person.`,
  putForward: 'Zur Freigabe vorlegen',
  putForwardHint: 'Sie sind dann die erste Person; eine zweite entscheidet unter „Vier-Augen“.',
  forwarded: 'Vorgelegt. Der Lauf wartet unter „Vier-Augen“ auf eine zweite Person.',
  underStanding: 'unter einer Dauerfreigabe',
  chosen: (n: string) => `${n} zum Löschen vorgesehen`,
  standing: 'Dauerfreigaben',
  standingHint:
    'Jeden Montag plant das System alles Fällige. Was unter eine Dauerfreigabe fällt, wird ohne weitere Nachfrage gelöscht, alles andere wartet auf zwei Personen. Zwei Personen geben eine Dauerfreigabe für eine Fassung einer Löschregel, für höchstens zwölf Monate. Ein Lauf, der ungewöhnlich groß ist, wartet trotzdem.',
  noStanding: 'Es gibt keine Dauerfreigabe.',
  standingState: {
    'in-force': 'gilt',
    'rule-changed': 'gilt nicht mehr: die Regel ist geändert',
    ended: 'abgelaufen',
    revoked: 'beendet',
  } satisfies Record<StandingApproval['state'], string> as Record<StandingApproval['state'], string>,
  standingFacts: (by: string, second: string, from: string, until: string) =>
    `vorgeschlagen von ${by}, freigegeben von ${second} am ${from}; letzter Tag: ${until}`,
  revoke: (rule: string) => `Dauerfreigabe für ${rule} beenden`,
  revoked: 'Die Dauerfreigabe ist beendet.',
  giveStanding: 'Dauerfreigabe vorschlagen',
  rule: 'Löschregel',
  endsOn: 'Letzter Tag',
  endsOnHint: 'Höchstens heute in zwölf Monaten.',
  proposeStanding: 'Vorschlagen',
  proposedStanding: 'Vorgeschlagen. Eine zweite Person entscheidet unter „Vier-Augen“.',
  noRules: 'Noch ist keine Löschregel freigegeben; erst danach kann es Dauerfreigaben geben.',
  emergency: 'Notlöschung',
  emergencyHint:
    'Nur für Vorgänge und einzelne Nachrichten, die nie hätten verarbeitet werden dürfen (Art. 17 Abs. 1 Buchst. d DSGVO), etwa wenn jemand Ausweise oder Befunde Dritter schickt. Sie warten weder auf ihre Frist noch auf das Archiv. Der Datenschutz erfährt es sofort. Sobald eine zweite Person zustimmt, beginnt der Lauf vor allen anderen. Sperren halten auch ihn auf.',
  emergencyIds: 'Vorgänge',
  emergencyIdsHint:
    'Adressen oder Nummern ganzer Vorgänge, durch Leerzeichen oder Zeilen getrennt; mit den Nachrichten höchstens 50.',
  emergencyMessages: 'Einzelne Nachrichten',
  emergencyMessagesHint:
    'Nummern einzelner Nachrichten; im Gespräch nennt sie „Nachricht löschen lassen“. Mit einer Nachricht gehen ihre Dateien, ihr Vorgang bleibt.',
  emergencyFault: 'Hier steht keine Nummer eines Vorgangs, und unten keine einer Nachricht.',
  emergencyTooMany: (n: number) =>
    `Hier und unten stehen ${n} Vorgänge und Nachrichten. Bitte höchstens 50 auf einmal.`,
  planEmergency: 'Notlöschung planen',
  cancel: 'Abbrechen',
  none: 'Es gab noch keinen Löschlauf.',
  kinds: {
    planned: 'Fälliges',
    manual: 'Ausgewählte Vorgänge',
    erasure: 'Antrag auf Löschung',
    emergency: 'Notlöschung',
    restore: 'Nachvollzug nach einer Wiederherstellung',
  } satisfies Record<DeletionRun['kind'], string> as Record<DeletionRun['kind'], string>,
  states: {
    prepared: 'vom System vorbereitet, noch niemand hat ihn vorgelegt',
    planned: 'wartet auf eine zweite Person',
    approved: 'freigegeben, beginnt gleich',
    running: 'läuft',
    completed: 'abgeschlossen',
    failed: 'abgebrochen',
    expired: 'verfallen: niemand hat ihn rechtzeitig freigegeben',
    withdrawn: 'abgelehnt oder zurückgezogen',
  } satisfies Record<DeletionRun['state'], string> as Record<DeletionRun['state'], string>,
  paused: 'angehalten',
  heading: (kind: string, at: string) => `${kind}, geplant am ${at}`,
  ended: (at: string) => `Beendet am ${at}.`,
  progress: (done: string, of: string) => `${done} von ${of} gelöscht`,
  stays: (n: number) => (n === 1 ? 'Eines bleibt:' : `${n} bleiben:`),
  protocol: 'Löschprotokoll',
  periodHint:
    'Was in einem Zeitraum gelöscht wurde, aus dem Löschregister allein: ohne Namen und Inhalte, mit Regel, Rechtsgrund und Beteiligten nach Rolle.',
  from: 'Von',
  to: 'Bis',
  download: (format: string) => `${format} herunterladen`,
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  pauseHint: 'Was schon zum Löschen bestimmt ist, wird noch gelöscht.',
  completed: (n: number) =>
    n === 1
      ? 'Löschlauf abgeschlossen, ein Objekt gelöscht.'
      : `Löschlauf abgeschlossen, ${n} Objekte gelöscht.`,
}

export type DeletionRunsWords = typeof de

const en: DeletionRunsWords = {
  title: 'Deletion runs',
  intro:
    'A run deletes what may no longer be there under the deletion rules. One person plans it, another approves it. At the moment of deletion everything is checked once more; what may not be deleted then stays. Neither content nor names stand here.',
  plan: 'Plan a run over everything that is due',
  planned: (n) =>
    n === 1
      ? 'Planned: one object. The run waits for another person under “Second person”.'
      : `Planned: ${n} objects. The run waits for another person under “Second person”.`,
  putForward: 'Put forward for approval',
  putForwardHint: 'You are the first person then; a second one decides under “Second person”.',
  forwarded: 'Put forward. The run waits for another person under “Second person”.',
  underStanding: 'under a standing approval',
  chosen: (n) => `${n} meant to be deleted`,
  standing: 'Standing approvals',
  standingHint:
    'Each Monday the system plans everything that is due. What falls under a standing approval is deleted without asking again, everything else waits for two people. Two people give a standing approval for one version of a deletion rule, for twelve months at most. A run that is unusually large waits all the same.',
  noStanding: 'There is no standing approval.',
  standingState: {
    'in-force': 'in force',
    'rule-changed': 'in force no more: the rule has changed',
    ended: 'ended',
    revoked: 'revoked',
  },
  standingFacts: (by, second, from, until) =>
    `proposed by ${by}, approved by ${second} on ${from}; last day: ${until}`,
  revoke: (rule) => `End the standing approval for ${rule}`,
  revoked: 'The standing approval has ended.',
  giveStanding: 'Propose a standing approval',
  rule: 'Deletion rule',
  endsOn: 'Last day',
  endsOnHint: 'Twelve months from today at most.',
  proposeStanding: 'Propose',
  proposedStanding: 'Proposed. A second person decides under “Second person”.',
  noRules: 'No deletion rule has been signed yet; only then can there be standing approvals.',
  emergency: 'Emergency erasure',
  emergencyHint:
    'Only for matters and single messages that should never have been processed (Art. 17 (1) (d) GDPR), such as somebody sending identity cards or findings of others. They wait neither for their period nor for the archive. Data protection is told at once. As soon as a second person agrees, the run begins before all others. Holds stop it too.',
  emergencyIds: 'Matters',
  emergencyIdsHint:
    'Addresses or numbers of whole matters, separated by spaces or lines; 50 at most with the messages.',
  emergencyMessages: 'Single messages',
  emergencyMessagesHint:
    'Numbers of single messages; in the conversation “Have the message erased” gives them. The files of a message go with it, its matter stays.',
  emergencyFault: 'There is no number of a matter here, and below none of a message.',
  emergencyTooMany: (n) => `These are ${n} matters and messages. Please 50 at once at most.`,
  planEmergency: 'Plan an emergency erasure',
  cancel: 'Cancel',
  none: 'There has been no deletion run yet.',
  kinds: {
    planned: 'What is due',
    manual: 'Chosen matters',
    erasure: 'Request for erasure',
    emergency: 'Emergency erasure',
    restore: 'Carried out again after a restore',
  },
  states: {
    prepared: 'prepared by the system, nobody has put it forward yet',
    planned: 'waits for a second person',
    approved: 'approved, begins in a moment',
    running: 'running',
    completed: 'completed',
    failed: 'broken off',
    expired: 'expired: nobody approved it in time',
    withdrawn: 'refused or withdrawn',
  },
  paused: 'paused',
  heading: (kind, at) => `${kind}, planned on ${at}`,
  ended: (at) => `Ended on ${at}.`,
  progress: (done, of) => `${done} of ${of} deleted`,
  stays: (n) => (n === 1 ? 'One stays:' : `${n} stay:`),
  protocol: 'Deletion protocol',
  periodHint:
    'What was deleted in a period, from the deletion ledger alone: no names and no content, with rule, ground and those who took part by their roles.',
  from: 'From',
  to: 'To',
  download: (format) => `Download ${format}`,
  pause: 'Pause',
  resume: 'Go on',
  pauseHint: 'What is already condemned is still deleted.',
  completed: (n) =>
    n === 1 ? 'Deletion run completed, one object deleted.' : `Deletion run completed, ${n} objects deleted.`,
}

/** The words of this desk alone; they come with it. */
export const deletionRunsWords: Readonly<Record<'de' | 'en', DeletionRunsWords>> = { de, en }
