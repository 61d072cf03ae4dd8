import { may, type RestoreTaskList, restoreTaskLists } from '@buergerdraht/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask, type Session } from '../api.ts'
import { Figure, Figures } from '../ui/figures.tsx'
import { Notice } from '../ui/notice.tsx'
import { Empty } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { RestoreTasks } from './restore-tasks.tsx'
import { restoreWords } from './restore-words.ts'
import { SubPage } from './sub-page.tsx'

/** Each number leads to the list behind it: the address names the list. */
const pathOf: Readonly<Record<RestoreTaskList, string>> = {
  open: 'wiederherstellung',
  done: 'wiederherstellung-erledigt',
}

/** The list that an address below the deletion concept names; null: it names something else. */
export function restoreTaskListOf(openId: string | null): RestoreTaskList | null {
  return restoreTaskLists.find((list) => pathOf[list] === openId) ?? null
}

function tasksQuery(of: RestoreTaskList) {
  return queryOptions({
    queryKey: ['restore', 'tasks', of] as const,
    queryFn: ({ signal }) => ask('listRestoreTasks', { query: { of } }, signal),
    ...changesByDecision,
  })
}

/** On the first page of the deletion concept: what is still to be done after a restore, as long as anything is or was. */
export function AfterRestore(): ReactElement | null {
  const c = restoreWords[useWords().language]
  const { data } = useQuery(tasksQuery('open'))
  if (data === undefined || data.counts.open + data.counts.done === 0) return null
  return (
    <>
      <h2>{c.tasksTitle}</h2>
      {data.counts.open > 0 && <Notice tone="warning">{c.stillOpen(data.counts.open)}</Notice>}
      <p>
        <Link href={`/loeschkonzept/${pathOf.open}`}>{c.overview}</Link>
      </p>
    </>
  )
}

/** What has to be done again after restores, and what of that is done. It names nobody but whoever has it. */
export function RestoreTasksPage({ of, session }: { of: RestoreTaskList; session: Session }): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <SubPage words={{ title: c.tasksTitle, intro: c.tasksIntro }} query={useQuery(tasksQuery(of))}>
      {({ counts, items }) => (
        <>
          <Figures>
            {restoreTaskLists.map((list) => (
              <Figure
                key={list}
                name={c.lists[list]}
                value={
                  <Link
                    href={`/loeschkonzept/${pathOf[list]}`}
                    aria-label={`${c.lists[list]}: ${inWords.format(counts[list])}`}
                    aria-current={list === of ? 'page' : undefined}
                  >
                    {inWords.format(counts[list])}
                  </Link>
                }
              />
            ))}
          </Figures>
          <h2>{c.lists[of]}</h2>
          {items.length === 0 ? (
            <Empty icon="check">{c.none}</Empty>
          ) : (
            <RestoreTasks tasks={items} released mayAct={may(session.account.role, 'release-restore')} />
          )}
        </>
      )}
    </SubPage>
  )
}
