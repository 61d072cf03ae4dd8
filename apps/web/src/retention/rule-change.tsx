import type { CatalogueCluster, RulePeriod } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField, Switch } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { RuleEffect } from '../ui/rule-effect.tsx'
import { periodInWords, ruleWords } from '../ui/rule-words.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { catalogueQuery } from './catalogue-query.ts'
import { rulesWords } from './rules-words.ts'

function Refused({ error }: { error: unknown }): ReactElement {
  const w = useWords()
  const fields = error instanceof Failure ? error.fields : []
  return (
    <Notice tone="danger">
      {fields.length === 0 ? sentenceOf(w, error) : fields.map(({ message }) => message).join(' ')}
    </Notice>
  )
}

/** One period of a rule: how long it is, and whether it waits for the end of the year. */
function Period({
  value,
  periods,
  onChange,
}: {
  value: RulePeriod
  periods: readonly string[]
  onChange: (value: RulePeriod) => void
}): ReactElement {
  const w = useWords()
  const c = rulesWords[w.language]
  const words = ruleWords[w.language]
  const { variant } = value
  const name = variant === null ? c.newPeriod : `${c.newPeriod}: ${words.variants[variant] ?? variant}`
  return (
    <>
      <SelectField
        label={name}
        value={value.period}
        onChange={(event) => onChange({ ...value, period: event.target.value })}
      >
        {periods.map((period) => (
          <option key={period} value={period}>
            {periodInWords(words, period)}
          </option>
        ))}
      </SelectField>
      <Switch
        label={c.endOfYear}
        hint={c.endOfYearHint}
        checked={value.endOfYear}
        onChange={(endOfYear) => onChange({ ...value, endOfYear })}
      />
    </>
  )
}

/** Another period: first what it would do, then proposed to the second person. */
export function RuleChange({
  cluster: { code, versions },
  periods,
  mayPropose,
}: {
  cluster: CatalogueCluster
  periods: readonly string[]
  mayPropose: boolean
}): ReactElement {
  const c = rulesWords[useWords().language]
  const client = useQueryClient()
  const [entered, setAsked] = useEntered<readonly RulePeriod[] | null>(`rule ${code}`, null)
  const asked =
    entered ??
    (versions[0]?.classes ?? []).map(({ variant, period, endOfYear }) => ({ variant, period, endOfYear }))
  const needs = { params: { cluster: code }, body: { periods: [...asked] } }
  const preview = useMutation({
    mutationFn: () => ask('previewRule', needs),
    onSuccess: () => announce(c.effect),
  })
  const proposing = useMutation({
    mutationFn: () => ask('proposeRule', needs),
    onSuccess: () => {
      preview.reset()
      announce(c.proposed)
    },
    onSettled: () => client.invalidateQueries({ queryKey: catalogueQuery.queryKey }),
  })
  useUnsaved(entered === null || proposing.isSuccess ? null : c.unsaved(code))
  function change(index: number, value: RulePeriod): void {
    // What was shown was of other periods.
    preview.reset()
    proposing.reset()
    setAsked(asked.map((one, place) => (place === index ? value : one)))
  }
  return (
    <>
      <p className={deskStyles.quiet}>{c.changeHint}</p>
      <form
        className={deskStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          preview.mutate()
        }}
      >
        {asked.map((value, index) => (
          <Period
            key={value.variant}
            value={value}
            periods={periods}
            onChange={(changed) => change(index, changed)}
          />
        ))}
        <p>
          <Button type="submit" isDisabled={preview.isPending}>
            {c.preview}
          </Button>
        </p>
      </form>
      {preview.error !== null && <Refused error={preview.error} />}
      {preview.data !== undefined && (
        <>
          <h3>{c.effect}</h3>
          <RuleEffect preview={preview.data} />
          {mayPropose && (
            <p>
              <Button kind="primary" isDisabled={proposing.isPending} onPress={() => proposing.mutate()}>
                {c.propose}
              </Button>
            </p>
          )}
        </>
      )}
      {proposing.error !== null && <Refused error={proposing.error} />}
    </>
  )
}
