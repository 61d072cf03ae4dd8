import { holdBases, holdReasons, maxReferenceLength, restrictionGrounds } from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import { Failure, type Needs } from '../api.ts'
import { Choice, Field, SelectField } from './field.tsx'
import { holdWords } from './hold-words.ts'
import { useWords } from './words.tsx'

export type Protection = Needs<'holdConversation'>['body']['protection']
type Hold = Extract<Protection, { kind: 'hold' }>
type Restriction = Extract<Protection, { kind: 'restriction' }>

/** What is entered so far; empty: not yet. */
export type HoldEntry = {
  readonly kind: Protection['kind'] | null
  readonly reason: string
  readonly basis: string
  readonly reference: string
  readonly reviewOn: string
  readonly expiresOn: string
}

export const emptyHold: HoldEntry = {
  kind: null,
  reason: '',
  basis: '',
  reference: '',
  reviewOn: '',
  expiresOn: '',
}

/** What an entry says; null: it is not whole. The server has the last word on each value. */
export function protectionOf(entry: HoldEntry): Protection | null {
  const { kind, reason, basis, reviewOn, expiresOn } = entry
  const reference = entry.reference.trim() === '' ? {} : { reference: entry.reference.trim() }
  if (kind === null || reason === '' || reviewOn === '') return null
  if (kind === 'restriction') return { kind, reason: reason as Restriction['reason'], reviewOn, ...reference }
  if (basis === '' || expiresOn === '') return null
  return {
    kind,
    reason: reason as Hold['reason'],
    basis: basis as Hold['basis'],
    reviewOn,
    expiresOn,
    ...reference,
  }
}

function faultOf(error: unknown, name: string): string | undefined {
  return error instanceof Failure
    ? error.fields.find(({ path }) => path === `protection.${name}`)?.message
    : undefined
}

function Options({ of }: { of: readonly (readonly [string, string])[] }): ReactElement {
  return (
    <>
      <option value="" />
      {of.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </>
  )
}

/** Suspending deletion or restricting processing: what, why, until when. */
export function HoldFields({
  entry,
  error,
  autoFocus = false,
  onEntry,
}: {
  entry: HoldEntry
  /** Of the last attempt; null: none failed. */
  error: unknown
  autoFocus?: boolean
  onEntry: (entry: HoldEntry) => void
}): ReactElement {
  const c = holdWords[useWords().language]
  const reasons = entry.kind === 'hold' ? holdReasons : restrictionGrounds
  return (
    <>
      <Choice
        label={c.kind}
        options={(['hold', 'restriction'] as const).map((one) => [one, c.kinds[one]] as const)}
        value={entry.kind}
        autoFocus={autoFocus}
        onChange={(kind) => onEntry({ ...entry, kind, reason: '', basis: '' })}
      />
      {entry.kind !== null && (
        <>
          <p>{c.follows[entry.kind]}</p>
          <SelectField
            label={c.reason}
            required
            value={entry.reason}
            error={faultOf(error, 'reason')}
            onChange={({ currentTarget: { value } }) => onEntry({ ...entry, reason: value })}
          >
            <Options of={reasons.map((one) => [one, c.reasons[one]] as const)} />
          </SelectField>
          {entry.kind === 'hold' && (
            <SelectField
              label={c.basis}
              required
              value={entry.basis}
              error={faultOf(error, 'basis')}
              onChange={({ currentTarget: { value } }) => onEntry({ ...entry, basis: value })}
            >
              <Options of={holdBases.map((one) => [one, c.bases[one]] as const)} />
            </SelectField>
          )}
          <Field
            label={c.reference}
            hint={c.referenceHint}
            optional={c.optional}
            maxLength={maxReferenceLength}
            autoComplete="off"
            value={entry.reference}
            error={faultOf(error, 'reference')}
            onChange={({ currentTarget: { value } }) => onEntry({ ...entry, reference: value })}
          />
          <Field
            label={c.review}
            type="date"
            required
            value={entry.reviewOn}
            error={faultOf(error, 'reviewOn')}
            onChange={({ currentTarget: { value } }) => onEntry({ ...entry, reviewOn: value })}
          />
          {entry.kind === 'hold' && (
            <Field
              label={c.expires}
              hint={c.expiresHint}
              type="date"
              required
              value={entry.expiresOn}
              error={faultOf(error, 'expiresOn')}
              onChange={({ currentTarget: { value } }) => onEntry({ ...entry, expiresOn: value })}
            />
          )}
        </>
      )}
    </>
  )
}
