import { errorCodes } from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import type { AuditEntry } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { exactly, shortMoment } from '../ui/moment.ts'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords, type Words } from '../ui/words.tsx'
import styles from './audit-page.module.css'
import type { Choice } from './audit-queries.ts'
import type { AuditWords } from './audit-words.ts'
import { factWords } from './fact-words.ts'

/** Marks for identifiers, sentences for refusals, words for codes; numbers as they are. */
function valueIn(language: Words['language'], value: string | number): string | number {
  if (typeof value === 'number') return value
  if (/^[0-9a-f-]{36}$/.test(value)) return pseudonym(value)
  if (Object.hasOwn(errorCodes, value)) return errorCodes[value as keyof typeof errorCodes].message[language]
  return factWords[language].valueOf(value)
}

function factsOf(language: Words['language'], facts: AuditEntry['facts']): string {
  return Object.entries(facts)
    .filter(([name]) => name !== 'emergencyAccess')
    .flatMap(([name, value]) => {
      if (value === false) return []
      const word = factWords[language].nameOf(name)
      return value === true ? word : `${word}: ${valueIn(language, value)}`
    })
    .join(', ')
}

function EmergencyMark({
  id,
  words: c,
  onChoose,
}: {
  id: string
  words: AuditWords
  onChoose: (change: Partial<Choice>) => void
}): ReactElement {
  const w = useWords()
  const name = `${factWords[w.language].nameOf('emergencyAccess')} ${pseudonym(id)}`
  return (
    <button
      type="button"
      className={styles.mark}
      aria-label={c.show(name)}
      onClick={() => onChoose({ emergencyAccess: id })}
    >
      {name}
    </button>
  )
}

export function AuditTable({
  entries,
  names,
  words: c,
  onChoose,
}: {
  entries: readonly AuditEntry[]
  /** Of whom the reader may know it now. */
  names: ReadonlyMap<string, { readonly displayName: string }> | undefined
  words: AuditWords
  onChoose: (change: Partial<Choice>) => void
}): ReactElement {
  const w = useWords()
  return (
    <ScrollArea label={c.entries} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{c.when}</th>
            <th scope="col">{c.who}</th>
            <th scope="col">{c.what}</th>
            <th scope="col">{c.about}</th>
            <th scope="col" className={styles.number}>
              {c.place}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, act, actor, network, object, facts, leaf }) => (
            <tr key={id}>
              <td>
                <time dateTime={at} title={exactly(w, Date.parse(at))}>
                  {shortMoment(w, Date.parse(at))}
                </time>
              </td>
              <td>
                {actor === null && <span className={deskStyles.quiet}>{c.nobody}</span>}
                {actor !== null && (
                  <>
                    <button
                      type="button"
                      className={styles.mark}
                      aria-label={c.show(pseudonym(actor.id))}
                      onClick={() => onChoose({ actor: actor.id })}
                    >
                      {pseudonym(actor.id)}
                    </button>{' '}
                    <span className={deskStyles.quiet}>{w.roles[actor.role]}</span>
                    {names?.has(actor.id) && <div>{names.get(actor.id)?.displayName}</div>}
                  </>
                )}
                {network !== null && <div className={deskStyles.quiet}>{network}</div>}
              </td>
              <td>
                {c.acts[act]}
                <div className={deskStyles.quiet}>{factsOf(w.language, facts)}</div>
                {typeof facts['emergencyAccess'] === 'string' && (
                  <EmergencyMark id={facts['emergencyAccess']} words={c} onChoose={onChoose} />
                )}
              </td>
              <td>
                {object !== null && (
                  <button
                    type="button"
                    className={styles.mark}
                    aria-label={c.show(`${c.kinds[object.kind] ?? object.kind} ${pseudonym(object.id)}`)}
                    onClick={() => onChoose({ object })}
                  >
                    {c.kinds[object.kind] ?? object.kind} {pseudonym(object.id)}
                  </button>
                )}
              </td>
              <td className={styles.number}>{leaf ?? <span className={deskStyles.quiet}>{c.waits}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
