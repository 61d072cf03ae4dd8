import { may } from '@buergerdraht/contract'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Reply, type Role, saveFile } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]

/** What the person is told after an erasure: to download, or to send while they can be answered. */
export function ErasureLetter({ request: { id }, role }: { request: Request; role: Role }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const [clientId] = useState(() => crypto.randomUUID())
  const { mutate, error, isPending } = useMutation({ mutationFn: (act: () => Promise<unknown>) => act() })
  const path = `/subject-requests/${id}/letter?format=`
  return (
    <div>
      <h4>{c.letter}</h4>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <div className={deskStyles.buttons}>
        <Button
          icon="download"
          isDisabled={isPending}
          onPress={() => mutate(() => saveFile(`${path}pdf`, 'loeschung.pdf'))}
        >
          {c.letterPdf}
        </Button>
        <Button
          icon="download"
          isDisabled={isPending}
          onPress={() => mutate(() => saveFile(`${path}text`, 'loeschung.txt'))}
        >
          {c.letterText}
        </Button>
        {may(role, 'open-requests') && (
          <Button
            icon="send"
            isDisabled={isPending}
            onPress={() =>
              mutate(async () => {
                await ask('sendErasureLetter', { params: { id }, body: { clientId } })
                announce(c.letterSent)
              })
            }
          >
            {c.letterSend}
          </Button>
        )}
      </div>
    </div>
  )
}
