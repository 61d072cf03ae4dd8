import type { LogName } from '@buergerdraht/contract'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField, TextField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import type { Checkpoint } from './archive-query.ts'
import { checkpointWords } from './checkpoint-words.ts'
import { GrowthDrawing } from './growth-drawing.tsx'
import { checkGrowth, type Growth, type Head, hexOf } from './merkle-path.ts'
import { headOf, isSigned } from './signed-note.ts'

type Picked = Head & { readonly note: string }
/** What came of comparing: of each what its signature says, and how both go together; growth null: what is stored does not give the root. */
type Compared = {
  readonly older: Picked
  readonly newer: Picked
  readonly unsigned: readonly number[]
  readonly unchecked: boolean
  readonly growth: Growth | null
}

async function compare(log: LogName, verifierKey: string, one: Picked, other: Picked): Promise<Compared> {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one]
  const { proof } = await ask('proveGrowth', {
    params: { log },
    query: { from: String(older.size), to: String(newer.size) },
  })
  const signed = await Promise.all([older, newer].map(({ note }) => isSigned(note, verifierKey)))
  return {
    older,
    newer,
    unsigned: [older, newer].flatMap(({ size }, at) => (signed[at] === false ? [size] : [])),
    unchecked: signed.includes(null),
    growth: proof === null ? null : await checkGrowth(older, newer, proof),
  }
}

function Pieces({ older, newer, growth }: { older: Picked; newer: Picked; growth: Growth }): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language].compare
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <>
      <p className={deskStyles.quiet}>{c.drawing}</p>
      <GrowthDrawing
        pieces={growth.pieces}
        older={older.size}
        sizes={[inWords.format(older.size), inWords.format(newer.size)]}
      />
      <ScrollArea className={tableStyles.scroll} label={c.pieces}>
        <table className={tableStyles.table}>
          <TableHead columns={c.columns} />
          <tbody>
            {growth.pieces.map(({ from, to, hash }) => {
              const leaves = c.leaves(inWords.format(from + 1), inWords.format(to))
              return (
                <tr key={from}>
                  <th scope="row">{leaves}</th>
                  <td className={styles.hashes}>
                    <code>{hash}</code> <CopyButton text={hash} name={c.copyPiece(leaves)} />
                  </td>
                  <td>{to <= older.size ? c.both : c.newerOnly}</td>
                </tr>
              )
            })}
            {[older, newer].map(({ size, root }) => {
              const name = c.rootOf(inWords.format(size))
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className={styles.hashes}>
                    <code>{hexOf(root)}</code>{' '}
                    <CopyButton
                      text={hexOf(root)}
                      name={checkpointWords[w.language].copyRoot(inWords.format(size))}
                    />
                  </td>
                  <td>{c.made}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}

function Result({ older, newer, unsigned, unchecked, growth }: Compared): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language].compare
  const inWords = new Intl.NumberFormat(w.locale)
  if (growth === null)
    return (
      <Notice tone="danger" alert>
        {c.damaged}
      </Notice>
    )
  const holds =
    older.size === newer.size ? c.same : c.holds(inWords.format(older.size), inWords.format(newer.size))
  return (
    <>
      {unsigned.map((size) => (
        <Notice key={size} tone="danger" alert>
          {c.unsigned(inWords.format(size))}
        </Notice>
      ))}
      <Notice tone={growth.holds ? 'success' : 'danger'} alert>
        {growth.holds ? holds : c.fails}
      </Notice>
      {unchecked && <Notice tone="info">{c.unchecked}</Notice>}
      {growth.pieces.length > 0 && older.size !== newer.size && (
        <Pieces older={older} newer={newer} growth={growth} />
      )}
    </>
  )
}

const own = 'own'

/** Any two checkpoints that somebody picks, one of them perhaps brought along: whether the log only grew between them, computed here. */
export function Comparison({
  log,
  items,
  verifierKey,
}: {
  log: LogName
  items: readonly Checkpoint[]
  verifierKey: string
}): ReactElement {
  const w = useWords()
  const all = checkpointWords[w.language]
  const c = all.compare
  const inWords = new Intl.NumberFormat(w.locale)
  const [first, setFirst] = useState(own)
  const [second, setSecond] = useState(String(items[0]?.size ?? ''))
  const [note, setNote] = useState('')
  const [noteFault, setNoteFault] = useState<string | undefined>(undefined)
  const comparing = useMutation({
    mutationFn: ({ one, other }: { one: Picked; other: Picked }) => compare(log, verifierKey, one, other),
    onMutate: () => announce(c.checking),
  })
  const ownOrigin = verifierKey.split('+')[0]
  /** Null: what was brought along is none; the field says so. */
  function picked(choice: string): Picked | null {
    const text =
      choice === own ? `${note.trim()}\n` : (items.find(({ size }) => String(size) === choice)?.note ?? '')
    const head = headOf(text)
    if (head === null) setNoteFault(c.unreadable)
    else if (head.origin !== ownOrigin) setNoteFault(c.otherLog)
    else return { ...head, note: text }
    return null
  }
  function choices(withOwn: boolean): ReactElement[] {
    const listed = items.map(({ size, at }) => (
      <option key={size} value={size}>
        {c.option(inWords.format(size), at === null ? '' : shortMoment(w, Date.parse(at)))}
      </option>
    ))
    return withOwn
      ? [
          <option key={own} value={own}>
            {c.own}
          </option>,
          ...listed,
        ]
      : listed
  }
  const { error } = comparing
  const isMissing = error instanceof Failure && error.fields.some(({ path }) => path === 'to')
  return (
    <section aria-labelledby="compare" className={deskStyles.part}>
      <h2 id="compare">{c.title}</h2>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <form
        className={deskStyles.part}
        onSubmit={(event) => {
          event.preventDefault()
          setNoteFault(undefined)
          comparing.reset()
          const [one, other] = [picked(first), picked(second)]
          if (one !== null && other !== null) comparing.mutate({ one, other })
        }}
      >
        <SelectField label={c.one} value={first} onChange={({ target }) => setFirst(target.value)}>
          {choices(true)}
        </SelectField>
        {first === own && (
          <TextField
            label={c.note}
            hint={c.noteHint}
            error={noteFault}
            value={note}
            rows={5}
            required
            maxLength={20_000}
            spellCheck={false}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
        <SelectField label={c.other} value={second} onChange={({ target }) => setSecond(target.value)}>
          {choices(false)}
        </SelectField>
        <p>
          <Button type="submit" kind="primary" isDisabled={comparing.isPending}>
            {c.check}
          </Button>
        </p>
      </form>
      {comparing.isPending && <p>{c.checking}</p>}
      {error !== null && (
        <Notice tone="danger" alert>
          {isMissing ? c.missing : sentenceOf(w, error)}
        </Notice>
      )}
      {comparing.data !== undefined && <Result {...comparing.data} />}
    </section>
  )
}
