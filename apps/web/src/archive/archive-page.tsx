import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Session } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { deskWords } from './desk-words.ts'
import { handOverWords } from './hand-over-words.ts'
import { HandOversPage } from './hand-overs-page.tsx'
import { PackageList } from './package-list.tsx'
import { PackagePage } from './package-page.tsx'
import { renewalWords } from './renewal-words.ts'
import { Standing } from './standing.tsx'

const place = '/archiv'

/** Records management's place: what is sealed of what was put to the file, and why that can be trusted. */
function ArchivePage({ openId, session }: { openId: string | null; session: Session }): ReactElement {
  const { language } = useWords()
  const c = deskWords[language]
  if (openId === 'uebergaben') return <HandOversPage role={session.account.role} />
  if (openId !== null) return <PackagePage id={openId} place={place} role={session.account.role} />
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <p className={styles.links}>
        <Link href="/archiv/uebergaben">{handOverWords[language].overview}</Link>
        <Link href="/loeschkonzept/anbietung">{c.offers}</Link>
        <Link href="/pruefung">{c.inspect}</Link>
        <Link href="/pruefung/erneuerungen">{renewalWords[language].open}</Link>
      </p>
      <Standing />
      <PackageList place={place} role={session.account.role} />
    </ScrollArea>
  )
}

export default ArchivePage
