import {
  acts,
  actWords,
  kindWords,
  may,
  needsStepUp,
  proposalKindNames,
  roles,
  secondsFor,
} from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import deskStyles from '../ui/desk.module.css'
import { Icon } from '../ui/icon.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './role-matrix.module.css'
import type { RolesWords } from './roles-words.ts'

/** The policy as it is in force: the same object that the server asks. */
export function RoleMatrix({ words: c }: { words: RolesWords }): ReactElement {
  const w = useWords()
  return (
    <div className={deskStyles.part}>
      <h2>{c.matrix}</h2>
      <p className={deskStyles.quiet}>{c.matrixHint}</p>
      <ScrollArea label={c.matrix} className={tableStyles.scroll}>
        <table className={`${tableStyles.table} ${styles.matrix}`}>
          <thead>
            <tr>
              <th scope="col">{c.act}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {w.roles[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {acts.map((act) => (
              <tr key={act}>
                <th scope="row">
                  {actWords[act][w.language]}
                  {needsStepUp(act) && <span className={deskStyles.quiet}> ({c.confirmed})</span>}
                </th>
                {roles.map((role) => (
                  <td key={role} data-may={may(role, act) || undefined}>
                    {may(role, act) ? (
                      <span className={styles.may}>
                        <Icon name="check" size={16} /> {c.yes}
                      </span>
                    ) : (
                      c.no
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <h3>{c.seconds}</h3>
      <dl className={styles.seconds}>
        {proposalKindNames.map((kind) => (
          <div key={kind}>
            <dt>{kindWords[kind][w.language]}</dt>
            <dd>
              {secondsFor(kind)
                .map((role) => w.roles[role])
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
