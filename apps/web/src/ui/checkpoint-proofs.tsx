import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import { checkpointProofWords } from './checkpoint-proof-words.ts'
import deskStyles from './desk.module.css'
import { exactly, shortMoment, span } from './moment.ts'
import { Notice } from './notice.tsx'
import { useNow } from './now.ts'
import { ScrollArea } from './scroll-area.tsx'
import tableStyles from './table.module.css'
import { TableHead } from './table-head.tsx'
import { useWords } from './words.tsx'

type Proof = Reply<'readLedgerState'>['proofs'][number]

function keyOf({ kind, prover }: Proof): string {
  return `${kind} ${prover}`
}

/** What others say of the checkpoints of a log, and, above it, since when somebody has not. */
export function CheckpointProofs({ proofs }: { proofs: readonly Proof[] }): ReactElement {
  const w = useWords()
  const now = useNow()
  const c = checkpointProofWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  function nameOf({ kind, prover }: Proof) {
    return prover === '' ? c.kinds[kind] : `${c.kinds[kind]} ${prover}`
  }
  return (
    <section className={deskStyles.part}>
      <h2>{c.title}</h2>
      <p className={deskStyles.quiet}>{proofs.length === 0 ? c.nobody : c.hint}</p>
      {proofs.map((proof) => {
        if (proof.failingSince === null) return null
        const since = span(w, Math.max(0, now - Date.parse(proof.failingSince)))
        return (
          <Notice key={keyOf(proof)} tone="danger">
            {nameOf(proof)} {c.missing(since)}{' '}
            {c.faults[proof.fault ?? ''] ?? c.otherFault(proof.fault ?? '')}
          </Notice>
        )
      })}
      {proofs.length > 0 && (
        <ScrollArea className={tableStyles.scroll} label={c.title}>
          <table className={tableStyles.table}>
            <TableHead columns={c.columns} />
            <tbody>
              {proofs.map((proof) => (
                <tr key={keyOf(proof)}>
                  <th scope="row">{nameOf(proof)}</th>
                  <td>{proof.size === null ? '' : inWords.format(proof.size)}</td>
                  <td>
                    {proof.provenAt === null ? (
                      c.never
                    ) : (
                      <time title={exactly(w, Date.parse(proof.provenAt))}>
                        {shortMoment(w, Date.parse(proof.provenAt))}
                      </time>
                    )}
                  </td>
                  <td>
                    {proof.failingSince === null
                      ? c.works
                      : c.missing(span(w, Math.max(0, now - Date.parse(proof.failingSince))))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </section>
  )
}
