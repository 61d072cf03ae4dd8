import { type ReactElement, useContext, useState } from 'react'
import { type Attachment, attachmentContent, attachmentPreview } from '../api.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { size } from '../ui/moment.ts'
import { useWords, type Words } from '../ui/words.tsx'
import styles from './attachment-view.module.css'
import { Download } from './download.tsx'
import { canBeHeard } from './use-sound-source.ts'
import { maxShownTextBytes, ViewFile, viewingOf } from './viewed-files.ts'
import { VoicePlayer } from './voice-player.tsx'

const icons = {
  image: 'image',
  video: 'film',
  audio: 'play',
  voice: 'mic',
  document: 'file',
  sticker: 'smile',
} as const satisfies Record<Attachment['kind'], IconName>

function facts(w: Words, attachment: Attachment): string {
  return [
    attachment.sizeBytes === null ? '' : size(w, attachment.sizeBytes),
    attachment.pages === null || attachment.mediaType === 'image/heic'
      ? ''
      : w.attachment.pages(attachment.pages),
  ]
    .filter((fact) => fact !== '')
    .join(' · ')
}

function reasonOf(w: Words, { state, quarantine }: Attachment): string {
  if (state === 'quarantined')
    return quarantine === null ? w.attachment.quarantined : w.attachment[quarantine]
  return state === 'ready' ? '' : w.attachment[state]
}

/** What it is and why one cannot see it, or not yet. */
function Unavailable({ attachment }: { attachment: Attachment }): ReactElement {
  const w = useWords()
  const waiting = attachment.state === 'pending'
  return (
    <div className={styles.file} data-waiting={waiting || undefined}>
      <span
        className={styles.sign}
        data-danger={['infected', 'quarantined'].includes(attachment.state) || undefined}
      >
        <Icon name={waiting ? icons[attachment.kind] : attachment.state === 'expired' ? 'clock' : 'alert'} />
      </span>
      <div className={styles.about}>
        <p className={styles.name}>
          <bdi>{attachment.kind === 'document' ? attachment.fileName : w.kinds[attachment.kind]}</bdi>
        </p>
        <p className={styles.quiet}>{reasonOf(w, attachment)}</p>
      </div>
    </div>
  )
}

/** A picture in a thread, in CSS pixels. */
const maxWidth = 320
const maxHeight = 360

function Picture({ attachment }: { attachment: Attachment }): ReactElement {
  const w = useWords()
  const view = useContext(ViewFile)
  const { preview, id, fileName } = attachment
  const width = preview?.width ?? attachment.width ?? 320
  const height = preview?.height ?? attachment.height ?? 240
  const scale = Math.min(1, maxWidth / width, maxHeight / height)
  return (
    <button type="button" className={styles.picture} aria-haspopup="dialog" onClick={() => view(id)}>
      {/* Its room is kept before it comes, so that nothing jumps. */}
      <img
        src={preview === null ? attachmentContent(id) : attachmentPreview(id)}
        alt={w.attachment.imageAlt(fileName)}
        width={Math.round(width * scale)}
        height={Math.round(height * scale)}
        style={{ aspectRatio: `${width} / ${height}` }}
        loading="lazy"
        decoding="async"
      />
    </button>
  )
}

/** Offers what this browser cannot play as a file, for another program. */
function Unplayable({ attachment }: { attachment: Attachment }): ReactElement {
  const w = useWords()
  return (
    <div role="status">
      <p className={styles.quiet}>{w.attachment.unplayable}</p>
      <Paper attachment={attachment} />
    </div>
  )
}

function Sound({ attachment }: { attachment: Attachment }): ReactElement {
  const [plays, setPlays] = useState(() => canBeHeard(attachment))
  if (!plays) return <Unplayable attachment={attachment} />
  return <VoicePlayer attachment={attachment} onUnplayable={() => setPlays(false)} />
}

function Film({ attachment }: { attachment: Attachment }): ReactElement {
  const { id, preview, width, height } = attachment
  const [plays, setPlays] = useState(true)
  if (!plays) return <Unplayable attachment={attachment} />
  return (
    <video
      className={styles.film}
      controls
      preload="none"
      aria-label={attachment.fileName}
      src={attachmentContent(id)}
      onError={() => setPlays(false)}
      style={{ aspectRatio: `${preview?.width ?? width ?? 16} / ${preview?.height ?? height ?? 9}` }}
      {...(preview === null ? {} : { poster: attachmentPreview(id) })}
    />
  )
}

/** More is not drawn; as the server holds it. */
const maxDrawnBytes = 48 * 1024 * 1024

/** Why a file that a clerk expects to see can only be saved; null: nobody expects it, or it can be seen. */
function whyNotSeen(w: Words, { mediaType, sizeBytes, pages }: Attachment): string | null {
  if (mediaType === 'application/pdf' && pages === null)
    return (sizeBytes ?? 0) > maxDrawnBytes ? w.viewer.largePdf : w.viewer.oddPdf
  if (mediaType === 'text/plain' && (sizeBytes ?? 0) > maxShownTextBytes) return w.viewer.longText
  const isDrawn = mediaType === 'image/heic' && pages !== null
  if (/^image\/(?:heic|avif|tiff|bmp)$/.test(mediaType) && !isDrawn)
    return w.viewer.oddPicture(mediaType.slice('image/'.length).toUpperCase())
  return null
}

function Paper({ attachment }: { attachment: Attachment }): ReactElement {
  const w = useWords()
  const view = useContext(ViewFile)
  const { id, fileName, preview } = attachment
  const seen = viewingOf(attachment) !== null
  const unseen = whyNotSeen(w, attachment)
  return (
    <div className={styles.paper}>
      {preview !== null && seen && (
        <button
          type="button"
          className={styles.page}
          aria-haspopup="dialog"
          aria-label={w.attachment.open(fileName)}
          onClick={() => view(id)}
        >
          <img
            src={attachmentPreview(id)}
            alt=""
            width={preview.width}
            height={preview.height}
            style={{ aspectRatio: `${preview.width} / ${preview.height}` }}
            loading="lazy"
          />
        </button>
      )}
      <div className={styles.file}>
        <span className={styles.sign}>
          <Icon name="file" />
        </span>
        <div className={styles.about}>
          <p className={styles.name}>
            {preview === null && seen ? (
              <button
                type="button"
                className={styles.opens}
                aria-haspopup="dialog"
                aria-label={w.attachment.open(fileName)}
                onClick={() => view(id)}
              >
                <bdi>{fileName}</bdi>
              </button>
            ) : (
              <bdi>{fileName}</bdi>
            )}
          </p>
          <p className={styles.quiet}>{facts(w, attachment)}</p>
          {unseen !== null && <p className={styles.quiet}>{unseen}</p>}
        </div>
        <Download file={attachment} className={styles.get} />
      </div>
    </div>
  )
}

export function AttachmentView({ attachment }: { attachment: Attachment }): ReactElement {
  const w = useWords()
  if (attachment.state !== 'ready') return <Unavailable attachment={attachment} />
  switch (attachment.kind) {
    case 'image':
      return <Picture attachment={attachment} />
    case 'sticker':
      return (
        <img
          className={styles.sticker}
          src={attachmentContent(attachment.id)}
          alt={w.attachment.stickerAlt}
          width={144}
          height={144}
          loading="lazy"
        />
      )
    case 'video':
      return <Film attachment={attachment} />
    case 'audio':
    case 'voice':
      return <Sound attachment={attachment} />
    case 'document':
      return <Paper attachment={attachment} />
  }
}
