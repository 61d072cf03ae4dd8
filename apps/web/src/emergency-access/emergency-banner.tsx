import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { ask, Failure, type Session } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce, hush } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { emergencyAccessWords } from '../ui/emergency-access-words.ts'
import { remaining } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './emergency-banner.module.css'

/**
 * Stands above everything as long as an emergency access holds in this session, with what is left of it and one key to end it. Looks every few
 * seconds whether somebody else has ended it: the rights of the page follow.
 */
function EmergencyBanner({
  access,
  onRightsChanged,
}: {
  access: NonNullable<Session['emergencyAccess']>
  onRightsChanged: () => void
}): ReactElement {
  const w = useWords()
  const c = emergencyAccessWords[w.language]
  const now = useNow()
  const left = Date.parse(access.until) - now
  const { data: holds } = useQuery({
    queryKey: ['own-emergency-access'],
    queryFn: ({ signal }) => ask('readSession', {}, signal),
    select: ({ emergencyAccess }) => emergencyAccess?.id === access.id,
    refetchInterval: 5_000,
    staleTime: 0,
    gcTime: 0,
  })
  const isOver = holds === false || left <= 0
  useEffect(() => {
    if (!isOver) return
    // What was read out before is of the team.
    hush()
    announce(c.ended)
    onRightsChanged()
  }, [isOver, c, onRightsChanged])
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('endEmergencyAccess', { params: { id: access.id } }),
    onSuccess: () => {
      hush()
      announce(c.ended)
      onRightsChanged()
    },
    onError: (failure) => {
      if (failure instanceof Failure && failure.code === 'emergency-access-over') onRightsChanged()
    },
  })
  useActs({ acts: () => [{ id: 'end-emergency', icon: 'close', name: c.end, run: () => mutate() }] })
  return (
    <section className={styles.banner} aria-label={c.title}>
      <p>{c.banner(access.team.name, remaining(w, Math.max(0, left)))}</p>
      <Button compact kind="danger" isDisabled={isPending} onPress={() => mutate()}>
        {c.end}
      </Button>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
    </section>
  )
}

export default EmergencyBanner
