import { type Role, roles } from '@buergerdraht/contract'
import type { FormEvent, ReactElement } from 'react'
import type { Needs, Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './sign-in-settings-page.module.css'

type Settings = Reply<'readSignInSettings'>
type Change = Needs<'changeSignInSettings'>['body']
type Rule = Settings['providerRules'][number]
type Entry = Rule & { readonly key: number }

type Entered = { readonly claim: string; readonly entries: readonly Entry[] }

/** What the provider says of somebody → role and teams here. Saved as a whole: the order counts. */
export function ProviderRules({
  settings,
  isSaving,
  onSave,
}: {
  settings: Settings
  isSaving: boolean
  onSave: (change: Change) => void
}): ReactElement {
  const w = useWords()
  const c = w.signInSettings
  const [entered, enter] = useEntered<Entered | null>('rules of the identity provider', null)
  const { claim, entries } = entered ?? {
    claim: settings.providerClaim,
    entries: settings.providerRules.map((rule, key): Entry => ({ ...rule, key })),
  }
  function setEntries(next: readonly Entry[]): void {
    enter({ claim, entries: next })
  }
  const rules = entries.map(({ key: _, ...rule }) => rule)
  const isSaved =
    claim === settings.providerClaim && JSON.stringify(rules) === JSON.stringify(settings.providerRules)
  useUnsaved(isSaved ? null : c.rules)

  function change(key: number, more: Partial<Rule>): void {
    setEntries(entries.map((entry) => (entry.key === key ? { ...entry, ...more } : entry)))
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    onSave({ providerClaim: claim.trim(), providerRules: rules })
  }
  return (
    <form className={styles.section} onSubmit={submit}>
      <h3>{c.rules}</h3>
      <p className={styles.quiet}>{c.rulesLead}</p>
      <Field
        label={c.claim}
        hint={c.claimHint}
        value={claim}
        onChange={(event) => enter({ claim: event.target.value, entries })}
        required
        maxLength={200}
        spellCheck={false}
      />
      <ol className={styles.rules}>
        {entries.map(({ key, value, role, teamIds }, index) => (
          <li key={key}>
            <fieldset className={styles.rule}>
              <legend>{c.rule(index + 1)}</legend>
              <Field
                label={c.value}
                value={value}
                onChange={(event) => change(key, { value: event.target.value })}
                required
                maxLength={200}
                spellCheck={false}
              />
              <SelectField
                label={c.role}
                value={role}
                onChange={(event) => change(key, { role: event.target.value as Role })}
              >
                {roles.map((one) => (
                  <option key={one} value={one}>
                    {w.roles[one]}
                  </option>
                ))}
              </SelectField>
              <fieldset className={styles.teams}>
                <legend>{c.teams}</legend>
                {settings.teams.map(({ id, name }) => (
                  <label key={id}>
                    <input
                      type="checkbox"
                      checked={teamIds.includes(id)}
                      onChange={({ target }) =>
                        change(key, {
                          teamIds: target.checked ? [...teamIds, id] : teamIds.filter((one) => one !== id),
                        })
                      }
                    />
                    <span>{name}</span>
                  </label>
                ))}
              </fieldset>
              <p>
                <Button
                  compact
                  aria-label={c.removeRule(index + 1)}
                  onPress={() => setEntries(entries.filter((entry) => entry.key !== key))}
                >
                  {w.security.remove}
                </Button>
              </p>
            </fieldset>
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button
          icon="plus"
          onPress={() => {
            const key = Math.max(-1, ...entries.map((entry) => entry.key)) + 1
            setEntries([...entries, { key, value: '', role: 'clerk', teamIds: [] }])
          }}
        >
          {c.addRule}
        </Button>
        <Button kind="primary" type="submit" isDisabled={isSaving || isSaved}>
          {c.save}
        </Button>
      </div>
    </form>
  )
}
