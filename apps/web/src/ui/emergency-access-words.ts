import type { EmergencyReason, ProposalState } from '@buergerdraht/contract'

const de = {
  title: 'Notfallzugriff',
  intro:
    'Wenn es nicht anders geht: für höchstens eine Stunde die Gespräche eines Teams lesen und beantworten, zu dem Sie nicht gehören. Eine zweite Person entscheidet, der Datenschutz erfährt es sofort, und alles, was Sie dabei tun, wird gesondert protokolliert.',
  introWatch:
    'Wer gerade die Gespräche eines fremden Teams lesen darf und wer es in den letzten 30 Tagen durfte. Sie können jeden Notfallzugriff sofort beenden.',
  ask: 'Notfallzugriff beantragen',
  team: 'Team',
  reason: 'Grund',
  minutes: 'Dauer in Minuten',
  minutesHint: '5 bis 60. Sie zählt ab der Entscheidung der zweiten Person.',
  send: 'Beantragen',
  asked: 'Der Antrag wartet auf eine zweite Person.',
  reasons: {
    danger: 'Gefahr für Menschen oder Sachen',
    'team-absent': 'Vom Team ist niemand da',
    'legal-deadline': 'Frist, die sonst verstreicht',
    fault: 'Störung, die nur am Gespräch zu klären ist',
    'security-incident': 'Sicherheitsvorfall',
  } satisfies Record<EmergencyReason, string> as Record<EmergencyReason, string>,
  requests: 'Ihre Anträge',
  states: {
    open: 'wartet auf eine zweite Person',
    approved: 'gebilligt',
    refused: 'abgelehnt',
    withdrawn: 'zurückgezogen',
    expired: 'abgelaufen',
  } satisfies Record<ProposalState, string> as Record<ProposalState, string>,
  withdraw: 'Antrag zurückziehen',
  list: 'Die letzten 30 Tage',
  none: 'In den letzten 30 Tagen gab es keinen.',
  takeUp: 'Zugriff beginnen',
  end: 'Notfallzugriff beenden',
  ended: 'Der Notfallzugriff ist beendet.',
  of: (name: string, team: string) => `${name} · ${team}`,
  closedTeam: 'ein aufgelöstes Team',
  by: (name: string) => `gewährt von ${name}`,
  byOperators: (names: string) => `an der Kommandozeile gewährt, angegeben: ${names}`,
  holdsUntil: (when: string) => `gilt bis ${when}`,
  ranUntil: (when: string) => `abgelaufen ${when}`,
  endedAt: (when: string, name: string | null) =>
    name === null ? `beendet ${when}` : `beendet ${when} von ${name}`,
  banner: (team: string, left: string) =>
    `Notfallzugriff auf ${team}, noch ${left}. Alles, was Sie tun, wird gesondert protokolliert.`,
  unsaved: 'Antrag auf Notfallzugriff',
}

export type EmergencyAccessWords = typeof de

const en: EmergencyAccessWords = {
  title: 'Emergency access',
  intro:
    'Where there is no other way: for an hour at most, read and answer the conversations of a team that you are not in. A second person decides, data protection is told at once, and everything you do meanwhile is recorded apart.',
  introWatch:
    'Who may read the conversations of a team not theirs now, and who might in the last 30 days. You can end any emergency access at once.',
  ask: 'Ask for emergency access',
  team: 'Team',
  reason: 'Reason',
  minutes: 'Minutes',
  minutesHint: '5 to 60. They count from the decision of the second person.',
  send: 'Ask',
  asked: 'The request waits for a second person.',
  reasons: {
    danger: 'Danger to people or things',
    'team-absent': 'Nobody of the team is there',
    'legal-deadline': 'A deadline that would be missed',
    fault: 'A fault that only the conversation explains',
    'security-incident': 'Security incident',
  },
  requests: 'Your requests',
  states: {
    open: 'waits for a second person',
    approved: 'approved',
    refused: 'refused',
    withdrawn: 'withdrawn',
    expired: 'expired',
  },
  withdraw: 'Withdraw the request',
  list: 'The last 30 days',
  none: 'There was none in the last 30 days.',
  takeUp: 'Begin',
  end: 'End emergency access',
  ended: 'The emergency access has ended.',
  of: (name, team) => `${name} · ${team}`,
  closedTeam: 'a team that was closed',
  by: (name) => `granted by ${name}`,
  byOperators: (names) => `granted at the command line, by their own account: ${names}`,
  holdsUntil: (when) => `holds until ${when}`,
  ranUntil: (when) => `ran out ${when}`,
  endedAt: (when, name) => (name === null ? `ended ${when}` : `ended ${when} by ${name}`),
  banner: (team, left) => `Emergency access to ${team}, ${left} left. Everything you do is recorded apart.`,
  unsaved: 'request for emergency access',
}

/** The words of this desk, of the banner, and of whoever is told; they come with them. */
export const emergencyAccessWords: Readonly<Record<'de' | 'en', EmergencyAccessWords>> = { de, en }
