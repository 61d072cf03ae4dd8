import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { shortDay, shortMoment } from '../ui/moment.ts'
import { officeNow } from '../ui/now.ts'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './batch-review.module.css'
import { batchWords } from './batch-words.ts'
import { proposalsWords } from './proposals-words.ts'

type RefusalReason = NonNullable<Reply<'listProposals'>['items'][number]['refusal']>
/** Why single matters are refused, by their ids. */
export type MatterReasons = Readonly<Record<string, RefusalReason>>

type Item = Reply<'readBatch'>['items'][number]

/** What was said in a matter that was drawn. Asked for each time anew, because each time is recorded. */
function SampleModal({
  runId,
  id,
  onClose,
}: {
  runId: string
  id: string
  onClose: () => void
}): ReactElement {
  const w = useWords()
  const c = batchWords[w.language]
  const { data, error, refetch } = useQuery({
    queryKey: ['sample', runId, id],
    queryFn: ({ signal }) => ask('openSample', { params: { id: runId, conversationId: id } }, signal),
    gcTime: 0,
    staleTime: 0,
  })
  return (
    <Modal title={c.sampleTitle} onClose={onClose} wide>
      <p className={styles.quiet}>{c.sampleHint}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      <ol className={styles.messages}>
        {data?.messages.map(({ at, from, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change place
          <li key={index}>
            <p className={styles.quiet}>
              {from === 'citizen' ? c.citizen : c.office} · {shortMoment(w, Date.parse(at))}
            </p>
            <p className={styles.text}>{text || c.noText}</p>
          </li>
        ))}
      </ol>
    </Modal>
  )
}

function Matter({
  item,
  nth,
  reason,
  onReason,
  onOpen,
}: {
  item: Item
  nth: number
  reason: RefusalReason | undefined
  /** Null: it is not theirs to decide. */
  onReason: ((reason: RefusalReason | undefined) => void) | null
  onOpen: (() => void) | null
}): ReactElement {
  const w = useWords()
  const c = batchWords[w.language]
  function day(at: string): string {
    return shortDay(w, Date.parse(at), officeNow())
  }
  return (
    <li>
      <p>
        {c.matter(nth, day(item.openedAt), day(item.lastMessageAt), item.messages, item.files)}
        {item.sampled && <strong> {c.sampled}</strong>}
      </p>
      <p className={styles.quiet}>{item.reasons.map(({ sentence }) => sentence[w.language]).join(' ')}</p>
      {onReason !== null && (
        <SelectField
          label={c.refuseMatter(nth)}
          value={reason ?? ''}
          onChange={({ target }) =>
            onReason(target.value === '' ? undefined : (target.value as RefusalReason))
          }
        >
          <option value="">{c.asAll}</option>
          {Object.entries(proposalsWords[w.language].refusalReasons).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {onOpen !== null && (
        <Button compact onPress={onOpen}>
          {c.open(nth)}
        </Button>
      )}
    </li>
  )
}

/** The matters of a batch from the workbench by metadata, those that were drawn first. Nothing for another run. */
export function BatchReview({
  runId,
  reasons,
  onReasons,
}: {
  runId: string
  reasons: MatterReasons
  /** Null: it is not theirs to decide. */
  onReasons: ((reasons: MatterReasons) => void) | null
}): ReactElement | null {
  const w = useWords()
  const c = batchWords[w.language]
  const [opened, setOpened] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['batch', runId],
    queryFn: ({ signal }) => ask('readBatch', { params: { id: runId } }, signal),
  })
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.items.length === 0) return null
  const sampled = data.items.filter((item) => item.sampled).length
  return (
    <section aria-label={c.title}>
      <p>{c.intro(data.items.length, sampled)}</p>
      {!data.mayOpenSample && <p className={styles.quiet}>{c.metadataOnly}</p>}
      <ol className={styles.matters}>
        {data.items.map((item, index) => (
          <Matter
            key={item.id}
            item={item}
            nth={index + 1}
            reason={reasons[item.id]}
            onReason={
              onReasons === null
                ? null
                : (reason) => {
                    const { [item.id]: _before, ...others } = reasons
                    onReasons(reason === undefined ? others : { ...others, [item.id]: reason })
                  }
            }
            onOpen={item.sampled && data.mayOpenSample ? () => setOpened(item.id) : null}
          />
        ))}
      </ol>
      {opened !== null && <SampleModal runId={runId} id={opened} onClose={() => setOpened(null)} />}
    </section>
  )
}
