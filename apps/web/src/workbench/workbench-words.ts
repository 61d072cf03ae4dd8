import type { Needs, Reply } from '../api.ts'

type Decision = Needs<'submitDecisions'>['body'][number]
type KeepReason = Extract<Decision, { decision: 'keep' }>['reason']
type Refusal = NonNullable<Reply<'listCandidates'>['items'][number]['refusal']>

const de = {
  title: 'Löschwerkstatt',
  intro:
    'Alte Vorgänge Ihrer Teams, die wahrscheinlich niemand mehr braucht, mit den Gründen. Offene und gesperrte Vorgänge stehen hier nie. Sie entscheiden; was gelöscht werden soll, gibt danach eine zweite Person frei.',
  keysTitle: 'Mit der Tastatur',
  keys: [
    ['j', 'nächster Vorgang'],
    ['k', 'voriger Vorgang'],
    ['l', 'Löschen'],
    ['a', 'Zur Akte'],
    ['b', 'Behalten'],
    ['v', 'Vorschau'],
    ['z', 'letzte Entscheidung zurücknehmen'],
  ] as readonly (readonly [string, string])[],
  day: (team: string, month: string, by: string) =>
    `${team}, Löschtag ${month}: Bitte entscheiden Sie über alles, was hier steht. Zeit ist bis ${by}.`,
  late: {
    lead: (team: string, month: string) => `${team}, Löschtag ${month}: nach 14 Tagen nicht erledigt.`,
    dpo: (team: string, month: string) =>
      `${team}, Löschtag ${month}: nach 28 Tagen nicht erledigt. Der Datenschutz weiß es.`,
  },
  leadKnows: 'Die Teamleitung weiß es.',
  yours: 'Bitte sorgen Sie als Teamleitung dafür, dass über alles entschieden wird, was hier steht.',
  none: 'Hier ist nichts aufzuräumen.',
  more: 'Es gibt noch mehr. Nach diesem Stapel kommen die nächsten.',
  skip: 'Diese überspringen und die nächsten ansehen',
  fromTheBeginning: 'Von vorn beginnen',
  turned: (of: number) => (of === 1 ? 'Jetzt steht hier ein Vorgang.' : `Jetzt stehen hier ${of} Vorgänge.`),
  progress: (done: number, of: number) => `${done} von ${of} entschieden`,
  matter: (nth: number, of: number) => `Vorgang ${nth} von ${of}`,
  team: (name: string) => `Team: ${name}`,
  dates: (opened: string, last: string) => `Begonnen ${opened}, letzte Nachricht ${last}`,
  closed: (when: string) => `abgeschlossen ${when}`,
  neverClosed: 'nie abgeschlossen',
  counts: (messages: number, files: number) =>
    `${messages === 1 ? 'eine Nachricht' : `${messages} Nachrichten`}, ${files === 0 ? 'keine Datei' : files === 1 ? 'eine Datei' : `${files} Dateien`}`,
  reasons: (weight: number) => `Gründe, zusammen ${weight} Punkte`,
  points: (weight: number) => `${weight} Punkte`,
  refused: (why: string) => `Zurück von der zweiten Person: ${why}`,
  refusals: {
    'still-needed': 'Das wird noch gebraucht.',
    'belongs-to-file': 'Das gehört zur Akte.',
    'still-open': 'Die Sache ist noch offen.',
    'sample-differs': 'Die Stichprobe passte nicht zu den Gründen.',
    refused: 'abgelehnt, ohne Grund.',
    withdrawn: 'zurückgezogen.',
    expired: 'Niemand hat rechtzeitig entschieden.',
  } satisfies Record<Refusal, string> as Record<Refusal, string>,
  decisions: { delete: 'Löschen', 'to-file': 'Zur Akte', keep: 'Behalten bis …' } satisfies Record<
    Decision['decision'],
    string
  > as Record<Decision['decision'], string>,
  decided: { delete: 'Löschen', 'to-file': 'Zur Akte', keep: 'Behalten' } satisfies Record<
    Decision['decision'],
    string
  > as Record<Decision['decision'], string>,
  keptUntil: (day: string) => `Behalten bis ${day}`,
  said: (decision: string, done: number, of: number) => `${decision}. ${done} von ${of} entschieden.`,
  undo: 'Zurücknehmen',
  undone: 'Entscheidung zurückgenommen.',
  nothingToUndo: 'Es ist nichts entschieden.',
  preview: 'Vorschau',
  previewTitle: 'Letzte Nachrichten des Vorgangs',
  previewHint: 'Dass Sie das gelesen haben, steht im Protokoll.',
  noText: (kind: string) => `(ohne Text: ${kind})`,
  citizen: 'Bürgerin oder Bürger',
  office: 'Amt',
  reference: 'Aktenzeichen',
  referenceMissing: 'Bitte geben Sie das Aktenzeichen an.',
  reason: 'Grund',
  keepReasons: {
    'follow-up': 'Eine Rückfrage ist zu erwarten',
    'still-open': 'Die Sache ist noch offen',
    'needed-for-case': 'Wird für ein Verfahren gebraucht',
    dispute: 'Ein Streit ist möglich',
  } satisfies Record<KeepReason, string> as Record<KeepReason, string>,
  until: 'Behalten bis',
  untilHint: 'Höchstens ein Jahr. Dann steht der Vorgang wieder hier.',
  untilFault: (first: string, last: string) => `Bitte wählen Sie einen Tag von ${first} bis ${last}.`,
  take: 'Übernehmen',
  cancel: 'Abbrechen',
  submit: (n: number) => (n === 1 ? 'Eine Entscheidung abschicken' : `${n} Entscheidungen abschicken`),
  submitHint: 'Erst damit gilt, was Sie entschieden haben. Bis dahin können Sie alles zurücknehmen.',
  submitting: 'Wird abgeschickt …',
  notSubmitted: (why: string) => `Nichts davon ist abgeschickt. ${why}`,
  unsaved: 'Entscheidungen in der Löschwerkstatt',
  outcome: 'Ihre Entscheidungen gelten',
  proposed: (n: number, sample: number) =>
    `${n === 1 ? 'Ein Vorgang wartet' : `${n} Vorgänge warten`} auf eine zweite Person; ${sample === 1 ? 'einen davon' : `${sample} davon`} kann sie als Stichprobe lesen.`,
  filed: (n: number) => (n === 1 ? 'Ein Vorgang geht zur Akte.' : `${n} Vorgänge gehen zur Akte.`),
  kept: (n: number) =>
    n === 1 ? 'Ein Vorgang bleibt bis zu seinem Tag.' : `${n} Vorgänge bleiben bis zu ihrem Tag.`,
  later: (n: number, why: string) =>
    `${n === 1 ? 'Ein Vorgang wird' : `${n} Vorgänge werden`} erst später gelöscht: ${why}`,
  passedOver: (n: number) =>
    n === 1
      ? 'Ein Vorgang hat sich inzwischen geändert: Über ihn ist nichts entschieden.'
      : `${n} Vorgänge haben sich inzwischen geändert: Über sie ist nichts entschieden.`,
}

export type WorkbenchWords = typeof de

const en: WorkbenchWords = {
  title: 'Workbench for deletion',
  intro:
    'Old matters of your teams that probably nobody needs any more, with the reasons. Open and held matters never stand here. You decide; what is to be deleted is then approved by a second person.',
  keysTitle: 'By keyboard',
  keys: [
    ['j', 'next matter'],
    ['k', 'previous matter'],
    ['l', 'delete'],
    ['a', 'to the file'],
    ['b', 'keep'],
    ['v', 'preview'],
    ['z', 'take back the last decision'],
  ],
  day: (team, month, by) =>
    `${team}, tidying day ${month}: please decide about everything here. There is time until ${by}.`,
  late: {
    lead: (team, month) => `${team}, tidying day ${month}: not done after 14 days.`,
    dpo: (team, month) =>
      `${team}, tidying day ${month}: not done after 28 days. Data protection knows of it.`,
  },
  leadKnows: 'The team’s lead knows of it.',
  yours: 'As the team’s lead, please see to it that everything here is decided.',
  none: 'There is nothing to tidy up here.',
  more: 'There are more. After this batch come the next.',
  skip: 'Skip these and look at the next',
  fromTheBeginning: 'Start from the beginning',
  turned: (of) => (of === 1 ? 'Now one matter stands here.' : `Now ${of} matters stand here.`),
  progress: (done, of) => `${done} of ${of} decided`,
  matter: (nth, of) => `Matter ${nth} of ${of}`,
  team: (name) => `Team: ${name}`,
  dates: (opened, last) => `Begun ${opened}, last message ${last}`,
  closed: (when) => `closed ${when}`,
  neverClosed: 'never closed',
  counts: (messages, files) =>
    `${messages === 1 ? 'one message' : `${messages} messages`}, ${files === 0 ? 'no file' : files === 1 ? 'one file' : `${files} files`}`,
  reasons: (weight) => `Reasons, ${weight} points together`,
  points: (weight) => `${weight} points`,
  refused: (why) => `Back from the second person: ${why}`,
  refusals: {
    'still-needed': 'It is still needed.',
    'belongs-to-file': 'It belongs to a file.',
    'still-open': 'The matter is still open.',
    'sample-differs': 'The sample did not fit the reasons.',
    refused: 'refused, without a reason.',
    withdrawn: 'withdrawn.',
    expired: 'Nobody decided in time.',
  },
  decisions: { delete: 'Delete', 'to-file': 'To the file', keep: 'Keep until …' },
  decided: { delete: 'Delete', 'to-file': 'To the file', keep: 'Keep' },
  keptUntil: (day) => `Keep until ${day}`,
  said: (decision, done, of) => `${decision}. ${done} of ${of} decided.`,
  undo: 'Take back',
  undone: 'Decision taken back.',
  nothingToUndo: 'Nothing is decided.',
  preview: 'Preview',
  previewTitle: 'Last messages of the matter',
  previewHint: 'That you have read this stands in the audit log.',
  noText: (kind) => `(without text: ${kind})`,
  citizen: 'Citizen',
  office: 'Office',
  reference: 'File reference',
  referenceMissing: 'Please give the file reference.',
  reason: 'Reason',
  keepReasons: {
    'follow-up': 'A further question is to be expected',
    'still-open': 'The matter is still open',
    'needed-for-case': 'Needed for a procedure',
    dispute: 'A dispute is possible',
  },
  until: 'Keep until',
  untilHint: 'A year at most. Then the matter stands here again.',
  untilFault: (first, last) => `Please choose a day from ${first} to ${last}.`,
  take: 'Apply',
  cancel: 'Cancel',
  submit: (n) => (n === 1 ? 'Submit one decision' : `Submit ${n} decisions`),
  submitHint: 'What you have decided takes effect only now. Until then you can take everything back.',
  submitting: 'Submitting …',
  notSubmitted: (why) => `None of them is submitted. ${why}`,
  unsaved: 'decisions at the workbench',
  outcome: 'Your decisions hold',
  proposed: (n, sample) =>
    `${n === 1 ? 'One matter waits' : `${n} matters wait`} for a second person, who may read ${sample} of them as a sample.`,
  filed: (n) => (n === 1 ? 'One matter goes to the file.' : `${n} matters go to the file.`),
  kept: (n) => (n === 1 ? 'One matter stays until its day.' : `${n} matters stay until their day.`),
  later: (n, why) => `${n === 1 ? 'One matter is' : `${n} matters are`} deleted later: ${why}`,
  passedOver: (n) =>
    n === 1
      ? 'One matter has changed meanwhile: nothing is decided about it.'
      : `${n} matters have changed meanwhile: nothing is decided about them.`,
}

/** The words of this desk alone; they come with it. */
export const workbenchWords: Readonly<Record<'de' | 'en', WorkbenchWords>> = { de, en }
