import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import styles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { restoreWords } from './restore-words.ts'

export type Task = Reply<'listRestoreTasks'>['items'][number]
type Act = 'takeRestoreTask' | 'completeRestoreTask'

/** What may be done about a task: before the release it is taken over once; afterwards by whoever has it, or from them. */
function Acts({
  task: { entry, takenAt, isMine, isForMe, doneAt },
  released,
  disabled,
  onAct,
}: {
  task: Task
  released: boolean
  disabled: boolean
  onAct: (act: Act) => void
}): ReactElement | null {
  const c = restoreWords[useWords().language]
  if (doneAt !== null || !isForMe) return null
  const by = `task-${entry}`
  return (
    <p className={styles.buttons}>
      {released && isMine && (
        <Button
          kind="primary"
          aria-describedby={by}
          isDisabled={disabled}
          onPress={() => onAct('completeRestoreTask')}
        >
          {c.done}
        </Button>
      )}
      {(takenAt === null || (released && !isMine)) && (
        <Button aria-describedby={by} isDisabled={disabled} onPress={() => onAct('takeRestoreTask')}>
          {c.take}
        </Button>
      )}
    </p>
  )
}

function Standing({ task: { aroseAt, takenAt, takenBy, doneAt } }: { task: Task }): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const who = takenBy ?? c.somebody
  function moment(at: string): string {
    return shortMoment(w, Date.parse(at))
  }
  if (doneAt !== null) return <p>{c.doneAt(who, moment(doneAt))}</p>
  return (
    <p>
      {c.since(moment(aroseAt))} {takenAt === null ? c.nobody : c.takenAt(who, moment(takenAt))}
    </p>
  )
}

/** What has to be done again after a restore, entry by entry: what, by whom, and how far it is. Acts only where `mayAct`. */
export function RestoreTasks({
  tasks,
  released,
  mayAct,
}: {
  tasks: readonly Task[]
  /** People have been let in again, so that it can be done. */
  released: boolean
  mayAct: boolean
}): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ act, entry }: { act: Act; entry: number }) =>
      ask(act, { params: { entry: String(entry) } }),
    onSuccess: (_, { act }) => announce(act === 'takeRestoreTask' ? c.taken : c.isDone),
    onSettled: () => client.invalidateQueries({ queryKey: ['restore'] }),
  })
  return (
    <>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <ol className={styles.items}>
        {tasks.map((task) => (
          <li key={task.entry} className={styles.item}>
            <h3 id={`task-${task.entry}`}>{c.entryOf(task.entry, task.title?.[w.language] ?? c.removed)}</h3>
            <p>{task.todo[w.language]}</p>
            <p>
              {c.isFor(
                new Intl.ListFormat(w.locale, { type: 'disjunction' }).format(
                  task.roles.map((role) => w.roles[role]),
                ),
              )}
            </p>
            <dl className={styles.facts}>
              {task.facts.map(({ name, value }) => [
                <dt key={`${name.de} name`}>{name[w.language]}</dt>,
                <dd key={name.de}>{value[w.language]}</dd>,
              ])}
            </dl>
            <Standing task={task} />
            {mayAct && (
              <Acts
                task={task}
                released={released}
                disabled={isPending}
                onAct={(act) => mutate({ act, entry: task.entry })}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
