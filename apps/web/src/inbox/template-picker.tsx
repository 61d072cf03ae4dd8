import { filledIn, placeholdersOf } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { Conversation, Reply as ReplyOf } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { TemplatePreview } from '../ui/template-preview.tsx'
import { useEntered } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import closeStyles from './close-question.module.css'
import { templatesQuery } from './conversation-cache.ts'
import { MarkupText } from './markup-text.tsx'
import type { OutboxSender } from './outbox-sender.ts'
import styles from './template-picker.module.css'

type Template = ReplyOf<'listTemplates'>['items'][number]

function keyOf(template: Template): string {
  return `${template.name} ${template.language}`
}

/** What is filled in, by template: whoever looks at another one finds it again. */
type Entered = Readonly<Record<string, readonly string[]>>
const nothing: Entered = {}

function Fill({
  template,
  entered,
  onEnter,
  onSend,
}: {
  template: Template
  entered: readonly string[]
  onEnter: (values: readonly string[]) => void
  onSend: (values: readonly string[]) => void
}): ReactElement {
  const w = useWords()
  const placeholders = placeholdersOf(template.words)
  const values = placeholders.map((_, index) => entered[index] ?? '')
  const [checked, setChecked] = useState(false)
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    setChecked(true)
    const missing = values.findIndex((value) => value.trim() === '')
    if (missing === -1) onSend(values.map((value) => value.trim()))
    else document.getElementById(`placeholder-${missing + 1}`)?.focus()
  }
  const shown = filledIn(
    template.words,
    new Map(placeholders.map(({ key }, index) => [key, values[index]?.trim() ?? ''])),
  )
  return (
    <form className={styles.fill} onSubmit={submit} noValidate>
      {placeholders.map(({ key, name, place }, index) => {
        const label = w.templates.placeholder(name, place)
        return (
          <Field
            key={key}
            id={`placeholder-${index + 1}`}
            label={label}
            value={values[index] ?? ''}
            maxLength={1024}
            autoComplete="off"
            error={
              checked && (values[index] ?? '').trim() === ''
                ? w.templates.placeholderMissing(label)
                : undefined
            }
            onChange={(event) => onEnter(values.with(index, event.target.value))}
          />
        )
      })}
      <div>
        <p className={styles.label}>{w.templates.preview}</p>
        <TemplatePreview words={shown} text={(text) => <MarkupText text={text} />} />
      </div>
      <div className={closeStyles.buttons}>
        <Button kind="primary" type="submit" icon="send">
          {w.templates.send}
        </Button>
      </div>
    </form>
  )
}

function TemplatePicker({
  conversationId,
  outbox,
  seenUpTo,
  holder,
  onDone,
}: {
  conversationId: string
  outbox: OutboxSender
  seenUpTo: string | null
  /** The colleague whose matter it is. */
  holder: Conversation['assignee']
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const { data, error, isPending, refetch } = useQuery(templatesQuery(conversationId))
  const [chosen, setChosen] = useState<string | null>(null)
  const items = data?.items ?? []
  const template = items.find((item) => keyOf(item) === chosen) ?? items[0]
  const [entered, enter] = useEntered(`template to ${conversationId}`, nothing)
  const filled = items.filter((item) => entered[keyOf(item)]?.some((value) => value.trim() !== ''))
  return (
    <Modal
      title={w.templates.title}
      wide
      unsaved={filled.length === 0 ? null : filled.map(({ name }) => w.templates.unsaved(name)).join('; ')}
      onClose={onDone}
    >
      <p className={styles.intro}>{w.templates.intro}</p>
      {holder !== null && <Notice tone="warning">{w.composer.colleagueHolds(holder.displayName)}</Notice>}
      {isPending && <Loading rows={2} />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && template === undefined && (
        <Empty icon="bubble">
          <p>{w.templates.none}</p>
        </Empty>
      )}
      {template !== undefined && (
        <>
          <div className={styles.choice}>
            <Choice
              label={w.templates.list}
              value={keyOf(template)}
              onChange={setChosen}
              options={items.map((item) => [keyOf(item), `${item.name} (${item.language})`] as const)}
            />
          </div>
          <Fill
            key={keyOf(template)}
            template={template}
            entered={entered[keyOf(template)] ?? []}
            onEnter={(values) => enter({ ...entered, [keyOf(template)]: values })}
            onSend={(parameters) => {
              outbox.send({
                conversationId,
                seenUpTo,
                seenAssignee: holder?.id ?? null,
                template: { name: template.name, language: template.language, parameters },
              })
              onDone()
            }}
          />
        </>
      )}
    </Modal>
  )
}

export default TemplatePicker
