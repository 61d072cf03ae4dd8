import { type LogName, logNames } from '@buergerdraht/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { checkpointProofWords } from '../ui/checkpoint-proof-words.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { NextPage, useItems } from '../ui/growing-list.tsx'
import { shortMoment, wholeDay } from '../ui/moment.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type Checkpoint, checkpointsQuery } from './archive-query.ts'
import { checkpointWords } from './checkpoint-words.ts'
import { Comparison } from './comparison.tsx'
import { type BelievedRoots, checkpointFiles, judgeTimes } from './judge-times.ts'
import { verdictOn } from './judged-times.tsx'
import { bytesOf, hexOf } from './merkle-path.ts'
import { timesWords } from './times-words.ts'
import { useBelievedRoots } from './use-believed-roots.tsx'

/** What the browser says of a time stamp, and whether the server has said the same. */
function JudgedStamp({
  note,
  stamp,
  roots,
}: {
  note: string
  stamp: NonNullable<Checkpoint['stamp']>
  roots: BelievedRoots
}): ReactElement {
  const c = timesWords[useWords().language]
  const { data, error } = useQuery({
    queryKey: ['judged-stamp', note, stamp.response, roots] as const,
    queryFn: async () => judgeTimes(await checkpointFiles(note, stamp.response), roots),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error !== null) return <>{c.failed}</>
  if (data === undefined) return <>{c.row.judging}</>
  const verdict = verdictOn(data.findings)
  if (verdict === 'not-here') return <>{c.row['not-here']}</>
  const good = data.stamps[0]
  const faults = data.findings.flatMap(({ code, severity }) => (severity === 'notice' ? [] : [code]))
  // Of one that holds both name its time; of one that does not, why.
  const differs = good === undefined ? !faults.some((code) => code === stamp.fault) : good.at !== stamp.at
  return (
    <>
      {verdict === 'good' ? (
        c.row.good
      ) : (
        <strong className={styles.wrong}>{c.row[verdict](faults.join(', '))}</strong>
      )}
      {roots.own && ` ${c.row.own}`}
      {differs && !roots.own && (
        <strong role="alert" className={styles.wrong}>
          <br />
          {c.row.differs}
        </strong>
      )}
    </>
  )
}

function Stamp({ stamp }: Pick<Checkpoint, 'stamp'>): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language]
  const faults = checkpointProofWords[w.language]
  if (stamp === null) return <>{c.noStamp}</>
  if (stamp.at === null) {
    const code = stamp.fault ?? ''
    return <strong className={styles.wrong}>{faults.faults[code] ?? faults.otherFault(code)}</strong>
  }
  const [authority, ...others] = stamp.certificates
  return (
    <>
      {c.stampedAt(shortMoment(w, Date.parse(stamp.at)))}
      {authority !== undefined && (
        <>
          <br />
          {c.by(authority.name, wholeDay(w, authority.validUntil.slice(0, 10)))}
        </>
      )}
      {others.length > 0 && (
        <>
          <br />
          <span className={deskStyles.quiet}>
            {c.chain(
              others
                .map(({ name, validUntil }) => `${name} (${wholeDay(w, validUntil.slice(0, 10))})`)
                .join(', '),
            )}
          </span>
        </>
      )}
    </>
  )
}

function Witnesses({ witnesses }: Pick<Checkpoint, 'witnesses'>): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language]
  if (witnesses.length === 0) return <>{c.noWitness}</>
  return (
    <>
      {witnesses.map(({ name, at }) => (
        <div key={name}>
          {at === null ? c.unknownWitness(name) : c.witnessedAt(name, shortMoment(w, Date.parse(at)))}
        </div>
      ))}
    </>
  )
}

function Row({ one, roots }: { one: Checkpoint; roots: BelievedRoots | null }): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language]
  const size = new Intl.NumberFormat(w.locale).format(one.size)
  const root = hexOf(bytesOf(one.root))
  return (
    <tr>
      <th scope="row">
        {size} <CopyButton text={one.note} name={c.copyNote(size)} />
      </th>
      <td>
        {one.at === null ? c.unknownTime : shortMoment(w, Date.parse(one.at))}
        {!one.signed && (
          <>
            <br />
            <strong className={styles.wrong}>{c.badSignature}</strong>
          </>
        )}
      </td>
      <td className={styles.hashes}>
        <code>{root}</code> <CopyButton text={root} name={c.copyRoot(size)} />
      </td>
      <td className={styles.hashes}>
        <Stamp stamp={one.stamp} />
        {one.stamp !== null && roots !== null && roots.pem !== '' && (
          <p>
            <JudgedStamp note={one.note} stamp={one.stamp} roots={roots} />
          </p>
        )}
      </td>
      <td className={styles.hashes}>
        <Witnesses witnesses={one.witnesses} />
      </td>
    </tr>
  )
}

function Listed({ log }: { log: LogName }): ReactElement {
  const w = useWords()
  const c = checkpointWords[w.language]
  const { roots, chooser } = useBelievedRoots()
  const query = useInfiniteQuery(checkpointsQuery(log))
  const { data, error, refetch, fetchNextPage } = query
  const items = useItems(data, c.shown)
  if (items === undefined)
    return error === null ? <Loading rows={4} /> : <Failed error={error} onRetry={() => void refetch()} />
  if (items.length === 0) return <Empty icon="shield">{c.none}</Empty>
  return (
    <>
      <ScrollArea className={tableStyles.scroll} label={c.list(c.logs[log])}>
        <table className={tableStyles.table}>
          <TableHead columns={c.columns} />
          <tbody>
            {items.map((one) => (
              <Row key={one.size} one={one} roots={roots} />
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {error !== null && <Failed error={error} onRetry={() => void fetchNextPage()} />}
      {chooser}
      <NextPage query={query} name={c.older} loading={c.loading} />
      <Comparison key={log} log={log} items={items} verifierKey={data?.pages[0]?.verifierKey ?? ''} />
    </>
  )
}

/** What each log was at which time, what others say of that, and whether it only grew in between. */
export function CheckpointsPage({ back }: { back: ReactElement }): ReactElement {
  const c = checkpointWords[useWords().language]
  const [log, setLog] = useState<LogName>(logNames[0])
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      {back}
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <SelectField label={c.log} value={log} onChange={({ target }) => setLog(target.value as LogName)}>
        {logNames.map((one) => (
          <option key={one} value={one}>
            {c.logs[one]}
          </option>
        ))}
      </SelectField>
      <Listed log={log} />
    </ScrollArea>
  )
}
