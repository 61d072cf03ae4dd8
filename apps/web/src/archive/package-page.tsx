import { nameOfPlace } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'wouter'
import type { Role } from '../api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type Package, packageQuery } from './archive-query.ts'
import { deskWords } from './desk-words.ts'
import { HandingOver } from './handing-over.tsx'
import { bytesOf, hexOf } from './merkle-path.ts'
import { ProofChain } from './proof-chain.tsx'
import { Taking } from './taking.tsx'

function Facts({ shown, place }: { shown: Package; place: string }): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  function moment(at: string): string {
    return shortMoment(w, Date.parse(at))
  }
  const others = shown.siblings.filter(({ id }) => id !== shown.id)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [c.facts.reference, shown.fileReference],
    [c.facts.state, c.states[shown.state]],
    [c.facts.team, shown.team.name ?? c.gone],
    [
      c.facts.run,
      shown.openedAt === null || shown.closedAt === null
        ? null
        : `${moment(shown.openedAt)} – ${moment(shown.closedAt)}`,
    ],
    [c.facts.sealed, shown.sealedAt === null ? null : moment(shown.sealedAt)],
    [c.facts.rule, shown.rule],
    [c.facts.size, shown.sizeBytes === null ? null : c.bytes(inWords.format(shown.sizeBytes))],
    [c.facts.number, shown.number === null ? null : c.nth(shown.number, shown.siblings.length)],
    [
      c.facts.others,
      others.length === 0
        ? null
        : others.map(({ id, number }) => (
            <Link key={id} className={styles.other} href={`${place}/${id}`}>
              {number}. {pseudonym(id)}
            </Link>
          )),
    ],
  ]
  return (
    <dl className={deskStyles.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>],
      )}
    </dl>
  )
}

function Items({ entries }: { entries: Package['entries'] }): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const day = new Intl.DateTimeFormat(w.locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <ScrollArea className={tableStyles.scroll} label={c.items}>
      <table className={tableStyles.table}>
        <TableHead columns={c.itemColumns} />
        <tbody>
          {entries.map(({ id, kind, mediaType, size, commit, erased }, at) => (
            <tr key={id}>
              <th scope="row">{c.kinds[kind]}</th>
              <td>{mediaType}</td>
              <td>{c.bytes(inWords.format(size))}</td>
              <td className={styles.hashes}>
                <code>{hexOf(bytesOf(commit))}</code>{' '}
                <CopyButton text={hexOf(bytesOf(commit))} name={c.copyHash(at + 1, c.kinds[kind])} />
              </td>
              <td>
                {erased === null
                  ? c.there
                  : c.erased(day.format(Date.parse(erased.on)), erased.rule, nameOfPlace(erased.ledgerEntry))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** One package: what it holds without a word of its content, and why it proves that. @param place the desk that it is looked at from */
export function PackagePage({ id, place, role }: { id: string; place: string; role: Role }): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const { data, error, refetch } = useQuery(packageQuery(id))
  return (
    <ScrollArea label={c.package(pseudonym(id))} className={deskStyles.page}>
      <p>
        <Link href={place}>{c.back}</Link>
      </p>
      <PageTitle>{c.package(pseudonym(id))}</PageTitle>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.failure !== null && <Notice tone="danger">{c.failures[data.failure]}</Notice>}
          <Facts shown={data} place={place} />
          {data.proof === null ? (
            <Notice tone="info">{c.noProof}</Notice>
          ) : (
            <>
              <ProofChain shown={data} proof={data.proof} />
              <HandingOver id={data.id} role={role} />
              <Taking shown={data} role={role} />
              <h2>{c.items}</h2>
              <Items entries={data.entries} />
            </>
          )}
        </>
      )}
    </ScrollArea>
  )
}
