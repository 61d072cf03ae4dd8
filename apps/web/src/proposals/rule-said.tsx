import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { RuleEffect } from '../ui/rule-effect.tsx'
import { ruleInWords, ruleWords } from '../ui/rule-words.ts'
import { useWords } from '../ui/words.tsx'
import type { ProposalsWords } from './proposals-words.ts'

type Payload = Extract<Reply<'listProposals'>['items'][number]['payload'], { periods: unknown }>

/** The next version of a rule: what it says, what it has said, and, while it can be decided, what it would do now. */
export function RuleSaid({
  payload: { cluster: code, version, periods },
  isOpen,
  words: c,
}: {
  payload: Payload
  isOpen: boolean
  words: ProposalsWords
}): ReactElement {
  const w = useWords()
  const words = ruleWords[w.language]
  const { data } = useQuery({
    queryKey: ['retention-rules'],
    queryFn: ({ signal }) => ask('readCatalogue', {}, signal),
  })
  const { data: preview } = useQuery({
    queryKey: ['retention-rules', 'preview', code, periods],
    queryFn: ({ signal }) => ask('previewRule', { params: { cluster: code }, body: { periods } }, signal),
    enabled: isOpen,
    retry: false,
  })
  const cluster = data?.clusters.find((one) => one.code === code)
  const before = cluster?.versions.find((one) => one.version === version - 1)
  return (
    <div>
      <p>{c.rule(cluster === undefined ? code : `${cluster.title[w.language]} (${code})`, version)}</p>
      {cluster !== undefined && (
        <ul>
          {before !== undefined && (
            <li>{c.ruleBefore(ruleInWords(words, cluster, before.classes).join('; '))}</li>
          )}
          <li>{c.ruleAfter(ruleInWords(words, cluster, periods).join('; '))}</li>
        </ul>
      )}
      {isOpen && preview !== undefined && (
        <>
          <p className={deskStyles.quiet}>{c.ruleHint}</p>
          <RuleEffect preview={preview} />
        </>
      )}
    </div>
  )
}
