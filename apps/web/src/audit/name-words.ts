import type { NameReason } from '@buergerdraht/contract'

const de = {
  ask: 'Namen aufdecken lassen',
  lead: (mark: string) =>
    `Wer hinter ${mark} steht, erfahren Sie, wenn eine zweite Person zustimmt, und höchstens einen Tag lang. Die betroffene Person entscheidet nicht mit; alles wird protokolliert.`,
  reason: 'Grund',
  reasons: {
    'suspected-misuse': 'Verdacht auf Missbrauch',
    'security-incident': 'Sicherheitsvorfall',
    'data-subject-request': 'Auskunftsersuchen einer betroffenen Person',
    'commissioned-audit': 'Prüfauftrag',
  } satisfies Record<NameReason, string> as Record<NameReason, string>,
  hours: 'Wie viele Stunden',
  hoursHint: '1 bis 24, ab der Entscheidung der zweiten Person.',
  send: 'Beantragen',
  asked: 'Der Antrag wartet auf eine zweite Person (Vier-Augen).',
  until: (mark: string, name: string, when: string) => `${mark} ist ${name}. Das sehen Sie bis ${when}.`,
}

export type NameWords = typeof de

const en: NameWords = {
  ask: 'Have the name revealed',
  lead: (mark) =>
    `Who stands behind ${mark} you are told when a second person agrees, and for a day at most. The person concerned does not decide; all of it is recorded.`,
  reason: 'Reason',
  reasons: {
    'suspected-misuse': 'Suspected misuse',
    'security-incident': 'Security incident',
    'data-subject-request': 'Request of a person concerned',
    'commissioned-audit': 'Commissioned audit',
  },
  hours: 'How many hours',
  hoursHint: '1 to 24, from the decision of the second person.',
  send: 'Ask',
  asked: 'The request waits for a second person.',
  until: (mark, name, when) => `${mark} is ${name}. You see this until ${when}.`,
}

/** The words of revealing a name alone. */
export const nameWords: Readonly<Record<'de' | 'en', NameWords>> = { de, en }
