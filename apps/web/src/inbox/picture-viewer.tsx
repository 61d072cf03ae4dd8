import type { ReactElement } from 'react'
import { type Attachment, attachmentContent, attachmentDownload } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './picture-viewer.module.css'

function PictureViewer({
  attachment,
  onClose,
}: {
  attachment: Attachment
  onClose: () => void
}): ReactElement {
  const w = useWords()
  const { id, fileName } = attachment
  return (
    <Modal title={fileName} wide onClose={onClose}>
      <img className={styles.picture} src={attachmentContent(id)} alt={w.attachment.imageAlt(fileName)} />
      <p>
        <a className={styles.get} href={attachmentDownload(id)} download={fileName}>
          <Icon name="download" size={18} /> {w.attachment.download}
        </a>
      </p>
    </Modal>
  )
}

export default PictureViewer
