import type { CatalogueCluster, RuleClass } from '@buergerdraht/contract'

type Cluster = Pick<CatalogueCluster, 'kind' | 'startsWhen'>
type Said = Pick<RuleClass, 'period' | 'endOfYear'>

const de = {
  language: 'de' as 'de' | 'en',
  units: { h: ['Stunde', 'Stunden'], d: ['Tag', 'Tage'], y: ['Jahr', 'Jahre'] } as Record<
    string,
    [string, string]
  >,
  atOnce: 'sofort',
  after: (period: string, event: string) => `${period} nach: ${event}`,
  afterYear: (period: string, event: string) => `${period} ab Ende des Kalenderjahres, nach: ${event}`,
  withParent: 'geht mit dem, wozu es gehört',
  unlessFiled: (rule: string) => `geht mit dem, wozu es gehört; ohne Akte spätestens ${rule}`,
  permanent: 'bleibt dauerhaft, weil ohne Personenbezug',
  variants: {
    FILE_PLAN_1Y: 'Aktenplan 1 Jahr',
    FILE_PLAN_2Y: 'Aktenplan 2 Jahre',
    FILE_PLAN_5Y: 'Aktenplan 5 Jahre',
    FILE_PLAN_10Y: 'Aktenplan 10 Jahre',
    FILE_PLAN_30Y: 'Aktenplan 30 Jahre',
    RAW_EVENT: 'gelesene Rohdaten',
    DEAD_LETTER: 'nicht lesbare Eingänge',
    JOB_DONE: 'erledigte Aufträge',
    JOB_FAILED: 'gescheiterte Aufträge',
    DATA_BACKUP: 'Sicherung der Daten',
    KEY_BACKUP: 'Sicherung der Schlüssel',
  } as Record<string, string>,
  effect: {
    none: 'Zurzeit ist nichts gespeichert, was diese Regel betrifft.',
    objects: (n: number, inWords: string) =>
      n === 1 ? 'Ein Objekt ist betroffen.' : `${inWords} Objekte sind betroffen.`,
    earlier: (n: number, inWords: string, days: number) =>
      `${n === 1 ? 'Ein Datum rückt' : `${inWords} Daten rücken`} vor${days > 0 ? `, um höchstens ${days === 1 ? 'einen Tag' : `${days} Tage`}` : ''}.`,
    later: (n: number, inWords: string, days: number) =>
      `${n === 1 ? 'Ein Datum rückt' : `${inWords} Daten rücken`} nach hinten, um höchstens ${days === 1 ? 'einen Tag' : `${days} Tage`}.`,
    atOnce: (n: number, inWords: string) =>
      n === 0
        ? 'Nichts davon wäre sofort fällig.'
        : `${n === 1 ? 'Ein Objekt wäre' : `${inWords} Objekte wären`} sofort fällig. Gelöscht wird davon nichts von selbst: erst ein neuer Löschlauf, den eine zweite Person freigibt, nimmt die kürzere Frist.`,
    waiting: (n: number, inWords: string) =>
      n === 1
        ? 'Bei einem hat die Frist noch nicht begonnen.'
        : `Bei ${inWords} hat die Frist noch nicht begonnen.`,
    table: 'Wirkung nach Team',
    team: 'Team',
    columns: { objects: 'betroffen', earlier: 'früher', later: 'später', dueAtOnce: 'sofort fällig' },
  },
}

export type RuleWords = typeof de

const en: RuleWords = {
  language: 'en',
  units: { h: ['hour', 'hours'], d: ['day', 'days'], y: ['year', 'years'] },
  atOnce: 'at once',
  after: (period, event) => `${period} after: ${event}`,
  afterYear: (period, event) => `${period} from the end of the calendar year, after: ${event}`,
  withParent: 'goes with what it belongs to',
  unlessFiled: (rule) => `goes with what it belongs to; without a file at the latest ${rule}`,
  permanent: 'stays for good, because nobody is named in it',
  variants: {
    FILE_PLAN_1Y: 'filing plan 1 year',
    FILE_PLAN_2Y: 'filing plan 2 years',
    FILE_PLAN_5Y: 'filing plan 5 years',
    FILE_PLAN_10Y: 'filing plan 10 years',
    FILE_PLAN_30Y: 'filing plan 30 years',
    RAW_EVENT: 'raw events that were read',
    DEAD_LETTER: 'dead letters',
    JOB_DONE: 'jobs that are done',
    JOB_FAILED: 'jobs that failed',
    DATA_BACKUP: 'backup of the data',
    KEY_BACKUP: 'backup of the keys',
  },
  effect: {
    none: 'Nothing is stored at present that this rule is about.',
    objects: (n, inWords) => (n === 1 ? 'One object is affected.' : `${inWords} objects are affected.`),
    earlier: (n, inWords, days) =>
      `${n === 1 ? 'One date moves' : `${inWords} dates move`} forward${days > 0 ? `, by ${days === 1 ? 'one day' : `${days} days`} at most` : ''}.`,
    later: (n, inWords, days) =>
      `${n === 1 ? 'One date moves' : `${inWords} dates move`} back, by ${days === 1 ? 'one day' : `${days} days`} at most.`,
    atOnce: (n, inWords) =>
      n === 0
        ? 'None of it would be due at once.'
        : `${n === 1 ? 'One object would be' : `${inWords} objects would be`} due at once. None of it is deleted by itself: only a new deletion run that a second person approves takes the shorter period.`,
    waiting: (n, inWords) =>
      n === 1 ? 'Of one the period has not begun.' : `Of ${inWords} the period has not begun.`,
    table: 'Effect by team',
    team: 'Team',
    columns: { objects: 'affected', earlier: 'earlier', later: 'later', dueAtOnce: 'due at once' },
  },
}

/** Deletion rules in words, for the desks that show them. */
export const ruleWords: Readonly<Record<'de' | 'en', RuleWords>> = { de, en }

export function periodInWords(c: RuleWords, period: string): string {
  const n = Number.parseInt(period, 10)
  if (n === 0) return c.atOnce
  return `${n} ${c.units[period.slice(-1)]?.[n === 1 ? 0 : 1] ?? ''}`
}

function classInWords(c: RuleWords, { startsWhen }: Cluster, { period, endOfYear }: Said): string {
  return (endOfYear ? c.afterYear : c.after)(periodInWords(c, period), startsWhen[c.language])
}

/** A rule as sentences, one for each of its classes. */
export function ruleInWords(
  c: RuleWords,
  cluster: Cluster,
  classes: readonly (Said & { variant: string | null })[],
): string[] {
  if (cluster.kind === 'PERMANENT') return [c.permanent]
  if (cluster.kind === 'WITH_PARENT' && classes.length === 0) return [c.withParent]
  return classes.map((one) => {
    const said = classInWords(c, cluster, one)
    if (cluster.kind === 'WITH_PARENT') return c.unlessFiled(said)
    return one.variant === null ? said : `${c.variants[one.variant] ?? one.variant}: ${said}`
  })
}
