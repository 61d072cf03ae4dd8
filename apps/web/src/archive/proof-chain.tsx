import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import type { Package } from './archive-query.ts'
import { judgeTimes, shownFiles } from './judge-times.ts'
import { JudgedTimes } from './judged-times.tsx'
import { bytesOf, type Climb, climb, hexOf } from './merkle-path.ts'
import { ProofDrawing } from './proof-drawing.tsx'
import { proofWords } from './proof-words.ts'
import { shownManifest } from './shown-manifest.ts'
import { timesWords } from './times-words.ts'
import { useBelievedRoots } from './use-believed-roots.tsx'

type Proof = NonNullable<Package['proof']>

function Hash({ copyName, value }: { copyName: string; value: string }): ReactElement {
  return (
    <span className={deskStyles.value}>
      <code>{value}</code> <CopyButton text={value} name={copyName} />
    </span>
  )
}

function Step({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <li className={styles.step}>
      <h3>{title}</h3>
      {children}
    </li>
  )
}

/** The same as the drawing, for whoever wants the whole of each hash. */
function PathTable({ rungs }: Pick<Climb, 'rungs'>): ReactElement {
  const c = proofWords[useWords().language]
  return (
    <ScrollArea className={tableStyles.scroll} label={c.drawing}>
      <table className={tableStyles.table}>
        <TableHead columns={c.columns} />
        <tbody>
          {rungs.map(({ own, neighbour, side, above }, at) => (
            <tr key={own}>
              <th scope="row">{at + 1}</th>
              <td className={styles.hashes}>
                <Hash copyName={c.copyStep(at + 1, c.columns.own)} value={own} />
              </td>
              <td className={styles.hashes}>
                {c[side]}: <Hash copyName={c.copyStep(at + 1, c.columns.neighbour)} value={neighbour} />
              </td>
              <td className={styles.hashes}>
                <Hash copyName={c.copyStep(at + 1, c.columns.above)} value={above} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What the page has computed, and what the server says of the signature. */
function Verdict({ climbed, proof }: { climbed: Climb; proof: Proof }): ReactElement {
  const c = proofWords[useWords().language]
  if (!climbed.holds) return <Notice tone="danger">{c.fails}</Notice>
  return proof.signed ? (
    <Notice tone="success">{c.holds}</Notice>
  ) : (
    <Notice tone="danger">{c.unsigned}</Notice>
  )
}

/** Time stamp and evidence record, judged here over what the page shows. */
function ProvenTimes({ shown }: { shown: Package }): ReactElement {
  const c = timesWords[useWords().language]
  const { roots, chooser } = useBelievedRoots()
  const { data, error } = useQuery({
    queryKey: [
      'judged-times',
      shown.proof,
      shown.timeStamp,
      shown.evidence,
      shownManifest(shown),
      roots,
    ] as const,
    queryFn: async () => (roots === null ? null : judgeTimes(await shownFiles(shown), roots)),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      {error !== null && <Notice tone="warning">{c.failed}</Notice>}
      {roots === null || data === undefined || data === null ? (
        error === null && <p>{c.judging}</p>
      ) : (
        <JudgedTimes judgement={data} said={shown.times} roots={roots} />
      )}
      {chooser}
    </>
  )
}

/**
 * Why a package is what was sealed, step by step, so that a layman can follow: contents, manifest, leaf, way to the root, checkpoint, time, witnesses.
 * Leaf and way are computed here, from what the page shows.
 */
export function ProofChain({ shown, proof }: { shown: Package; proof: Proof }): ReactElement {
  const w = useWords()
  const c = proofWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const { index, size, path, note, cosignedBy } = proof
  const manifest = shownManifest(shown) ?? ''
  const { data: climbed } = useQuery({
    queryKey: ['archive-path', manifest, index, size, path, proof.root] as const,
    queryFn: () =>
      climb(
        new TextEncoder().encode(manifest),
        index,
        size,
        path.map(({ hash }) => hash),
        proof.root,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [of, place] = [inWords.format(size), inWords.format(index + 1)]
  return (
    <section aria-labelledby="proof" className={deskStyles.part}>
      <h2 id="proof">{c.title}</h2>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {climbed === undefined ? <p>{c.computing}</p> : <Verdict climbed={climbed} proof={proof} />}
      <ol className={styles.steps}>
        <Step title={c.steps.items}>
          <p>{c.steps.itemsText(shown.entries.length, shown.erasedItems)}</p>
        </Step>
        <Step title={c.steps.leaf}>
          <p>{c.steps.leafText(place, of)}</p>
          {climbed !== undefined && <Hash copyName={c.copy(c.leafHash)} value={climbed.leaf} />}
        </Step>
        <Step title={c.steps.path}>
          <p>{c.steps.pathText(path.length)}</p>
          {climbed !== undefined && climbed.rungs.length > 0 && (
            <>
              <ProofDrawing leaf={climbed.leaf} rungs={climbed.rungs} />
              <PathTable rungs={climbed.rungs} />
            </>
          )}
        </Step>
        <Step title={c.steps.checkpoint}>
          <p>{proof.signed ? c.steps.checkpointText(of) : c.unsigned}</p>
          <Hash copyName={c.copy(c.root)} value={hexOf(bytesOf(proof.root))} />
          <p>
            {c.note}: <CopyButton text={note} name={c.copy(c.note)} />
          </p>
          <pre className={styles.note}>{note}</pre>
          <p>
            {c.key}: <Hash copyName={c.copy(c.key)} value={shown.verifierKeys.archive} />
          </p>
        </Step>
        <Step title={c.steps.time}>
          <p>{shown.timeStamp === null ? c.steps.noTime : c.steps.someTime}</p>
          {shown.evidence !== null && <p>{c.steps.evidence}</p>}
          {(shown.timeStamp !== null || shown.evidence !== null) && <ProvenTimes shown={shown} />}
        </Step>
        <Step title={c.steps.witnesses}>
          <p>
            {cosignedBy.length === 0 ? c.steps.noWitnesses : c.steps.witnessesText(cosignedBy.join(', '))}
          </p>
        </Step>
      </ol>
    </section>
  )
}
