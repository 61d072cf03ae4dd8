import type { DeletionRun } from '@buergerdraht/contract'

const de = {
  title: 'Löschläufe',
  intro:
    'Ein Lauf löscht, was nach den Löschregeln nicht mehr da sein darf. Eine Person plant ihn, eine andere gibt ihn frei. Im Moment des Löschens wird noch einmal geprüft; was dann nicht gelöscht werden darf, bleibt. Hier stehen keine Inhalte und keine Namen.',
  plan: 'Lauf über alles Fällige planen',
  planned: (n: number) =>
    n === 1
      ? 'Geplant: ein Objekt. Der Lauf wartet unter „Vier-Augen“ auf eine zweite Person.'
      : `Geplant: ${n} Objekte. Der Lauf wartet unter „Vier-Augen“ auf eine zweite Person.`,
  none: 'Es gab noch keinen Löschlauf.',
  kinds: {
    planned: 'Fälliges',
    manual: 'Ausgewählte Vorgänge',
    erasure: 'Antrag auf Löschung',
    emergency: 'Notlöschung',
  } satisfies Record<DeletionRun['kind'], string> as Record<DeletionRun['kind'], string>,
  states: {
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
  none: 'There has been no deletion run yet.',
  kinds: {
    planned: 'What is due',
    manual: 'Chosen matters',
    erasure: 'Request for erasure',
    emergency: 'Emergency erasure',
  },
  states: {
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
