import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Desk } from '../desks.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './desk-page.module.css'

/** An address of nothing says where one may go. */
export function NowherePage({ desks }: { desks: readonly Desk[] }): ReactElement {
  const w = useWords()
  const places = desks.map(({ address, name }) => [address, name(w)] as const)
  return (
    <div className={styles.page}>
      <PageTitle>{w.nowhere.title}</PageTitle>
      <p>{w.nowhere.lead}</p>
      <ul className={styles.places}>
        {(places.length === 0 ? [['/', w.product] as const] : places).map(([address, name]) => (
          <li key={address}>
            <Link href={address}>{name}</Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
