import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Modal } from '../ui/modal.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { InvitationLink } from './invitation-link.tsx'
import styles from './people-page.module.css'
import { type Person, personQuery } from './people-queries.ts'
import type { PeopleWords } from './people-words.ts'

/** Whether somebody can sign in: the invitation while there is one, and the account itself. */
export function Access({
  person,
  words: c,
  isBusy,
  onDisable,
}: {
  person: Person
  words: PeopleWords
  isBusy: boolean
  onDisable: (disabled: boolean) => void
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const params = { id: person.id }
  function settled(): Promise<void> {
    return client.invalidateQueries({ queryKey: personQuery(person.id).queryKey })
  }
  const renew = useMutation({ mutationFn: () => ask('renewInvitation', { params }), onSuccess: settled })
  const revoke = useMutation({
    mutationFn: () => ask('revokeInvitation', { params }),
    onSuccess: () => {
      announce(c.revoked)
      return settled()
    },
  })
  const error = renew.error ?? revoke.error
  if (renew.data !== undefined)
    return <InvitationLink invitation={renew.data} words={c} onDone={() => renew.reset()} />
  const until = person.invitedUntil === null ? 0 : Date.parse(person.invitedUntil)
  return (
    <section className={styles.form} aria-labelledby="access">
      <h3 id="access">{c.access}</h3>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {person.state === 'invited' && (
        <p>{until > now ? c.invitedUntil(exactly(w, until)) : c.invitationOver}</p>
      )}
      <p className={deskStyles.buttons}>
        {person.state === 'invited' && (
          <>
            <Button isDisabled={renew.isPending} onPress={() => renew.mutate()}>
              {c.renew}
            </Button>
            {until > now && (
              <Button isDisabled={revoke.isPending} onPress={() => revoke.mutate()}>
                {c.revoke}
              </Button>
            )}
          </>
        )}
        {person.state === 'disabled' ? (
          <Button isDisabled={isBusy} onPress={() => onDisable(false)}>
            {c.enable}
          </Button>
        ) : (
          <Button isDisabled={isBusy} onPress={() => setAsking(true)}>
            {c.disable}
          </Button>
        )}
      </p>
      {asking && (
        <Modal title={c.disableTitle(person.displayName)} onClose={() => setAsking(false)}>
          <p>{c.disableText}</p>
          <div className={deskStyles.buttons}>
            <Button onPress={() => setAsking(false)}>{w.general.cancel}</Button>
            <Button
              kind="danger"
              onPress={() => {
                setAsking(false)
                onDisable(true)
              }}
            >
              {c.disable}
            </Button>
          </div>
        </Modal>
      )}
    </section>
  )
}
