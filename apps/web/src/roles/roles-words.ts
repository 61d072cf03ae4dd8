import type { Act, ProposalKindName } from '@buergerdraht/contract'
import type { Reply } from '../api.ts'

type State = Reply<'listRoleHolders'>['items'][number]['state']

const de = {
  title: 'Rollen',
  intro:
    'Wer was darf und wer welche Rolle hat. Beschäftigte erscheinen unter demselben Kennzeichen wie im Protokoll, nicht mit Namen.',
  counts: 'Konten, die sich anmelden können',
  matrix: 'Wer was darf',
  matrixHint:
    'Was hier nicht steht, darf niemand. Gespräche und Dateien sind immer nur die der eigenen Teams.',
  act: 'Darf',
  yes: 'ja',
  no: 'nein',
  confirmed: 'mit erneuter Bestätigung',
  acts: {
    'answer-citizens': 'Gespräche lesen und beantworten',
    'show-numbers': 'Rufnummern anzeigen',
    'open-files': 'Dateien öffnen',
    'download-files': 'Dateien herunterladen, wo das Amt es erlaubt',
    'administer-channels': 'Kanäle verwalten',
    'change-office-settings': 'Einstellungen des Amts ändern',
    'watch-operation': 'den Betrieb beobachten',
    'see-people': 'Personen und Teams sehen',
    'change-people': 'Personen und Teams ändern',
    'see-proposals': 'Vorschläge sehen',
    'approve-proposals': 'als zweite Person entscheiden',
    'read-sign-in-settings': 'Regeln der Anmeldung sehen',
    'change-sign-in-settings': 'Regeln der Anmeldung ändern',
    'change-own-sign-in': 'die eigene Anmeldung ändern',
    'see-roles': 'sehen, wer was darf',
    'read-audit-log': 'das Protokoll lesen',
    'watch-retention': 'sehen, wie lange was aufbewahrt wird',
    'propose-rules': 'Löschregeln vorschlagen',
  } satisfies Record<Act, string> as Record<Act, string>,
  seconds: 'Was zwei Personen entscheiden, und wer die zweite sein kann',
  kinds: {
    'grant-role': 'Rolle Schriftgutverwaltung, Datenschutz, Administration oder Prüfung geben',
    'change-provider-rules': 'Zuordnung des Anmeldedienstes, die eine solche Rolle gibt',
    'change-channel-account': 'Adresse oder Zugangsdaten eines Kanals ändern',
    'sign-catalogue': 'das Löschkonzept freigeben',
  } satisfies Record<ProposalKindName, string> as Record<ProposalKindName, string>,
  holders: 'Wer welche Rolle hat',
  role: 'Rolle',
  every: 'alle',
  who: 'Wer',
  teams: 'Teams',
  state: 'Zustand',
  states: { active: 'aktiv', invited: 'eingeladen', disabled: 'gesperrt' } satisfies Record<State, string>,
  none: 'Niemand hat diese Rolle.',
  more: 'Weitere laden',
}

export type RolesWords = typeof de

const en: RolesWords = {
  title: 'Roles',
  intro:
    'Who may do what, and who holds which role. Members of staff appear under the same mark as in the audit log, not by name.',
  counts: 'Accounts that can sign in',
  matrix: 'Who may do what',
  matrixHint:
    'What is not listed, nobody may do. Conversations and files are those of the own teams, always.',
  act: 'May',
  yes: 'yes',
  no: 'no',
  confirmed: 'after confirming who they are',
  acts: {
    'answer-citizens': 'read and answer conversations',
    'show-numbers': 'show numbers',
    'open-files': 'open files',
    'download-files': 'download files, where the office allows it',
    'administer-channels': 'administer channels',
    'change-office-settings': 'change settings of the office',
    'watch-operation': 'watch the operation',
    'see-people': 'see people and teams',
    'change-people': 'change people and teams',
    'see-proposals': 'see proposals',
    'approve-proposals': 'decide as a second person',
    'read-sign-in-settings': 'see the rules of signing in',
    'change-sign-in-settings': 'change the rules of signing in',
    'change-own-sign-in': 'change how they sign in',
    'see-roles': 'see who may do what',
    'read-audit-log': 'read the audit log',
    'watch-retention': 'see how long what is kept',
    'propose-rules': 'propose deletion rules',
  },
  seconds: 'What two persons decide, and who may be the second one',
  kinds: {
    'grant-role': 'Give the role of records, data protection, administration or audit',
    'change-provider-rules': 'Rules of the sign-in service that give such a role',
    'change-channel-account': 'Change address or credentials of a channel',
    'sign-catalogue': 'sign the deletion concept',
  },
  holders: 'Who holds which role',
  role: 'Role',
  every: 'all',
  who: 'Who',
  teams: 'Teams',
  state: 'State',
  states: { active: 'active', invited: 'invited', disabled: 'disabled' },
  none: 'Nobody has this role.',
  more: 'Load more',
}

/** The words of this desk alone; they come with it. */
export const rolesWords: Readonly<Record<'de' | 'en', RolesWords>> = { de, en }
