import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { saveBytes } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { useWords } from '../ui/words.tsx'
import { timeStampRootsQuery } from './archive-query.ts'
import { takingWords } from './taking-words.ts'

export const rootsFile = 'tsa-root.pem'

/** By which certificates the office's time stamps are checked, to take along; whoever verifies compares their fingerprints elsewhere. */
export function TimeStampRoots(): ReactElement | null {
  const c = takingWords[useWords().language].roots
  const { data } = useQuery(timeStampRootsQuery)
  if (data === undefined || data.items.length === 0) return null
  const pem = data.items.map((root) => root.pem).join('')
  return (
    <>
      <p>
        <Button icon="download" onPress={() => saveBytes(new Blob([pem]), rootsFile)}>
          {c.load}
        </Button>
      </p>
      <ul>
        {data.items.map(({ name, fingerprint }) => (
          <li key={fingerprint} className={deskStyles.value}>
            {c.fingerprint(name)}: <code>{fingerprint}</code>{' '}
            <CopyButton text={fingerprint} name={c.copy(name)} />
          </li>
        ))}
      </ul>
      <p className={deskStyles.quiet}>{c.compare}</p>
    </>
  )
}
