import { may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Role, saveFile } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type HandOver, handOversQuery } from './archive-query.ts'
import { HandOverState } from './hand-over-state.tsx'
import { handOverWords } from './hand-over-words.ts'

const minReason = 3

/** Whatever is done about a hand-over, everything that shows one is asked for anew. */
function useHandOverAct<Needed>(act: (needed: Needed) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['hand-overs'] })
      await client.invalidateQueries({ queryKey: ['hand-over'] })
    },
  })
}

function Refusal({ error }: { error: unknown }): ReactElement | null {
  const w = useWords()
  return error === null ? null : (
    <Notice tone="danger" alert>
      {sentenceOf(w, error)}
    </Notice>
  )
}

/** By hand: taken away with a reason, and confirmed by whoever has seen it arrive. */
function ByHand({ handOver: { id, state } }: { handOver: HandOver }): ReactElement {
  const c = handOverWords[useWords().language]
  const [reason, setReason] = useState('')
  const [word, setWord] = useState('')
  const loading = useHandOverAct(() =>
    saveFile(`/archive/hand-overs/${id}/file`, `${id}.zip`, { body: { reason: reason.trim() } }),
  )
  const confirming = useHandOverAct(() =>
    ask('confirmHandOver', { params: { id }, body: { reason: word.trim() } }),
  )
  return (
    <>
      <Field
        label={c.reason}
        hint={c.reasonHint}
        value={reason}
        maxLength={500}
        onChange={({ target }) => setReason(target.value)}
      />
      <p>
        <Button
          icon="download"
          isDisabled={reason.trim().length < minReason || loading.isPending}
          onPress={() => loading.mutate(undefined)}
        >
          {c.download}
        </Button>
      </p>
      <div role="status">{loading.isPending && c.loading}</div>
      <Refusal error={loading.error} />
      {state !== 'prepared' && (
        <>
          <Field
            label={c.confirmation}
            hint={c.reasonHint}
            value={word}
            maxLength={500}
            onChange={({ target }) => setWord(target.value)}
          />
          <p>
            <Button
              isDisabled={word.trim().length < minReason || confirming.isPending}
              onPress={() => confirming.mutate(undefined)}
            >
              {c.confirm}
            </Button>
          </p>
          <Refusal error={confirming.error} />
        </>
      )}
    </>
  )
}

/** What the other side has said; only where somebody may read it. */
function Said({ id }: { id: string }): ReactElement | null {
  const c = handOverWords[useWords().language]
  const { data } = useQuery({
    queryKey: ['hand-over', id] as const,
    queryFn: ({ signal }) => ask('readHandOver', { params: { id } }, signal),
  })
  if (data === undefined) return null
  return (
    <>
      {data.reasons.length > 0 && (
        <p>
          {c.theirReasons}: {data.reasons.join(' ')}
        </p>
      )}
      {data.archiveReference !== null && (
        <p>
          {c.reference}: {data.archiveReference}
        </p>
      )}
    </>
  )
}

function Item({ handOver, role }: { handOver: HandOver; role: Role }): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  const { id, message, way, preparedAt, state } = handOver
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(state)
  useEffect(() => {
    if (state === before.current) return
    before.current = state
    announce(`${c.messages[message]}: ${c.states[state]}`)
    // The button that was pressed is gone with what it did.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [c, message, state])
  const withdrawing = useHandOverAct(() => ask('withdrawHandOver', { params: { id } }))
  const isOpen = state === 'prepared' || state === 'sent' || state === 'received'
  const mayAct = may(role, 'hand-over')
  return (
    <li className={deskStyles.item}>
      <h3 ref={heading} tabIndex={-1}>
        {c.messages[message]}
      </h3>
      <p>
        {shortMoment(w, Date.parse(preparedAt))} · {c.ways[way]} · <HandOverState handOver={handOver} />
      </p>
      {mayAct && (state === 'rejected' || state === 'confirmed') && <Said id={id} />}
      {mayAct && isOpen && way === 'download' && <ByHand handOver={handOver} />}
      {mayAct && isOpen && (
        <p>
          <Button isDisabled={withdrawing.isPending} onPress={() => withdrawing.mutate(undefined)}>
            {c.withdraw}
          </Button>
        </p>
      )}
      <Refusal error={withdrawing.error} />
    </li>
  )
}

type HandOverFormProps = {
  readonly id: string
  readonly ways: readonly HandOver['way'][]
  readonly messages: readonly HandOver['message'][]
}

function HandOverForm({ id, ways, messages }: HandOverFormProps): ReactElement {
  const c = handOverWords[useWords().language]
  const [message, setMessage] = useState<HandOver['message']>(messages[0] ?? '0605')
  const [way, setWay] = useState<HandOver['way']>(ways[0] ?? 'download')
  const preparing = useHandOverAct(async () => {
    await ask('prepareHandOver', { body: { packageId: id, message, way } })
    announce(c.begun)
  })
  return (
    <form
      className={styles.chooser}
      onSubmit={(event) => {
        event.preventDefault()
        preparing.mutate(undefined)
      }}
    >
      <SelectField
        label={c.to}
        value={message}
        onChange={({ target }) => setMessage(target.value as HandOver['message'])}
      >
        {messages.map((one) => (
          <option key={one} value={one}>
            {c.messages[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={c.how}
        value={way}
        onChange={({ target }) => setWay(target.value as HandOver['way'])}
      >
        {ways.map((one) => (
          <option key={one} value={one}>
            {c.ways[one]}
          </option>
        ))}
      </SelectField>
      <Button type="submit" kind="primary" isDisabled={preparing.isPending}>
        {c.handOver}
      </Button>
      <Refusal error={preparing.error} />
    </form>
  )
}

/** Where a package has been handed over, what came of it, and handing it over. */
export function HandingOver({ id, role }: { id: string; role: Role }): ReactElement | null {
  const c = handOverWords[useWords().language]
  const { data } = useQuery(handOversQuery('all', id))
  if (data === undefined) return null
  return (
    <section aria-labelledby="handing-over" className={deskStyles.part}>
      <h2 id="handing-over">{c.forPackage}</h2>
      <p className={deskStyles.quiet}>{c.forPackageIntro}</p>
      {data.items.length === 0 && <p>{c.notYet}</p>}
      {data.items.length > 0 && (
        <ul className={deskStyles.items}>
          {data.items.map((one) => (
            <Item key={one.id} handOver={one} role={role} />
          ))}
        </ul>
      )}
      {may(role, 'hand-over') && <HandOverForm id={id} ways={data.ways} messages={data.messages} />}
    </section>
  )
}
