import { type HandOverWay, handOverFailures } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { apiRoot, ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { handOverWayWords } from '../ui/hand-over-way-words.ts'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { archivePageWords } from './archive-page-words.ts'
import { type CatalogueRequest, catalogueRequestsQuery } from './catalogue-requests-query.ts'
import styles from './retention-page.module.css'

function Request({ one, mayAsk }: { one: CatalogueRequest; mayAsk: boolean }): ReactElement {
  const w = useWords()
  const c = archivePageWords[w.language]
  const [asked, answered] = [one.askedAt, one.answeredAt].map((at) =>
    at === null ? null : shortMoment(w, Date.parse(at)),
  )
  return (
    <li>
      {c.asked(asked ?? '', handOverWayWords[w.language][one.way])}{' '}
      {one.answer === null
        ? one.sentAt === null
          ? c.notSent
          : c.notAnswered
        : c.answered(
            answered ?? '',
            one.answer.map(({ category, valuation }) => `${category} ${valuation}`).join(', '),
          )}{' '}
      {one.failure !== null && handOverFailures[one.failure][w.language]}{' '}
      {mayAsk && one.way === 'download' && one.answer === null && (
        <a
          className={styles.chip}
          href={`${apiRoot}/retention/archive-agreement/catalogue-requests/${one.id}/message`}
          download
        >
          {c.requestFile}
        </a>
      )}
    </li>
  )
}

function Asking({ ways }: { ways: readonly HandOverWay[] }): ReactElement {
  const w = useWords()
  const c = archivePageWords[w.language]
  const client = useQueryClient()
  const [chosen, setChosen] = useState<HandOverWay | null>(null)
  const way = chosen ?? ways[0] ?? 'download'
  const asking = useMutation({
    mutationFn: () => ask('askForCatalogue', { body: { way } }),
    onSuccess: () => announce(c.askedNow),
    onSettled: () => client.invalidateQueries({ queryKey: catalogueRequestsQuery.queryKey }),
  })
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        asking.mutate()
      }}
    >
      <SelectField
        label={c.requestWay}
        value={way}
        onChange={({ target }) => setChosen(target.value as HandOverWay)}
      >
        {ways.map((one) => (
          <option key={one} value={one}>
            {handOverWayWords[w.language][one]}
          </option>
        ))}
      </SelectField>
      <p>
        <Button type="submit" isDisabled={asking.isPending}>
          {c.ask}
        </Button>
      </p>
      {asking.isSuccess && <Notice tone="success">{c.askedNow}</Notice>}
      {asking.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, asking.error)}
        </Notice>
      )}
    </form>
  )
}

/** What the archive was asked to value as a whole, and what it has answered; nothing where there is nothing to see and nobody who may ask. */
export function CatalogueRequests({ mayAsk }: { mayAsk: boolean }): ReactElement | null {
  const c = archivePageWords[useWords().language]
  const { data } = useQuery(catalogueRequestsQuery)
  if (data === undefined || (!mayAsk && data.items.length === 0)) return null
  return (
    <>
      <h2>{c.requests}</h2>
      <p className={deskStyles.quiet}>{c.requestsHint}</p>
      {data.items.length > 0 && (
        <ul>
          {data.items.map((one) => (
            <Request key={one.id} one={one} mayAsk={mayAsk} />
          ))}
        </ul>
      )}
      {mayAsk && <Asking ways={data.ways} />}
    </>
  )
}
