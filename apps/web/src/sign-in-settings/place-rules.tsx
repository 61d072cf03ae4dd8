import { type Role, roles } from '@buergerdraht/contract'
import { type FormEvent, type ReactElement, useState } from 'react'
import { Failure, type Needs, type Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Switch, TextField } from '../ui/field.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './sign-in-settings-page.module.css'

type Settings = Reply<'readSignInSettings'>
type Change = Needs<'changeSignInSettings'>['body']

function linesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((line) => line !== '')
}

/** Which of a role's lines were refused, and why. */
function faultOf(error: unknown, role: Role, lines: readonly string[]): string | undefined {
  const faults = error instanceof Failure ? error.fields : []
  const own = faults.flatMap(({ path, message }) => {
    const [field, of, n] = path.split('.')
    return field === 'networkRules' && of === role ? [`${lines[Number(n)] ?? ''}: ${message}`] : []
  })
  return own.length === 0 ? undefined : own.join(' ')
}

/** From where each role is answered. Saved as a whole; what would shut out whoever saves it is refused by the server. */
export function PlaceRules({
  settings,
  isSaving,
  error,
  onSave,
}: {
  settings: Settings
  isSaving: boolean
  error: unknown
  onSave: (change: Change) => void
}): ReactElement {
  const w = useWords()
  const c = w.signInSettings
  const [texts, setTexts] = useState<Partial<Record<Role, string>>>({})
  const rules = Object.fromEntries(
    roles.flatMap((role) => {
      const text = texts[role]
      const lines = text === undefined ? undefined : linesOf(text)
      const isSaved = lines === undefined || lines.join() === (settings.networkRules[role] ?? []).join()
      return isSaved ? [] : [[role, lines]]
    }),
  )
  const isSaved = Object.keys(rules).length === 0
  useUnsaved(isSaved ? null : c.places)

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    onSave({ networkRules: rules })
  }
  return (
    <>
      <p className={styles.quiet}>{c.placesLead}</p>
      <p>{c.asker(settings.asker.address)}</p>
      <form className={styles.section} onSubmit={submit}>
        {roles.map((role) => {
          const text = texts[role] ?? (settings.networkRules[role] ?? []).join('\n')
          return (
            <TextField
              key={role}
              label={w.roles[role]}
              hint={text === '' ? c.fromEverywhere : undefined}
              error={faultOf(error, role, linesOf(text))}
              value={text}
              rows={Math.max(1, text.split('\n').length)}
              onChange={({ target }) => setTexts({ ...texts, [role]: target.value })}
              spellCheck={false}
            />
          )
        })}
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" isDisabled={isSaving || isSaved}>
            {c.savePlaces}
          </Button>
        </div>
      </form>
      <h3>{c.certificates}</h3>
      {settings.certificates ? (
        <>
          <p className={styles.quiet}>
            {c.certificatesLead} {settings.asker.certificate ? c.askerShowsOne : c.askerShowsNone}
          </p>
          {roles.map((role) => (
            <Switch
              key={role}
              label={w.roles[role]}
              checked={settings.certificateRoles.includes(role)}
              onChange={(on) =>
                onSave({
                  certificateRoles: roles.filter((one) =>
                    one === role ? on : settings.certificateRoles.includes(one),
                  ),
                })
              }
            />
          ))}
        </>
      ) : (
        <p>{c.noCertificates}</p>
      )}
    </>
  )
}
