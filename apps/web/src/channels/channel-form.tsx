import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ComponentProps, type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Channel, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import {
  credentialsOf,
  type Entries,
  type EntryName,
  entriesOf,
  entryOf,
  type Faults,
  faultsOf,
  type OpenEntries,
  openEntries,
} from './channel-entry.ts'
import styles from './channel-form.module.css'
import { channelsQuery, teamsQuery } from './desk-queries.ts'

const baseUrls = { meta: 'https://graph.facebook.com', '360dialog': 'https://waba-v2.360dialog.io' } as const

/** Neither remembered by the browser nor looked up by its spelling. */
const unspoken = { autoComplete: 'off', spellCheck: false } as const
const secret = { ...unspoken, type: 'password' } as const

/** One text of the form, under the name that its label, its faults and the link to it have in common. */
function Entry({
  name,
  faults,
  required = false,
  ...more
}: {
  name: Exclude<EntryName, 'vendor' | 'team'>
  faults: Faults
  hint?: string
} & ComponentProps<'input'>): ReactElement {
  const c = useWords().channels
  return (
    <Field
      {...more}
      id={`channel-${name}`}
      name={name}
      label={c[name]}
      error={faults[name]}
      optional={required ? undefined : c.optional}
      required={required}
    />
  )
}

function vendorOf(value: string | undefined): Channel['vendor'] {
  return value === 'meta' ? 'meta' : '360dialog'
}

/** Sets up a channel, or changes one. Secrets go in and never come out. */
export function ChannelForm({
  channel,
  onDone,
}: {
  channel?: Channel
  onDone?: (channel: Channel) => void
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const isNew = channel === undefined
  const { data: teams } = useQuery({ ...teamsQuery, enabled: isNew })
  const [entered, setEntered] = useEntered<OpenEntries | null>(`channel ${channel?.id ?? 'new'}`, null)
  const [outlived] = useState(entered !== null)
  const [vendor, setVendor] = useState(() => vendorOf(entered?.vendor ?? channel?.vendor))
  const [faults, setFaults] = useState<Faults>({})
  const isEntered = entered !== null
  useUnsaved(isEntered ? (isNew ? w.channels.unsavedNew : w.channels.unsavedChange(channel.name)) : null)
  const summary = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (entries: Entries) => {
      const credentials = credentialsOf(entries)
      const { name, baseUrl } = entries
      if (!isNew)
        return ask('changeChannel', { params: { id: channel.id }, body: { name, baseUrl, credentials } })
      const { team, phoneNumberId, wabaId, displayPhoneNumber, apiKey, verifyToken } = entries
      const body = { name, vendor, team, phoneNumberId, displayPhoneNumber, baseUrl }
      return ask('createChannel', {
        body: { ...body, wabaId: wabaId || null, credentials: { ...credentials, apiKey, verifyToken } },
      })
    },
    onSuccess: async (saved) => {
      announce(saved.changeWaits ? w.channels.proposed : w.channels.saved)
      form.current?.reset()
      setEntered(null)
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey })
      onDone?.(saved)
    },
    onError: (failure) => {
      if (!(failure instanceof Failure)) return
      const named = failure.fields.flatMap(({ path, message }) => {
        const entry = entryOf(path)
        return entry === null ? [] : [[entry, message || w.channels.invalid] as const]
      })
      setFaults(Object.fromEntries(named))
    },
  })
  const failed = Object.keys(faults).length > 0 || error !== null
  useEffect(() => {
    if (failed) summary.current?.focus()
  }, [failed])

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const entries = entriesOf(new FormData(event.currentTarget))
    const found = faultsOf(w, entries, isNew)
    setFaults(found)
    if (Object.keys(found).length === 0) mutate(entries)
    else summary.current?.focus()
  }
  const c = w.channels
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={submit}
      onInput={({ currentTarget }) => setEntered(openEntries(entriesOf(new FormData(currentTarget))))}
      noValidate
    >
      <h2 className={styles.title}>{isNew ? c.add : c.identity}</h2>
      {outlived && isEntered && <Notice tone="info">{c.outlived}</Notice>}
      {failed && (
        <div ref={summary} tabIndex={-1} role="alert">
          <Notice tone="danger">
            <strong>{c.errorTitle}</strong> {error !== null && sentenceOf(w, error)}
            <ul>
              {Object.entries(faults).map(([entry, words]) => (
                <li key={entry}>
                  <a href={`#channel-${entry}`}>{words}</a>
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      <Entry
        name="name"
        faults={faults}
        hint={c.nameHint}
        defaultValue={entered?.name ?? channel?.name}
        maxLength={100}
        required
      />
      {isNew && (
        <>
          <SelectField
            id="channel-vendor"
            name="vendor"
            label={c.vendor}
            value={vendor}
            onChange={(event) => setVendor(vendorOf(event.target.value))}
          >
            <option value="360dialog">{c.vendors['360dialog']}</option>
            <option value="meta">{c.vendors.meta}</option>
          </SelectField>
          <SelectField
            // What was chosen is chosen again once there is something to choose from.
            key={teams === undefined ? 'none' : 'teams'}
            defaultValue={entered?.team}
            id="channel-team"
            name="team"
            label={c.team}
            error={faults.team}
            hint={teams?.items.length === 0 ? c.noTeams : undefined}
            required
          >
            {teams?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <Entry
            name="displayPhoneNumber"
            faults={faults}
            hint={c.displayPhoneNumberHint}
            defaultValue={entered?.displayPhoneNumber}
            type="tel"
            required
          />
          <Entry
            name="phoneNumberId"
            faults={faults}
            hint={c.phoneNumberIdHint}
            defaultValue={entered?.phoneNumberId}
            inputMode="numeric"
            required
          />
          <Entry name="wabaId" faults={faults} defaultValue={entered?.wabaId} inputMode="numeric" />
        </>
      )}
      <Entry
        key={vendor}
        name="baseUrl"
        faults={faults}
        hint={c.baseUrlHint}
        type="url"
        defaultValue={
          entered?.vendor === vendor || !isNew ? (entered?.baseUrl ?? channel?.baseUrl) : baseUrls[vendor]
        }
        maxLength={300}
        required
      />
      <h2 className={styles.title}>{c.credentials}</h2>
      <p className={styles.quiet}>{isNew ? c.credentialsNewHint : c.credentialsHint}</p>
      <Entry name="apiKey" faults={faults} {...secret} required={isNew} />
      <Entry name="verifyToken" faults={faults} hint={c.verifyTokenHint} {...unspoken} required={isNew} />
      <Entry name="secret" faults={faults} hint={c.secretHint} {...secret} />
      {!isNew && <Entry name="oldSecret" faults={faults} hint={c.oldSecretHint} {...secret} />}
      <Entry
        name="headerName"
        faults={faults}
        hint={c.headerHint}
        defaultValue={entered?.headerName}
        {...unspoken}
      />
      <Entry name="headerValue" faults={faults} {...secret} />
      <p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {isNew ? c.create : c.save}
        </Button>
      </p>
    </form>
  )
}
