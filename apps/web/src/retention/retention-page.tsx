import { may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { Link } from 'wouter'
import { ask, type Reply, type Session } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { ago, exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { AlgorithmsPage } from './algorithms-page.tsx'
import { algorithmsPageWords } from './algorithms-page-words.ts'
import { ArchiveOfferPage } from './archive-offer-page.tsx'
import { ArchiveOffersPage } from './archive-offers-page.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import { ArchivePage } from './archive-page.tsx'
import { archivePageWords } from './archive-page-words.ts'
import { catalogueQuery } from './catalogue-query.ts'
import { ClassMatrix } from './class-matrix.tsx'
import { coverageQuery } from './coverage-query.ts'
import { CoverageTable } from './coverage-table.tsx'
import { DocumentsPage } from './documents-page.tsx'
import { documentsWords } from './documents-words.ts'
import { DueAhead } from './due-ahead.tsx'
import { type DueListName, dueListOf, dueListPath } from './due-list-path.ts'
import { DueObjectsPage } from './due-objects-page.tsx'
import { dueWords } from './due-words.ts'
import { FilingPlanPage } from './filing-plan-page.tsx'
import { filingPlanWords } from './filing-plan-words.ts'
import LedgerPage from './ledger-page.tsx'
import { ledgerWords } from './ledger-words.ts'
import { PrivacyNoticePage, privacyNoticeQuery } from './privacy-notice-page.tsx'
import { privacyNoticeWords } from './privacy-notice-words.ts'
import { ProcessorsPage, processorListOf, processorsQuery } from './processors-page.tsx'
import { processorsWords } from './processors-words.ts'
import { AfterRestore, RestoreTasksPage, restoreTaskListOf } from './restore-tasks-page.tsx'
import { type RetentionWords, retentionWords } from './retention-words.ts'
import { RulePage } from './rule-page.tsx'
import { RulesTable } from './rules-table.tsx'
import { rulesWords } from './rules-words.ts'

type State = Reply<'readCoverage'>
type Latest = NonNullable<State['latest']>

function Behind({ list }: { list: DueListName['list'] & ('overdue' | 'missing') }): ReactElement {
  return <Link href={dueListPath({ list })}>{dueWords[useWords().language].see}</Link>
}

/** Is anything wrong. */
function Standing({ latest, words: c }: { latest: Latest | null; words: RetentionWords }): ReactElement {
  const inWords = new Intl.NumberFormat(useWords().locale)
  if (latest === null) return <Notice tone="info">{c.notYet}</Notice>
  const gaps = latest.rows - latest.classified
  return (
    <>
      {gaps > 0 && (
        <Notice tone="danger" action={<Behind list="missing" />}>
          {c.gaps(gaps, inWords.format(gaps))}
        </Notice>
      )}
      {gaps === 0 && <Notice tone="success">{c.complete}</Notice>}
      {latest.overdue > 0 && (
        <Notice tone="danger" action={<Behind list="overdue" />}>
          {c.overdue(latest.overdue, inWords.format(latest.overdue))}
        </Notice>
      )}
    </>
  )
}

function Trial({
  state,
  mayPropose,
  words: c,
  onPropose,
  proposing,
}: {
  state: State
  mayPropose: boolean
  words: RetentionWords
  onPropose: () => void
  proposing: boolean
}): ReactElement | null {
  if (!state.onTrial) return null
  return (
    <Notice
      tone="warning"
      action={
        mayPropose && !state.signingProposed ? (
          <Button isDisabled={proposing} onPress={onPropose}>
            {c.propose}
          </Button>
        ) : undefined
      }
    >
      {c.trial} {state.signingProposed && c.proposed}
    </Notice>
  )
}

function Counted({ latest, words: c }: { latest: Latest; words: RetentionWords }): ReactElement {
  const w = useWords()
  const now = useNow()
  const inWords = new Intl.NumberFormat(w.locale)
  // Rounded down: what is not complete never says 100.
  const share = latest.rows === 0 ? 1 : Math.floor((latest.classified / latest.rows) * 1000) / 1000
  const at = Date.parse(latest.at)
  function behind(list: 'waiting' | 'overdue' | 'kept', n: number): ReactElement {
    return (
      <Link href={dueListPath({ list })} aria-label={`${c.figures[list]}: ${inWords.format(n)}`}>
        {inWords.format(n)}
      </Link>
    )
  }
  const waiting = latest.items.reduce((all, one) => all + one.waiting, 0)
  return (
    <Figures>
      <Figure
        name={c.figures.share}
        value={new Intl.NumberFormat(w.locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)}
      />
      <Figure name={c.figures.rows} value={inWords.format(latest.rows)} />
      <Figure name={c.figures.waiting} value={behind('waiting', waiting)} />
      <Figure name={c.figures.overdue} value={behind('overdue', latest.overdue)} />
      <Figure name={c.figures.kept} value={behind('kept', latest.kept)} />
      <Figure name={c.figures.counted} value={<time title={exactly(w, at)}>{ago(w, at, now)}</time>} />
    </Figures>
  )
}

/** Until there is one, nobody who writes is told about their data; and where nothing can be sent, some are not. */
function NoticeMissing(): ReactElement | null {
  const c = privacyNoticeWords[useWords().language]
  const { data } = useQuery(privacyNoticeQuery)
  if (data === undefined || (data.current !== null && data.told.waiting === 0)) return null
  return (
    <Notice tone="warning" action={<Link href="/loeschkonzept/datenschutzhinweis">{c.overview}</Link>}>
      {data.current === null ? c.missing : c.untold(data.told.waiting)} {data.proposed !== null && c.proposed}
    </Notice>
  )
}

/** What lies elsewhere of what was destroyed here, in a line; in red words where somebody refuses. */
function AtProcessors(): ReactElement {
  const c = processorsWords[useWords().language]
  const { data } = useQuery(processorsQuery('open'))
  const refused = data?.counts.refused ?? 0
  return (
    <>
      <h2>{c.title}</h2>
      {refused > 0 && <Notice tone="warning">{c.refusing(refused)}</Notice>}
      <p>
        <Link href="/loeschkonzept/dienstleister">{c.overview}</Link>
      </p>
    </>
  )
}

function Rules(): ReactElement {
  const { language } = useWords()
  const c = rulesWords[language]
  const plan = filingPlanWords[language]
  const archive = archivePageWords[language]
  const offers = archiveOffersWords[language]
  const { data, error, refetch } = useQuery(catalogueQuery)
  return (
    <>
      <h2>{plan.title}</h2>
      <p>
        <Link href="/loeschkonzept/aktenplan">{plan.overview}</Link>
      </p>
      <h2>{archive.title}</h2>
      <p>
        <Link href="/loeschkonzept/archiv">{archive.overview}</Link>
      </p>
      <p>
        <Link href="/loeschkonzept/anbietung">{offers.overview}</Link>
      </p>
      <h2>{c.rules}</h2>
      <p className={deskStyles.quiet}>{c.rulesHint}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <RulesTable {...data} />
          <h2>{c.matrix}</h2>
          <p className={deskStyles.quiet}>{c.matrixHint}</p>
          <ClassMatrix {...data} />
        </>
      )}
    </>
  )
}

/** How long what is kept, for those who answer for it: figures, no content and no names. */
function OverviewPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = retentionWords[w.language]
  const client = useQueryClient()
  const { data: state, error, refetch } = useQuery(coverageQuery)
  function again(): Promise<void> {
    return client.invalidateQueries({ queryKey: coverageQuery.queryKey })
  }
  const recount = useMutation({ mutationFn: () => ask('askForCoverage', {}), onSettled: again })
  const signing = useMutation({
    mutationFn: () => ask('proposeSigning', {}),
    onSuccess: () => announce(c.proposed),
    onSettled: again,
  })
  const counting = state?.asked === true
  const countedAt = state?.latest?.at
  useEffect(() => {
    if (countedAt !== undefined && !counting)
      announce(`${c.figures.counted}: ${exactly(w, Date.parse(countedAt))}`)
  }, [c, w, countedAt, counting])
  useActs({
    acts: () => [{ id: 'recount', icon: 'retry', name: c.recount, run: () => recount.mutate() }],
  })
  const failure = signing.error ?? recount.error
  return (
    <ScrollArea label={c.title} className={deskStyles.widePage}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {state === undefined && error === null && <Loading />}
      {state === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {failure !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, failure)}
        </Notice>
      )}
      {state !== undefined && (
        <>
          <Trial
            state={state}
            mayPropose={may(session.account.role, 'propose-rules')}
            words={c}
            proposing={signing.isPending}
            onPropose={() => signing.mutate()}
          />
          <NoticeMissing />
          <AfterRestore />
          <Standing latest={state.latest} words={c} />
          {state.latest !== null && (
            <>
              <Counted latest={state.latest} words={c} />
              <p>
                <Button icon="retry" isDisabled={counting} onPress={() => recount.mutate()}>
                  {counting ? c.counting : c.recount}
                </Button>
              </p>
            </>
          )}
          <DueAhead />
          {state.latest !== null && (
            <>
              <h2>{c.table}</h2>
              <CoverageTable clusters={state.clusters} items={state.latest.items} words={c} />
            </>
          )}
          <h2>{documentsWords[w.language].title}</h2>
          <p>
            <Link href="/loeschkonzept/dokumente">{documentsWords[w.language].overview}</Link>
          </p>
          <h2>{privacyNoticeWords[w.language].title}</h2>
          <p>
            <Link href="/loeschkonzept/datenschutzhinweis">{privacyNoticeWords[w.language].overview}</Link>
          </p>
          <AtProcessors />
          <h2>{algorithmsPageWords[w.language].title}</h2>
          <p>
            <Link href="/loeschkonzept/algorithmen">{algorithmsPageWords[w.language].overview}</Link>
          </p>
          {may(session.account.role, 'see-ledger') && (
            <>
              <h2>{ledgerWords[w.language].title}</h2>
              <p>
                <Link href="/loeschkonzept/register">{ledgerWords[w.language].overview}</Link>
              </p>
            </>
          )}
          <Rules />
        </>
      )}
    </ScrollArea>
  )
}

/** All rules, or the one that the address names. */
function RetentionPage({ session, openId }: { session: Session; openId: string | null }): ReactElement {
  if (openId === 'anbietung') return <ArchiveOffersPage session={session} />
  if (openId?.startsWith('anbietung-') === true)
    return <ArchiveOfferPage id={openId.slice('anbietung-'.length)} session={session} />
  const processors = processorListOf(openId)
  if (processors !== null) return <ProcessorsPage of={processors} />
  const restoreTasks = restoreTaskListOf(openId)
  if (restoreTasks !== null) return <RestoreTasksPage of={restoreTasks} session={session} />
  if (openId === 'datenschutzhinweis') return <PrivacyNoticePage session={session} />
  if (openId === 'dokumente') return <DocumentsPage session={session} />
  const dueList = dueListOf(openId)
  if (dueList !== null) return <DueObjectsPage of={dueList} />
  if (openId === 'archiv') return <ArchivePage session={session} />
  if (openId === 'register') return <LedgerPage session={session} />
  if (openId === 'algorithmen') return <AlgorithmsPage session={session} />
  if (openId === 'aktenplan') return <FilingPlanPage session={session} />
  return openId === null ? <OverviewPage session={session} /> : <RulePage code={openId} session={session} />
}

export default RetentionPage
