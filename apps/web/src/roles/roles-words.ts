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
  seconds: 'Was zwei Personen entscheiden, und wer die zweite sein kann',
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
  seconds: 'What two persons decide, and who may be the second one',
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
