import { may, type Role } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiRoot, ask, type Reply, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { documentsWords } from './documents-words.ts'
import styles from './retention-page.module.css'
import { SubPage } from './sub-page.tsx'

type OfficeDocument = Reply<'listDocuments'>['items'][number]

const queryKey = ['documents'] as const

function Files({
  kind,
  number,
  name,
}: {
  kind: string
  number: number | 'draft'
  name: string
}): ReactElement {
  return (
    <>
      {(['pdf', 'md'] as const).map((format) => (
        <a
          key={format}
          className={styles.download}
          href={`${apiRoot}/retention/documents/${kind}/issues/${number}?format=${format}`}
          aria-label={`${name}: ${format === 'pdf' ? 'PDF' : 'Markdown'}`}
          download
        >
          {format === 'pdf' ? 'PDF' : 'Markdown'}
        </a>
      ))}
    </>
  )
}

/** Whether the newest issue still says what is set; and, on demand, what it does not. */
function Since({ number, changes }: { number: number; changes: readonly string[] }): ReactElement {
  const c = documentsWords[useWords().language]
  if (changes.length === 0) return <Notice tone="success">{c.same(number)}</Notice>
  return (
    <>
      <Notice tone="info">{c.changed(number, changes.length)}</Notice>
      <details>
        <summary>{c.show}</summary>
        <ul lang="de">
          {changes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Issues({ issues, kind }: Pick<OfficeDocument, 'issues' | 'kind'>): ReactElement {
  const w = useWords()
  const c = documentsWords[w.language]
  return (
    <ScrollArea className={tableStyles.scroll} label={`${c.issues}: ${c.kinds[kind]}`}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            {[c.number, c.on, c.by, c.file].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {issues.map(({ number, issuedAt, issuedRole }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td>{shortMoment(w, Date.parse(issuedAt))}</td>
              <td>{w.roles[issuedRole as Role]}</td>
              <td>
                <Files kind={kind} number={number} name={`${c.kinds[kind]}, ${c.number} ${number}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

function OneDocument({ one, mayIssue }: { one: OfficeDocument; mayIssue: boolean }): ReactElement {
  const w = useWords()
  const c = documentsWords[w.language]
  const client = useQueryClient()
  const { kind, issues, changes } = one
  const latest = issues[0]?.number ?? 0
  const issuing = useMutation({
    mutationFn: () => ask('issueDocument', { params: { kind }, body: { after: latest } }),
    onSuccess: ({ number }) => announce(c.issued(number)),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  return (
    <>
      <h2>{c.kinds[kind]}</h2>
      {changes === null ? (
        <p className={deskStyles.quiet}>{c.never}</p>
      ) : (
        <Since number={latest} changes={changes} />
      )}
      <p>
        {c.draft}: <Files kind={kind} number="draft" name={`${c.kinds[kind]}, ${c.draft}`} />
      </p>
      {issuing.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, issuing.error)}
        </Notice>
      )}
      {mayIssue && (
        <p>
          <Button
            aria-label={`${c.issue(latest + 1)}: ${c.kinds[kind]}`}
            isDisabled={issuing.isPending}
            onPress={() => issuing.mutate()}
          >
            {issuing.isPending ? c.issuing : c.issue(latest + 1)}
          </Button>
        </p>
      )}
      {issues.length > 0 && <Issues issues={issues} kind={kind} />}
    </>
  )
}

/** Deletion concept, record of processing activities and measures, from what is set: what was issued, what has changed since, and the next issue. */
export function DocumentsPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = documentsWords[w.language]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('listDocuments', {}, signal),
    ...changesByDecision,
  })
  return (
    <SubPage words={c} query={query}>
      {({ items }) =>
        items.map((one) => (
          <OneDocument key={one.kind} one={one} mayIssue={may(session.account.role, 'issue-documents')} />
        ))
      }
    </SubPage>
  )
}
