import {
  maxNoticeValueCharacters,
  type NoticeDraft,
  noticeFaults,
  noticePlaceholders,
  noticeValues,
  sentenceOfField,
} from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './privacy-notice.module.css'
import { PrivacyNoticeText } from './privacy-notice-text.tsx'
import { privacyNoticeWords } from './privacy-notice-words.ts'

/** A draft of the next privacy notice, with what people would read of it beside; proposed when nothing in it stands for nothing. */
export function PrivacyNoticeForm({
  version,
  initial,
}: {
  version: number
  initial: NoticeDraft
}): ReactElement {
  const w = useWords()
  const c = privacyNoticeWords[w.language]
  const client = useQueryClient()
  const [entered, enter] = useEntered<NoticeDraft | null>('privacy notice', null)
  // Nobody is told of what is missing before they have tried.
  const [tried, setTried] = useState(false)
  const draft = entered ?? initial
  function change(next: Partial<NoticeDraft>): void {
    enter({ ...draft, ...next })
  }
  const proposing = useMutation({
    mutationFn: () => ask('proposePrivacyNotice', { body: { basedOn: version, draft } }),
    onSuccess: () => announce(c.proposed),
    onSettled: () => client.invalidateQueries({ queryKey: ['privacy-notice'] }),
  })
  useUnsaved(entered !== null && !proposing.isSuccess ? c.draft : null)
  const faults = noticeFaults(draft)
  const { error } = proposing
  function fault(path: string): string | undefined {
    const own = tried ? faults.find((one) => one.path === path) : undefined
    if (own !== undefined) return sentenceOfField(own, w.language)
    return error instanceof Failure ? error.fields.find((one) => one.path === path)?.message : undefined
  }
  const names = noticeValues.map((value) => `{${noticePlaceholders[value]}}`).join(', ')
  return (
    <>
      <h2>{c.editor}</h2>
      <p className={deskStyles.quiet}>{c.editorHint(names)}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (faults.length === 0) proposing.mutate()
        }}
      >
        {noticeValues.map((value) => (
          <Field
            key={value}
            label={c.values[value]}
            hint={[c.standsFor(noticePlaceholders[value]), c.valueHints[value]]
              .filter((hint) => hint !== '')
              .join('; ')}
            maxLength={maxNoticeValueCharacters}
            value={draft.values[value]}
            error={fault(`values.${value}`)}
            onChange={({ target }) => change({ values: { ...draft.values, [value]: target.value } })}
          />
        ))}
        <TextField
          label={c.plainLabel}
          rows={14}
          value={draft.plain}
          error={fault('plain')}
          onChange={({ target }) => change({ plain: target.value })}
        />
        <TextField
          label={c.englishLabel}
          hint={c.englishHint}
          optional={c.optional}
          rows={6}
          value={draft.english}
          error={fault('english')}
          onChange={({ target }) => change({ english: target.value })}
        />
        <TextField
          label={c.easyLabel}
          hint={c.easyHint}
          optional={c.optional}
          rows={14}
          value={draft.easy}
          error={fault('easy')}
          onChange={({ target }) => change({ easy: target.value })}
        />
        <Field
          type="date"
          label={c.easyTestedLabel}
          hint={c.easyTestedHint}
          optional={c.optional}
          value={draft.easyTestedOn ?? ''}
          error={fault('easyTestedOn')}
          onChange={({ target }) => change({ easyTestedOn: target.value === '' ? null : target.value })}
        />
        {tried && faults.length > 0 && (
          <Notice tone="danger" alert>
            {c.faults} {[...new Set(faults.map((one) => sentenceOfField(one, w.language)))].join(' ')}
          </Notice>
        )}
        {error !== null && (
          <Notice tone="danger" alert>
            {sentenceOf(w, error)}
          </Notice>
        )}
        <p>
          <Button type="submit" kind="primary" isDisabled={proposing.isPending}>
            {c.propose}
          </Button>{' '}
          {entered !== null && <Button onPress={() => enter(null)}>{c.discard}</Button>}
        </p>
      </form>
      <h2>{c.preview}</h2>
      <PrivacyNoticeText draft={draft} />
    </>
  )
}
