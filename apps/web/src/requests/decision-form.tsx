import { type ReactElement, useState } from 'react'
import type { Needs, Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { useWords } from '../ui/words.tsx'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]
type Decision = NonNullable<Request['decision']>
type Body = Needs<'decideRequest'>['body']

/** Of a choice of codes, each with its words. */
function Choose<V extends string>({
  label,
  value,
  words,
  among,
  onChange,
}: {
  label: string
  value: V
  words: Readonly<Record<V, string>>
  among: readonly V[]
  onChange: (value: V) => void
}): ReactElement {
  return (
    <SelectField
      label={label}
      value={value}
      onChange={({ currentTarget: { value: chosen } }) => onChange(chosen as V)}
    >
      {among.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </SelectField>
  )
}

function codesOf<V extends string>(words: Readonly<Record<V, string>>): V[] {
  return Object.keys(words) as V[]
}

/** Grants a request, refuses it, or says that none was meant. */
export function DecisionForm({
  request: { kind, part },
  isPending,
  onDecision,
}: {
  request: Request
  isPending: boolean
  onDecision: (decision: Body) => void
}): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const [outcome, setOutcome] = useState<Decision['outcome']>('GRANTED')
  const [ground, setGround] = useState<NonNullable<Decision['ground']>>('ART17_1A')
  const [exception, setException] = useState<NonNullable<Decision['exception']>>('ART12_2')
  const isErasure = kind === 'erasure'
  function decision(): Body {
    if (outcome === 'REFUSED') return { outcome, exception }
    return outcome === 'GRANTED' && isErasure
      ? { outcome, ground, chosenAt: part?.chosenAt ?? null }
      : { outcome }
  }
  return (
    <>
      <div className={deskStyles.buttons}>
        <Choose
          label={c.outcome}
          value={outcome}
          words={c.outcomes}
          among={codesOf(c.outcomes)}
          onChange={setOutcome}
        />
        {outcome === 'GRANTED' && isErasure && (
          <Choose
            label={c.ground}
            value={ground}
            words={c.grounds}
            among={codesOf(c.grounds)}
            onChange={setGround}
          />
        )}
        {outcome === 'REFUSED' && (
          <Choose
            label={c.exception}
            value={exception}
            words={c.exceptions}
            // Article 17 (3) says nothing of other rights.
            among={codesOf(c.exceptions).filter((one) => isErasure || one.startsWith('ART12'))}
            onChange={setException}
          />
        )}
        <Button isDisabled={isPending} onPress={() => onDecision(decision())}>
          {c.decide}
        </Button>
      </div>
      {outcome === 'GRANTED' && isErasure && (
        <>
          {part !== null && ground !== 'ART17_1D' && <p className={deskStyles.quiet}>{c.partWaits}</p>}
          <p className={deskStyles.quiet}>{c.erasureFollows}</p>
        </>
      )}
    </>
  )
}
