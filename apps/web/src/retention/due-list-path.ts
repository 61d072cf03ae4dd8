import type { DueKind, UndecidedAge } from '@buergerdraht/contract'

/** A list of objects on this desk, as its address names it. */
export type DueListName =
  | { readonly list: 'overdue' | 'kept' | 'waiting' | 'missing'; readonly kind?: DueKind }
  | { readonly list: 'week'; readonly week: string; readonly kind?: DueKind }
  | { readonly list: 'undecided'; readonly age: UndecidedAge }

const kindPaths: Readonly<Record<DueKind, string>> = {
  matter: 'vorgaenge',
  contact: 'personen',
  file: 'dateien',
  request: 'antraege',
  notice: 'informationsnachweise',
}
const agePaths: Readonly<Record<UndecidedAge, string>> = {
  'under-90': 'bis-90-tage',
  '90-180': 'bis-180-tage',
  '180-365': 'bis-365-tage',
  'over-365': 'ueber-365-tage',
}
const listPaths = {
  overdue: 'ueberfaellig',
  kept: 'aufgehalten',
  waiting: 'wartend',
  missing: 'ohne-datum',
} as const

function keyOf<K extends string>(paths: Readonly<Record<K, string>>, path: string): K | undefined {
  return (Object.keys(paths) as K[]).find((key) => paths[key] === path)
}

export function dueListPath(name: DueListName): string {
  const base = '/loeschkonzept/'
  if (name.list === 'undecided') return `${base}unentschieden-${agePaths[name.age]}`
  const kind = name.kind === undefined ? '' : `-${kindPaths[name.kind]}`
  return `${base}${name.list === 'week' ? `woche-${name.week}` : listPaths[name.list]}${kind}`
}

/** The list that an address of this desk names; null: it names something else. */
export function dueListOf(openId: string | null): DueListName | null {
  if (openId === null) return null
  if (openId.startsWith('unentschieden-')) {
    const age = keyOf(agePaths, openId.slice('unentschieden-'.length))
    return age === undefined ? null : { list: 'undecided', age }
  }
  const [, kindPath = ''] = /-([a-z]+)$/.exec(openId) ?? []
  const kind = keyOf(kindPaths, kindPath)
  const path = kind === undefined ? openId : openId.slice(0, -kindPath.length - 1)
  const of = kind === undefined ? {} : { kind }
  const [, week] = /^woche-(\d{4}-W\d{2})$/.exec(path) ?? []
  if (week !== undefined) return { list: 'week', week, ...of }
  const list = keyOf(listPaths, path)
  return list === undefined ? null : { list, ...of }
}
