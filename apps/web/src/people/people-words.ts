import type { Person } from './people-queries.ts'

const de = {
  title: 'Personen',
  intro:
    'Wer hier arbeitet und was jede und jeder darf. Was Bürgerinnen und Bürger schreiben, ist hier nicht zu sehen.',
  search: 'Name oder E-Mail-Adresse',
  role: 'Rolle',
  state: 'Zustand',
  every: 'alle',
  states: { active: 'aktiv', invited: 'eingeladen', disabled: 'gesperrt' } satisfies Record<
    Person['state'],
    string
  >,
  none: 'Niemand passt zu dieser Auswahl.',
  shown: (n: number) => (n === 1 ? 'Eine Person wird gezeigt.' : `${n} Personen werden gezeigt.`),
  more: 'Weitere laden',
  one: 'Ausgewählt',
  choose: 'Wählen Sie links eine Person, oder laden Sie jemanden ein.',
  invite: 'Person einladen',
  teams: 'Teams',
  noTeam: 'kein Team',
  waits: (role: string) => `Rolle ${role} wartet auf eine zweite Person`,
  back: 'Zurück zur Liste',
  name: 'Name',
  email: 'E-Mail-Adresse',
  byTwo: 'Diese Rolle geben zwei Personen: Ihr Vorschlag wartet sieben Tage auf die zweite.',
  samePerson: 'Zweites Konto von',
  samePersonHint: 'Nur wenn diese Person schon ein Konto hat: Beide zählen dann als eine Person.',
  nobody: 'niemandem',
  doInvite: 'Einladen',
  link: 'Einladungslink',
  linkLead:
    'Dieser Link wird nur jetzt gezeigt. Geben Sie ihn der Person auf einem sicheren Weg; er gilt einmal.',
  linkUntil: (moment: string) => `Er gilt bis ${moment}.`,
  copy: 'Link kopieren',
  done: 'Fertig',
  save: 'Änderungen speichern',
  saved: 'Gespeichert. Es gilt ab der nächsten Anfrage.',
  proposed: 'Gespeichert. Die neue Rolle wartet auf eine zweite Person.',
  deputy: 'Vertretung',
  deputyHint: 'Wen die anderen fragen, solange diese Person nicht da ist.',
  noDeputy: 'niemand',
  disable: 'Konto sperren',
  disableTitle: (name: string) => `Konto von ${name} sperren?`,
  disableText:
    'Die Person ist sofort abgemeldet und kann sich nicht mehr anmelden. Ihre offenen Gespräche gehen zurück an das Team. Sie können das Konto später wieder öffnen.',
  enable: 'Konto wieder öffnen',
  renew: 'Neuen Link erzeugen',
  revoke: 'Einladung zurücknehmen',
  revoked: 'Die Einladung gilt nicht mehr.',
  invitedUntil: (moment: string) => `Eingeladen; der Link gilt bis ${moment}.`,
  invitationOver: 'Eingeladen, aber der Link gilt nicht mehr.',
  access: 'Zugang',
  unsaved: 'Änderungen an einer Person',
  manageTeams: 'Teams verwalten',
  teamName: 'Name des neuen Teams',
  addTeam: 'Team anlegen',
  renameTeam: (name: string) => `${name} umbenennen`,
  closeTeam: (name: string) => `${name} auflösen`,
  rename: 'Umbenennen',
  close: 'Auflösen',
  closeTitle: (name: string) => `${name} auflösen?`,
  closeText: (people: number, channels: number, conversations: number) =>
    `Zum Team gehören ${people} Personen, ${channels} Rufnummern und ${conversations} Gespräche. Rufnummern und Gespräche gehen an das Team, das Sie wählen. Das lässt sich nicht zurücknehmen.`,
  withPeople: 'Die Personen gehen mit',
  withoutPeople: (alone: number) =>
    alone === 0
      ? 'Alle sind noch in einem anderen Team.'
      : alone === 1
        ? 'Eine Person ist in keinem anderen Team und sieht danach keine Gespräche mehr.'
        : `${alone} Personen sind in keinem anderen Team und sehen danach keine Gespräche mehr.`,
  handOver: 'Übergeben an',
  teamSaved: 'Die Teams sind geändert.',
}

export type PeopleWords = typeof de

const en: PeopleWords = {
  title: 'People',
  intro: 'Who works here, and what each of them may do. What citizens write is not shown here.',
  search: 'Name or e-mail address',
  role: 'Role',
  state: 'State',
  every: 'all',
  states: { active: 'active', invited: 'invited', disabled: 'disabled' },
  none: 'Nobody fits this choice.',
  shown: (n) => (n === 1 ? 'One person is shown.' : `${n} people are shown.`),
  more: 'Load more',
  one: 'Chosen',
  choose: 'Choose a person on the left, or invite somebody.',
  invite: 'Invite a person',
  teams: 'Teams',
  noTeam: 'no team',
  waits: (role) => `Role ${role} waits for a second person`,
  back: 'Back to the list',
  name: 'Name',
  email: 'E-mail address',
  byTwo: 'This role is given by two persons: your proposal waits seven days for the second one.',
  samePerson: 'Second account of',
  samePersonHint: 'Only if this person has an account already: both then count as one person.',
  nobody: 'nobody',
  doInvite: 'Invite',
  link: 'Link of the invitation',
  linkLead: 'This link is shown only now. Give it to the person in a safe way; it works once.',
  linkUntil: (moment) => `It is valid until ${moment}.`,
  copy: 'Copy link',
  done: 'Done',
  save: 'Save changes',
  saved: 'Saved. It holds from the next request on.',
  proposed: 'Saved. The new role waits for a second person.',
  deputy: 'Deputy',
  deputyHint: 'Whom the others ask while this person is away.',
  noDeputy: 'nobody',
  disable: 'Disable account',
  disableTitle: (name) => `Disable the account of ${name}?`,
  disableText:
    'The person is signed out at once and cannot sign in any more. Their open conversations go back to the team. You can enable the account again later.',
  enable: 'Enable account again',
  renew: 'Make a new link',
  revoke: 'Take back the invitation',
  revoked: 'The invitation is void.',
  invitedUntil: (moment) => `Invited; the link is valid until ${moment}.`,
  invitationOver: 'Invited, but the link is not valid any more.',
  access: 'Access',
  unsaved: 'Changes of a person',
  manageTeams: 'Manage teams',
  teamName: 'Name of the new team',
  addTeam: 'Make a team',
  renameTeam: (name) => `Rename ${name}`,
  closeTeam: (name) => `Close ${name}`,
  rename: 'Rename',
  close: 'Close',
  closeTitle: (name) => `Close ${name}?`,
  closeText: (people, channels, conversations) =>
    `The team has ${people} people, ${channels} numbers and ${conversations} conversations. Numbers and conversations go to the team that you choose. This cannot be undone.`,
  withPeople: 'The people go along',
  withoutPeople: (alone) =>
    alone === 0
      ? 'All of them are in another team as well.'
      : alone === 1
        ? 'One person is in no other team and will see no conversations.'
        : `${alone} people are in no other team and will see no conversations.`,
  handOver: 'Hand over to',
  teamSaved: 'The teams have been changed.',
}

/** The words of this desk alone; they come with it. */
export const peopleWords: Readonly<Record<'de' | 'en', PeopleWords>> = { de, en }
