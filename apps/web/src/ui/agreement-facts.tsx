import type { AgreementWithArchive } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import { archiveWords } from './archive-words.ts'
import { ScrollArea } from './scroll-area.tsx'
import tables from './table.module.css'
import { useWords } from './words.tsx'

function decisionsOf({ mode }: AgreementWithArchive) {
  if (mode.kind === 'OFFER_EACH') return []
  return mode.kind === 'CATALOGUE'
    ? mode.entries
    : mode.waivers.map((one) => ({ ...one, valuation: undefined }))
}

/** What has been agreed with the archive, in words. */
export function AgreementFacts({ agreement }: { agreement: AgreementWithArchive }): ReactElement {
  const { language, locale } = useWords()
  const c = archiveWords[language]
  const { data } = useQuery({
    queryKey: ['retention-rules'],
    queryFn: ({ signal }) => ask('readCatalogue', {}, signal),
  })
  const titles = new Map(data?.clusters.map(({ code, title }) => [code, title[language]]))
  const inWords = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  function day(date: string): string {
    return inWords.format(Date.parse(date))
  }
  const decisions = decisionsOf(agreement)
  return (
    <>
      <ul>
        <li>{c.lands[agreement.land]}</li>
        <li>{c.modes[agreement.mode.kind]}</li>
        <li>
          {c.answer}: {c.months(agreement.answerWithinMonths)}. {c.silence[agreement.silence]}
        </li>
      </ul>
      {decisions.length > 0 && (
        <ScrollArea label={c.table} className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                <th scope="col">{c.cluster}</th>
                {agreement.mode.kind === 'CATALOGUE' && <th scope="col">{c.valuation}</th>}
                <th scope="col">{c.basis}</th>
                <th scope="col">{c.valid}</th>
              </tr>
            </thead>
            <tbody>
              {decisions.map(({ category, basis, validFrom, validUntil, valuation }) => (
                <tr key={`${category} ${basis} ${validFrom}`}>
                  <th scope="row">
                    {titles.get(category) ?? category} ({category})
                  </th>
                  {valuation !== undefined && <td>{c.valuations[valuation]}</td>}
                  <td>{basis}</td>
                  <td>
                    {validUntil === null
                      ? c.from(day(validFrom))
                      : c.fromUntil(day(validFrom), day(validUntil))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </>
  )
}
