import type { ReactElement } from 'react'
import { attachmentPreview, type Failure } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { size } from '../ui/moment.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './file-tray.module.css'
import type { Files } from './use-files.ts'

/** Refusals that another try may answer otherwise; a file that is too large stays so. */
const mayHelp: ReadonlySet<Failure['code']> = new Set([
  'offline',
  'defect',
  'not-ready',
  'too-many-requests',
  'not-signed-in',
])

/** What will go with the reply, and how far it has come. */
export function FileTray({
  files,
  onRemoved,
}: {
  files: Files
  /** The button that was pressed has gone: the focus is to go somewhere. */
  onRemoved: () => void
}): ReactElement | null {
  const w = useWords()
  if (files.entries.length === 0) return null
  return (
    <ul className={styles.tray}>
      {files.entries.map(({ key, name, sizeBytes, percent, attachment, failure, scaledFrom }) => (
        <li
          key={key}
          className={styles.file}
          data-failed={failure !== null || undefined}
          data-asks={scaledFrom !== null || undefined}
        >
          {attachment?.preview != null && attachment.state === 'ready' ? (
            <img src={attachmentPreview(attachment.id)} alt="" width={36} height={36} />
          ) : (
            <span className={styles.sign}>
              <Icon name={failure === null ? 'file' : 'alert'} />
            </span>
          )}
          <span className={styles.about}>
            <span className={styles.name}>
              <bdi>{name}</bdi>
            </span>
            <span className={styles.quiet}>
              {failure !== null && sizeBytes !== null && `${size(w, sizeBytes)} · `}
              {failure !== null && (failure.fields[0]?.message ?? sentenceOf(w, failure))}
              {failure === null && attachment === null && w.composer.uploading(percent)}
              {failure === null && attachment !== null && sizeBytes !== null && size(w, sizeBytes)}
            </span>
            {failure === null && attachment === null && (
              <progress max={100} value={percent} aria-label={name} />
            )}
            {scaledFrom !== null && (
              <span className={styles.question}>
                <span>
                  {w.composer.scaledFrom(size(w, scaledFrom.sizeBytes), scaledFrom.width, scaledFrom.height)}
                </span>
                <Button compact onPress={() => files.keepScaled(key)}>
                  {w.composer.keepScaled}
                </Button>
                <Button compact onPress={() => files.takeOriginal(key)}>
                  {w.composer.takeOriginal}
                </Button>
              </span>
            )}
          </span>
          {failure !== null && mayHelp.has(failure.code) && (
            <Button
              kind="quiet"
              compact
              icon="retry"
              aria-label={w.composer.uploadAgain}
              onPress={() => files.again(key)}
            />
          )}
          <Button
            kind="quiet"
            compact
            icon="close"
            aria-label={w.composer.removeFile(name)}
            onPress={() => {
              files.remove(key)
              onRemoved()
            }}
          />
        </li>
      ))}
      {files.leftOut > 0 && <li className={styles.leftOut}>{w.composer.tooManyFiles(files.leftOut)}</li>}
    </ul>
  )
}
