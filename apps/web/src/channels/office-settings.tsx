import { rolesFor } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Needs } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { Button } from '../ui/button.tsx'
import { Switch, TextField } from '../ui/field.tsx'
import { Failed } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './office-settings.module.css'

const officeSettingsQuery = queryOptions({
  queryKey: ['office-settings'] as const,
  queryFn: ({ signal }) => ask('readOfficeSettings', {}, signal),
})

/** It stands beside whichever channel is open. */
function isAmongChannels(address: string): boolean {
  return /^\/kanaele(\/(?!eingang$)|$)/.test(address)
}

/** What a person is answered at once whose message is a request (Art. 15, 17 GDPR); empty: nothing. */
function AcknowledgementForm({
  text,
  onText,
}: {
  text: string
  onText: (text: string) => void
}): ReactElement {
  const w = useWords()
  const [written, setWritten] = useEntered('acknowledgement of requests', text)
  const isSaved = written.trim() === text
  useUnsaved(isSaved ? null : w.channels.unsavedAcknowledgement, isAmongChannels)
  return (
    <form
      className={styles.acknowledgement}
      onSubmit={(event) => {
        event.preventDefault()
        onText(written.trim())
      }}
    >
      <TextField
        label={w.channels.requestAcknowledgement}
        hint={w.channels.requestAcknowledgementHint}
        rows={3}
        maxLength={1000}
        value={written}
        onChange={({ currentTarget: { value } }) => setWritten(value)}
      />
      <Button type="submit" isDisabled={isSaved}>
        {w.channels.setAcknowledgement}
      </Button>
    </form>
  )
}

/** What the office has decided about how it works; it holds at once. */
export function OfficeSettings(): ReactElement | null {
  const w = useWords()
  const client = useQueryClient()
  const { data } = useQuery(officeSettingsQuery)
  const { mutate, error, variables } = useMutation({
    mutationFn: (body: Needs<'changeOfficeSettings'>['body']) => ask('changeOfficeSettings', { body }),
    onSuccess: (settings) => client.setQueryData(officeSettingsQuery.queryKey, settings),
  })
  const answeringTakes = data?.answeringTakes
  useActs({
    acts: () =>
      answeringTakes === undefined
        ? []
        : [
            {
              id: 'answering-takes',
              icon: 'settings',
              name: answeringTakes ? w.palette.answeringTakesOff : w.channels.answeringTakes,
              run: () => mutate({ answeringTakes: !answeringTakes }),
            },
          ],
  })
  if (data === undefined) return null
  return (
    <section className={styles.settings} aria-labelledby="office-settings">
      <h2 id="office-settings">{w.channels.office}</h2>
      <Switch
        label={w.channels.answeringTakes}
        hint={w.channels.answeringTakesHint}
        checked={data.answeringTakes}
        onChange={(on) => mutate({ answeringTakes: on })}
      />
      <Switch
        label={w.channels.receivesOnly}
        hint={w.channels.receivesOnlyHint}
        checked={data.receivesOnly}
        onChange={(on) => mutate({ receivesOnly: on })}
      />
      <h3>{w.channels.downloads}</h3>
      <p>{w.channels.downloadsLead}</p>
      {rolesFor('download-files').map((role) => (
        <Switch
          key={role}
          label={w.roles[role]}
          checked={data.downloadRoles.includes(role)}
          onChange={(on) =>
            mutate({
              downloadRoles: rolesFor('download-files').filter((one) =>
                one === role ? on : data.downloadRoles.includes(one),
              ),
            })
          }
        />
      ))}
      <AcknowledgementForm
        key={data.requestAcknowledgement}
        text={data.requestAcknowledgement ?? ''}
        onText={(text) => mutate({ requestAcknowledgement: text === '' ? null : text })}
      />
      {error !== null && variables !== undefined && (
        <Failed error={error} onRetry={() => mutate(variables)} />
      )}
    </section>
  )
}
