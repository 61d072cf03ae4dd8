import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { previewOf } from './preview.ts'
import type { Held } from './use-sending.ts'

/** Why what was to be sent has not gone yet, and what one may do: nothing is left behind, and nobody answered over, without a word. */
export function SendQuestion({ held, onCancel }: { held: Held; onCancel: () => void }): ReactElement {
  const { waits, failed, holder, answered, sendAnyway } = held
  const w = useWords()
  if (waits)
    return (
      <Notice
        tone="info"
        action={
          <Button compact kind="quiet" onPress={onCancel}>
            {w.general.cancel}
          </Button>
        }
      >
        {w.composer.waitsForFiles}
      </Notice>
    )
  return (
    <div role="alert">
      <Notice
        tone="warning"
        action={
          <>
            <Button compact onPress={sendAnyway}>
              {failed.length > 0 ? w.composer.sendWithout : w.composer.sendAnyway}
            </Button>
            <Button compact kind="quiet" onPress={onCancel}>
              {w.general.cancel}
            </Button>
          </>
        }
      >
        {answered !== null && (
          <>
            {w.composer.colleagueAnswered(answered.author?.displayName ?? w.thread.ourOffice)} „
            <bdi>{previewOf(w, answered)}</bdi>“{' '}
          </>
        )}
        {answered === null && holder !== null && w.composer.colleagueHolds(holder)}{' '}
        {failed.length > 0 && w.composer.withoutFiles(failed.join(', '))}
      </Notice>
    </div>
  )
}
