import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { emptyHold, HoldFields, type Protection, protectionOf } from '../ui/hold-fields.tsx'
import { holdWords } from '../ui/hold-words.ts'
import { idsIn } from '../ui/ids-in.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './holds-page.module.css'
import { holdsQuery } from './holds-query.ts'
import { holdsWords } from './holds-words.ts'

type Scope = Needs<'setHold'>['body']['scope']
type Kind = Scope['kind']

const kinds: readonly Kind[] = ['CONVERSATION', 'CONTACT', 'OBJECT', 'CLUSTER', 'EVERYTHING']

function scopeOf(kind: Kind, named: string): Scope {
  if (kind === 'EVERYTHING') return { kind }
  if (kind === 'CLUSTER') return { kind, code: named.trim().toUpperCase() }
  // Also of the whole address, which is easier to copy.
  return { kind, id: idsIn(named)[0] ?? named.trim() }
}

/** Sets a hold over whatever it is to cover. */
export function SetForm({ onDone }: { onDone: () => void }): ReactElement {
  const w = useWords()
  const [c, words] = [holdsWords[w.language], holdWords[w.language]]
  const client = useQueryClient()
  const [entry, setEntry] = useState(emptyHold)
  const [kind, setKind] = useState<Kind>('CONVERSATION')
  const [named, setNamed] = useState('')
  useUnsaved(entry.kind === null ? null : c.newHold)
  const protection = protectionOf(entry)
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ scope, protection: set }: { scope: Scope; protection: Protection }) =>
      set.kind === 'hold'
        ? ask('setHold', { body: { scope, protection: set } })
        : ask('setRestriction', { body: { scope, protection: set } }),
    onSuccess: async () => {
      announce(words.done)
      await client.invalidateQueries({ queryKey: holdsQuery.queryKey })
      onDone()
    },
  })
  const fault =
    error instanceof Failure ? error.fields.find(({ path }) => path.startsWith('scope'))?.message : undefined
  return (
    <form
      className={styles.form}
      aria-label={c.newHold}
      onSubmit={(event) => {
        event.preventDefault()
        if (protection !== null && !isPending) mutate({ scope: scopeOf(kind, named), protection })
      }}
    >
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <HoldFields entry={entry} error={error} autoFocus onEntry={setEntry} />
      {entry.kind !== null && (
        <>
          <SelectField
            label={c.about}
            value={kind}
            onChange={({ currentTarget: { value } }) => setKind(value as Kind)}
          >
            {kinds
              .filter((one) => entry.kind === 'hold' || one === 'CONVERSATION' || one === 'CONTACT')
              .map((one) => (
                <option key={one} value={one}>
                  {c.scopes[one]}
                </option>
              ))}
          </SelectField>
          {kind !== 'EVERYTHING' && (
            <Field
              label={kind === 'CLUSTER' ? c.cluster : c.objectId}
              hint={kind === 'CLUSTER' ? c.clusterHint : c.objectIdHint}
              required
              autoComplete="off"
              value={named}
              error={fault}
              onChange={({ currentTarget: { value } }) => setNamed(value)}
            />
          )}
        </>
      )}
      <p className={deskStyles.buttons}>
        <Button onPress={onDone}>{w.general.cancel}</Button>
        <Button type="submit" kind="primary" isDisabled={protection === null || isPending}>
          {words.set}
        </Button>
      </p>
    </form>
  )
}
