import type { ReactElement } from 'react'
import type { AuditEntry } from '../api.ts'
import { exactly, shortMoment } from '../ui/moment.ts'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './audit-page.module.css'
import type { Choice } from './audit-queries.ts'
import type { AuditWords } from './audit-words.ts'

function factsOf(c: AuditWords, facts: AuditEntry['facts']): string {
  return Object.entries(facts)
    .filter(([name, value]) => value !== false && name !== 'emergencyAccess')
    .map(([name, value]) => {
      const word = c.facts[name] ?? name
      if (value === true) return word
      return `${word}: ${typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? pseudonym(value) : value}`
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
  const name = `${c.facts['emergencyAccess']} ${pseudonym(id)}`
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
    <ScrollArea label={c.entries} className={styles.scroll}>
      <table className={styles.table}>
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
                {actor === null && <span className={styles.quiet}>{c.nobody}</span>}
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
                    <span className={styles.quiet}>{w.roles[actor.role]}</span>
                    {names?.has(actor.id) && <div>{names.get(actor.id)?.displayName}</div>}
                  </>
                )}
                {network !== null && <div className={styles.quiet}>{network}</div>}
              </td>
              <td>
                {c.acts[act]}
                <div className={styles.quiet}>{factsOf(c, facts)}</div>
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
              <td className={styles.number}>{leaf ?? <span className={styles.quiet}>{c.waits}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
