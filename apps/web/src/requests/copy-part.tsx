import { type ReactElement, useState } from 'react'
import { attachmentContent, type Needs, type Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { dayAndClock } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { markedPieces, occurrences } from './marked-pieces.ts'
import styles from './requests-page.module.css'
import { type RequestsWords, requestsWords } from './requests-words.ts'

type Part = Reply<'listCopyParts'>['items'][number]
export type Redaction = Needs<'decideCopyParts'>['body']['items'][number]
type Passage = { readonly begins: number; readonly ends: number }

function decisionOf({ decided }: Part, { begins, ends }: Passage): boolean | null {
  return decided.find((one) => one.begins === begins && one.ends === ends)?.blacked ?? null
}

/** What was found and what somebody has marked, each once, in the order of the text. */
function passagesOf({ found, decided }: Part): Passage[] {
  const all = [...found, ...decided].map(({ begins, ends }) => ({ begins, ends }))
  return all
    .filter(
      (one, at) => all.findIndex(({ begins, ends }) => begins === one.begins && ends === one.ends) === at,
    )
    .toSorted((one, other) => one.begins - other.begins)
}

function Passages({
  part,
  isPending,
  words: c,
  onDecide,
}: {
  part: Part
  isPending: boolean
  words: RequestsWords
  onDecide: (items: Redaction[]) => void
}): ReactElement {
  return (
    <ul className={deskStyles.items}>
      {passagesOf(part).map((passage) => {
        const decided = decisionOf(part, passage)
        const isWhole = part.of !== 'file' && passage.begins === 0 && passage.ends === part.text.length
        const name =
          part.of === 'file' ? c.wholeFile : isWhole ? c.whole : part.text.slice(passage.begins, passage.ends)
        function decide(blacked: boolean): void {
          onDecide([{ part: part.part, ...passage, blacked, seen: decided }])
        }
        return (
          <li key={`${passage.begins} ${passage.ends}`} className={deskStyles.buttons}>
            <span>
              <bdi>{name}</bdi>
              {decided !== null && `: ${decided ? c.blackened : c.leftAsIs}`}
            </span>
            {decided !== true && (
              <Button
                isDisabled={isPending}
                aria-label={`${c.blacken}: ${name}`}
                onPress={() => decide(true)}
              >
                {c.blacken}
              </Button>
            )}
            {decided !== false && (
              <Button isDisabled={isPending} aria-label={`${c.leave}: ${name}`} onPress={() => decide(false)}>
                {c.leave}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Words that only somebody who reads sees are another person's: a name, a street. */
function OwnPassage({
  part,
  isPending,
  words: c,
  onDecide,
}: {
  part: Part
  isPending: boolean
  words: RequestsWords
  onDecide: (items: Redaction[]) => void
}): ReactElement {
  const [wanted, setWanted] = useState('')
  const [isMissing, setMissing] = useState(false)
  function blacken(passages: readonly Passage[]): void {
    onDecide(
      passages.map((passage) => ({
        part: part.part,
        ...passage,
        blacked: true,
        seen: decisionOf(part, passage),
      })),
    )
  }
  return (
    <form
      className={deskStyles.buttons}
      onSubmit={(event) => {
        event.preventDefault()
        const passages = occurrences(part.text, wanted)
        setMissing(passages.length === 0)
        if (passages.length === 0) return
        blacken(passages)
        setWanted('')
      }}
    >
      <Field
        label={c.words}
        value={wanted}
        {...(isMissing ? { error: c.notInText } : {})}
        onChange={({ currentTarget: { value } }) => setWanted(value)}
      />
      <Button type="submit" isDisabled={isPending || wanted === ''}>
        {c.blacken}
      </Button>
      <Button isDisabled={isPending} onPress={() => blacken([{ begins: 0, ends: part.text.length }])}>
        {c.blackenWhole}
      </Button>
    </form>
  )
}

/** A wording or a file of a copy, and what of it is another person's. */
export function CopyPart({
  part,
  isPending,
  onDecide,
}: {
  part: Part
  isPending: boolean
  onDecide: (items: Redaction[]) => void
}): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const now = useNow()
  return (
    <li className={deskStyles.item}>
      <h3>
        {c.of[part.of]} {c.from[part.from]}{' '}
        <span className={deskStyles.quiet}>{dayAndClock(w, Date.parse(part.at), now)}</span>
      </h3>
      <p className={styles.wording}>
        <bdi>
          {markedPieces(part.text, part.found, part.decided).map(({ text, mark }, at) =>
            mark === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
              <span key={at}>{text}</span>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
              <mark key={at} className={styles.marked} data-mark={mark}>
                {text}
              </mark>
            ),
          )}
        </bdi>
      </p>
      {part.attachmentId !== null && (
        <p>
          <a href={attachmentContent(part.attachmentId)} target="_blank" rel="noreferrer">
            {c.openFile}
          </a>
        </p>
      )}
      <Passages part={part} isPending={isPending} words={c} onDecide={onDecide} />
      {part.of !== 'file' && <OwnPassage part={part} isPending={isPending} words={c} onDecide={onDecide} />}
    </li>
  )
}
