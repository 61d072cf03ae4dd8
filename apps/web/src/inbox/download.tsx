import type { DownloadReason } from '@buergerdraht/contract'
import { createContext, type ReactElement, useContext, useState } from 'react'
import { type Attachment, attachmentDownload } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './download.module.css'

const reasons = [
  'filing',
  'processing',
  'other-authority',
  'not-readable-here',
] as const satisfies readonly DownloadReason[]

/** Whether whoever is signed in may save files; the server decides. */
export const MayDownload = createContext(false)

/** Saves a file, once it is said what for. Nothing for whoever may only look at it. */
export function Download({
  file: { id, fileName },
  className,
  named = false,
}: {
  file: Attachment
  className: string | undefined
  /** With the word beside the sign. */
  named?: boolean
}): ReactElement | null {
  const w = useWords()
  const mayDownload = useContext(MayDownload)
  const [isAsking, setIsAsking] = useState(false)
  if (!mayDownload) return null
  return (
    <>
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-label={named ? undefined : w.attachment.downloadName(fileName)}
        onClick={() => setIsAsking(true)}
      >
        <Icon name="download" size={18} /> {named && w.attachment.download}
      </button>
      {isAsking && (
        <Modal title={w.attachment.downloadName(fileName)} onClose={() => setIsAsking(false)}>
          <p>{w.attachment.downloadWhy}</p>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>
                <a
                  className={styles.reason}
                  href={attachmentDownload(id, reason)}
                  download
                  onClick={() => setIsAsking(false)}
                >
                  {w.attachment.downloadReasons[reason]}
                </a>
              </li>
            ))}
          </ul>
        </Modal>
      )}
    </>
  )
}
