import {
  type AgreementMode,
  type AgreementWithArchive,
  agreementModes,
  type LandCode,
  lands,
} from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { archiveWords } from '../ui/archive-words.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Choice, Field, SelectField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { archivePageWords } from './archive-page-words.ts'
import { catalogueQuery } from './catalogue-query.ts'
import { catalogueRequestsQuery } from './catalogue-requests-query.ts'

type Decision = {
  readonly category: string
  readonly basis: string
  readonly validFrom: string
  /** Empty: until further notice. */
  readonly validUntil: string
  readonly valuation: 'A' | 'B' | 'V'
}
const blank: Decision = { category: 'DA01', basis: '', validFrom: '', validUntil: '', valuation: 'V' }

type Draft = {
  readonly land: LandCode
  readonly months: string
  readonly silence: AgreementWithArchive['silence']
  readonly kind: AgreementMode
  readonly decisions: readonly Decision[]
}

function draftOf(current: AgreementWithArchive | null): Draft {
  if (current === null)
    return {
      land: 'BW',
      months: '6',
      silence: 'RELEASES_NOTHING',
      kind: 'GENERAL_WAIVER',
      decisions: [blank],
    }
  const { land, answerWithinMonths, silence, mode } = current
  const decisions =
    mode.kind === 'OFFER_EACH'
      ? []
      : mode.kind === 'CATALOGUE'
        ? mode.entries
        : mode.waivers.map((one) => ({ ...one, valuation: 'V' as const }))
  return {
    land,
    months: String(answerWithinMonths),
    silence,
    kind: mode.kind,
    decisions: decisions.map((one) => ({ ...one, validUntil: one.validUntil ?? '' })),
  }
}

function agreementOf({ land, months, silence, kind, decisions }: Draft): AgreementWithArchive {
  const entries = decisions.map(({ validUntil, ...one }) => ({
    ...one,
    validUntil: validUntil === '' ? null : validUntil,
  }))
  const mode: AgreementWithArchive['mode'] =
    kind === 'OFFER_EACH'
      ? { kind }
      : kind === 'CATALOGUE'
        ? { kind, entries }
        : { kind, waivers: entries.map(({ valuation: _valuation, ...one }) => one) }
  return { land, answerWithinMonths: Number(months), silence, mode }
}

function DecisionFields({
  place,
  value,
  isValued,
  errorOf,
  onChange,
  onRemove,
}: {
  place: number
  value: Decision
  isValued: boolean
  errorOf: (field: string) => string | undefined
  onChange: (value: Decision) => void
  onRemove: (() => void) | null
}): ReactElement {
  const { language } = useWords()
  const [c, words] = [archivePageWords[language], archiveWords[language]]
  const { data } = useQuery(catalogueQuery)
  const offered = data?.clusters.filter(({ offering }) => offering === 'OFFER') ?? []
  return (
    <fieldset className={deskStyles.form}>
      <legend>{c.decision(place + 1)}</legend>
      <SelectField
        label={words.cluster}
        value={value.category}
        error={errorOf('category')}
        onChange={({ target }) => onChange({ ...value, category: target.value })}
      >
        {offered.map(({ code, title }) => (
          <option key={code} value={code}>
            {title[language]} ({code})
          </option>
        ))}
      </SelectField>
      {isValued && (
        <Choice
          label={words.valuation}
          options={[
            ['A', words.valuations.A],
            ['B', words.valuations.B],
            ['V', words.valuations.V],
          ]}
          value={value.valuation}
          onChange={(valuation) => onChange({ ...value, valuation })}
        />
      )}
      <Field
        label={words.basis}
        hint={c.basisHint}
        required
        maxLength={12}
        value={value.basis}
        error={errorOf('basis')}
        onChange={({ target }) => onChange({ ...value, basis: target.value.toUpperCase() })}
      />
      <Field
        label={c.validFrom}
        type="date"
        required
        value={value.validFrom}
        error={errorOf('validFrom')}
        onChange={({ target }) => onChange({ ...value, validFrom: target.value })}
      />
      <Field
        label={c.validUntil}
        optional={c.optional}
        type="date"
        value={value.validUntil}
        error={errorOf('validUntil')}
        onChange={({ target }) => onChange({ ...value, validUntil: target.value })}
      />
      {onRemove !== null && (
        <p>
          <Button icon="close" onPress={onRemove}>
            {c.remove(place + 1)}
          </Button>
        </p>
      )}
    </fieldset>
  )
}

/** The newest catalogue that the archive has sent, to be put into the draft: reference and day are the reader's to say. */
function SentCatalogue({
  onTake,
}: {
  onTake: (decisions: readonly Decision[]) => void
}): ReactElement | null {
  const w = useWords()
  const c = archivePageWords[w.language]
  const { data } = useQuery(catalogueRequestsQuery)
  const newest = data?.items.find(({ answer }) => answer !== null)
  if (newest?.answer == null || newest.answeredAt === null) return null
  const { answer, answeredAt } = newest
  return (
    <Notice
      tone="info"
      action={
        <Button
          onPress={() => {
            onTake(answer.map((one) => ({ ...one, basis: '', validFrom: '', validUntil: '' })))
            announce(c.catalogueTaken)
          }}
        >
          {c.takeCatalogue}
        </Button>
      }
    >
      {c.catalogueSent(shortMoment(w, Date.parse(answeredAt)))}
    </Notice>
  )
}

/** What the archive has declared, put down anew as a whole and proposed to the second person. */
export function ArchiveForm({ current }: { current: AgreementWithArchive | null }): ReactElement {
  const w = useWords()
  const [c, words] = [archivePageWords[w.language], archiveWords[w.language]]
  const client = useQueryClient()
  const [entered, setDraft] = useEntered<Draft | null>('agreement with the archive', null)
  const draft = entered ?? draftOf(current)
  const proposing = useMutation({
    mutationFn: () => ask('proposeArchiveAgreement', { body: agreementOf(draft) }),
    onSuccess: () => announce(c.proposed),
    onSettled: () => client.invalidateQueries({ queryKey: ['archive-agreement'] }),
  })
  useUnsaved(entered === null || proposing.isSuccess ? null : c.title)
  const fields = proposing.error instanceof Failure ? proposing.error.fields : []
  function errorOf(path: string): string | undefined {
    return fields.find((field) => field.path === path)?.message
  }
  const list = draft.kind === 'CATALOGUE' ? 'entries' : 'waivers'
  const decisions = draft.kind === 'OFFER_EACH' ? [] : draft.decisions
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        proposing.mutate()
      }}
    >
      <SentCatalogue onTake={(decisions) => setDraft({ ...draft, kind: 'CATALOGUE', decisions })} />
      <SelectField
        label={words.land}
        value={draft.land}
        onChange={({ target }) =>
          setDraft({ ...draft, land: lands.find((land) => land === target.value) ?? draft.land })
        }
      >
        {lands.map((land) => (
          <option key={land} value={land}>
            {words.lands[land]}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.monthsLabel}
        type="number"
        min={1}
        max={60}
        required
        value={draft.months}
        error={errorOf('answerWithinMonths')}
        onChange={({ target }) => setDraft({ ...draft, months: target.value })}
      />
      <Choice
        label={words.onSilence}
        options={[
          ['RELEASES_NOTHING', c.silences.RELEASES_NOTHING],
          ['RELEASES', c.silences.RELEASES],
        ]}
        value={draft.silence}
        onChange={(silence) => setDraft({ ...draft, silence })}
      />
      {errorOf('silence') !== undefined && (
        <Notice tone="danger" alert>
          {errorOf('silence')}
        </Notice>
      )}
      <Choice
        label={words.mode}
        options={agreementModes.map((mode) => [mode, words.modes[mode]] as const)}
        value={draft.kind}
        onChange={(kind) =>
          setDraft({ ...draft, kind, decisions: draft.decisions.length === 0 ? [blank] : draft.decisions })
        }
      />
      {errorOf('mode') !== undefined && (
        <Notice tone="danger" alert>
          {errorOf('mode')}
        </Notice>
      )}
      {decisions.map((decision, place) => (
        <DecisionFields
          // Nothing else tells two apart while they are being written.
          // biome-ignore lint/suspicious/noArrayIndexKey: a decision is its place in the list
          key={place}
          place={place}
          value={decision}
          isValued={draft.kind === 'CATALOGUE'}
          errorOf={(field) => errorOf(`mode.${list}.${place}.${field}`)}
          onChange={(changed) =>
            setDraft({
              ...draft,
              decisions: draft.decisions.map((one, at) => (at === place ? changed : one)),
            })
          }
          onRemove={
            decisions.length === 1
              ? null
              : () => setDraft({ ...draft, decisions: draft.decisions.filter((_, at) => at !== place) })
          }
        />
      ))}
      {proposing.error !== null && fields.length === 0 && (
        <Notice tone="danger" alert>
          {sentenceOf(w, proposing.error)}
        </Notice>
      )}
      <p>
        {draft.kind !== 'OFFER_EACH' && (
          <>
            <Button
              icon="plus"
              onPress={() => setDraft({ ...draft, decisions: [...draft.decisions, blank] })}
            >
              {c.add}
            </Button>{' '}
          </>
        )}
        <Button type="submit" kind="primary" isDisabled={proposing.isPending}>
          {c.propose}
        </Button>
      </p>
    </form>
  )
}
