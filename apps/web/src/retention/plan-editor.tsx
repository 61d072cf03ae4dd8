import type { FilingPlanEntry } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { filingPlanWords } from './filing-plan-words.ts'
import { PlanImport } from './plan-import.tsx'
import { PlanTable, YearsOptions, yearsOf } from './plan-table.tsx'

type Entries = readonly FilingPlanEntry[]
const blank: FilingPlanEntry = { reference: '', title: '', years: null }

function differenceOf(before: Entries, after: Entries) {
  const old = new Map(before.map((entry) => [entry.reference.toLowerCase(), entry]))
  const kept = after.flatMap((entry) => {
    const was = old.get(entry.reference.toLowerCase())
    return was === undefined ? [] : [{ was, entry }]
  })
  return {
    added: after.length - kept.length,
    removed: before.length - kept.length,
    changed: kept.filter(({ was, entry }) => was.years !== entry.years || was.title !== entry.title).length,
    shorter: kept.filter(({ was, entry }) => (entry.years ?? 0) < (was.years ?? 0)).length,
  }
}

function NewEntry({ onAdd }: { onAdd: (entry: FilingPlanEntry) => void }): ReactElement {
  const c = filingPlanWords[useWords().language]
  const [entry, setEntry] = useState(blank)
  const [isBlank, setBlank] = useState(false)
  function faultOf(text: string): string | undefined {
    return isBlank && text.trim() === '' ? c.missing : undefined
  }
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const trimmed = { ...entry, reference: entry.reference.trim(), title: entry.title.trim() }
        const isWhole = trimmed.reference !== '' && trimmed.title !== ''
        setBlank(!isWhole)
        if (!isWhole) return
        onAdd(trimmed)
        setEntry(blank)
      }}
    >
      <Field
        label={c.reference}
        required
        maxLength={60}
        error={faultOf(entry.reference)}
        value={entry.reference}
        onChange={({ target }) => setEntry({ ...entry, reference: target.value })}
      />
      <Field
        label={c.name}
        required
        maxLength={200}
        error={faultOf(entry.title)}
        value={entry.title}
        onChange={({ target }) => setEntry({ ...entry, title: target.value })}
      />
      <SelectField
        label={c.period}
        value={entry.years ?? ''}
        onChange={({ target }) => setEntry({ ...entry, years: yearsOf(target.value) })}
      >
        <YearsOptions />
      </SelectField>
      <p>
        <Button type="submit" icon="plus">
          {c.add}
        </Button>
      </p>
    </form>
  )
}

/** A draft of the next filing plan: from a file or by hand, and proposed as a whole. */
export function PlanEditor({ version, entries }: { version: number; entries: Entries }): ReactElement {
  const w = useWords()
  const c = filingPlanWords[w.language]
  const client = useQueryClient()
  const [entered, setDraft] = useEntered<Entries | null>('filing plan', null)
  const draft = entered ?? entries
  const { added, removed, changed, shorter } = differenceOf(entries, draft)
  const isChanged = added + removed + changed > 0
  const proposing = useMutation({
    mutationFn: () => ask('proposeFilingPlan', { body: { basedOn: version, entries: [...draft] } }),
    onSuccess: () => announce(c.proposed),
    onSettled: () => client.invalidateQueries({ queryKey: ['filing-plan'] }),
  })
  useUnsaved(isChanged && !proposing.isSuccess ? c.draft : null)
  return (
    <>
      <PlanImport onRead={(read) => setDraft(read.entries)} />
      <h2>{c.add}</h2>
      <NewEntry
        onAdd={(entry) =>
          setDraft([
            ...draft.filter(({ reference }) => reference.toLowerCase() !== entry.reference.toLowerCase()),
            entry,
          ])
        }
      />
      {isChanged && (
        <>
          <h2>{c.draft}</h2>
          <ul>
            <li>{c.added(added)}</li>
            <li>{c.removed(removed)}</li>
            <li>{c.changed(changed)}</li>
            {shorter > 0 && <li>{c.shorter(shorter)}</li>}
          </ul>
          {proposing.error !== null && (
            <Notice tone="danger" alert>
              {sentenceOf(w, proposing.error)}
            </Notice>
          )}
          <p>
            <Button kind="primary" isDisabled={proposing.isPending} onPress={() => proposing.mutate()}>
              {c.propose}
            </Button>{' '}
            <Button onPress={() => setDraft(null)}>{c.discard}</Button>
          </p>
        </>
      )}
      {draft.length > 0 && <PlanTable name={c.draftPlan} entries={draft} onChange={setDraft} />}
    </>
  )
}
