import { useMutation } from '@tanstack/react-query'
import type { FormEvent, ReactElement } from 'react'
import { ask, Failure, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField, TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { TemplatePreview } from '../ui/template-preview.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './channel-templates.module.css'
import { providerSentence } from './provider-sentence.ts'

const languages = ['de', 'en', 'tr', 'uk', 'ru', 'ar', 'pl', 'ro'] as const

/** How many placeholders the text counts up to: `{{1}}`, `{{2}}` … */
function countIn(text: string): number {
  return Math.max(0, ...[...text.matchAll(/\{\{(\d{1,2})\}\}/g)].map(([, number]) => Number(number)))
}

type Entered = {
  readonly name: string
  readonly language: (typeof languages)[number]
  readonly text: string
  readonly footer: string
  readonly examples: readonly string[]
}
const nothing: Entered = { name: '', language: 'de', text: '', footer: '', examples: [] }

/** A new utility template, as it is to be approved. */
function TemplateForm({
  channelId,
  form,
  onDone,
}: {
  channelId: string
  /** What its entries belong to. */
  form: string
  onDone: (read: Reply<'submitTemplate'> | null) => void
}): ReactElement {
  const w = useWords()
  const [entered, enter] = useEntered(form, nothing)
  const { name, language, text, footer, examples } = entered
  function change(next: Partial<Entered>): void {
    enter({ ...entered, ...next })
  }
  const isEntered = [name, text, footer, ...examples].some((entry) => entry.trim() !== '')
  useUnsaved(isEntered ? w.channels.unsavedTemplate(name.trim()) : null)
  const wanted = Array.from({ length: Math.min(20, countIn(text)) }, (_, index) => examples[index] ?? '')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      ask('submitTemplate', {
        params: { id: channelId },
        body: { name, language, text, ...(footer.trim() === '' ? {} : { footer }), examples: wanted },
      }),
    onSuccess: (read) => {
      announce(w.channels.templateSubmitted)
      onDone(read)
    },
  })
  function fault(path: string): string | undefined {
    const faults = error instanceof Failure ? error.fields : []
    return faults.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <h4>{w.channels.newTemplate}</h4>
      <p className={styles.quiet}>{w.channels.newTemplateHint}</p>
      {error !== null && (
        <Notice tone="danger" alert>
          {providerSentence(w, error)}
        </Notice>
      )}
      <Field
        label={w.channels.templateName}
        hint={w.channels.templateNameHint}
        value={name}
        required
        pattern="[a-z0-9_]{1,64}"
        autoComplete="off"
        error={fault('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <SelectField
        label={w.channels.templateLanguage}
        value={language}
        error={fault('language')}
        onChange={(event) =>
          change({ language: languages.find((one) => one === event.target.value) ?? 'de' })
        }
      >
        {languages.map((one) => (
          <option key={one} value={one}>
            {new Intl.DisplayNames(w.locale, { type: 'language' }).of(one)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={w.channels.templateText}
        hint={w.channels.templateTextHint}
        value={text}
        required
        maxLength={1024}
        rows={4}
        error={fault('text')}
        onChange={(event) => change({ text: event.target.value })}
      />
      {wanted.map((value, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a placeholder is its number
          key={index}
          label={w.channels.templateExample(index + 1)}
          value={value}
          required
          maxLength={200}
          autoComplete="off"
          error={fault(`examples.${index}`) ?? (index === 0 ? fault('examples') : undefined)}
          onChange={(event) => change({ examples: wanted.with(index, event.target.value) })}
        />
      ))}
      <Field
        label={w.channels.templateFooter}
        optional={w.channels.optional}
        value={footer}
        maxLength={60}
        autoComplete="off"
        error={fault('footer')}
        onChange={(event) => change({ footer: event.target.value })}
      />
      {text.trim() !== '' && (
        <TemplatePreview
          words={{ header: null, body: text, footer: footer.trim() === '' ? null : footer, buttons: [] }}
        />
      )}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {w.channels.submitTemplate}
        </Button>
        <Button onPress={() => onDone(null)}>{w.general.cancel}</Button>
      </div>
    </form>
  )
}

export default TemplateForm
