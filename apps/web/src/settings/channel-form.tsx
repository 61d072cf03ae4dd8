import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Channel, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import {
  credentialsOf,
  type Entries,
  type EntryName,
  entryOf,
  type Faults,
  faultsOf,
} from './channel-entry.ts'
import styles from './channel-form.module.css'
import { channelsQuery, teamsQuery } from './desk-queries.ts'

const baseUrls = { meta: 'https://graph.facebook.com', '360dialog': 'https://waba-v2.360dialog.io' } as const

const read = (form: FormData): Entries => {
  const of = (name: EntryName): string => String(form.get(name) ?? '').trim()
  return {
    name: of('name'),
    vendor: of('vendor'),
    team: of('team'),
    displayPhoneNumber: of('displayPhoneNumber'),
    phoneNumberId: of('phoneNumberId'),
    wabaId: of('wabaId'),
    baseUrl: of('baseUrl'),
    apiKey: of('apiKey'),
    verifyToken: of('verifyToken'),
    secret: of('secret'),
    oldSecret: of('oldSecret'),
    headerName: of('headerName'),
    headerValue: of('headerValue'),
  }
}

/** Sets up a channel, or changes one. Secrets go in and never come out. */
export const ChannelForm = ({
  channel,
  onDone,
}: {
  channel?: Channel
  onDone?: (channel: Channel) => void
}): ReactElement => {
  const w = useWords()
  const client = useQueryClient()
  const isNew = channel === undefined
  const { data: teams } = useQuery({ ...teamsQuery, enabled: isNew })
  const [vendor, setVendor] = useState<Channel['vendor']>(channel?.vendor ?? '360dialog')
  const [faults, setFaults] = useState<Faults>({})
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
      announce(w.channels.saved)
      form.current?.reset()
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey })
      onDone?.(saved)
    },
    onError: (failure) => {
      if (!(failure instanceof Failure)) return
      const named = failure.fields.flatMap(({ path }) => {
        const entry = entryOf(path)
        return entry === null ? [] : [[entry, w.channels.invalid] as const]
      })
      setFaults(Object.fromEntries(named))
    },
  })
  const failed = Object.keys(faults).length > 0 || error !== null
  useEffect(() => {
    if (failed) summary.current?.focus()
  }, [failed])

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const entries = read(new FormData(event.currentTarget))
    const found = faultsOf(w, entries, isNew)
    setFaults(found)
    if (Object.keys(found).length === 0) mutate(entries)
    else summary.current?.focus()
  }
  const c = w.channels
  const secret = { type: 'password', autoComplete: 'off', spellCheck: false } as const
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <h2 className={styles.title}>{isNew ? c.add : c.identity}</h2>
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
      <Field
        id="channel-name"
        name="name"
        label={c.name}
        hint={c.nameHint}
        defaultValue={channel?.name}
        maxLength={100}
        error={faults.name}
        required
      />
      {isNew && (
        <>
          <SelectField
            id="channel-vendor"
            name="vendor"
            label={c.vendor}
            value={vendor}
            onChange={(event) => setVendor(event.target.value === 'meta' ? 'meta' : '360dialog')}
          >
            <option value="360dialog">{c.vendors['360dialog']}</option>
            <option value="meta">{c.vendors.meta}</option>
          </SelectField>
          <SelectField
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
          <Field
            id="channel-displayPhoneNumber"
            name="displayPhoneNumber"
            type="tel"
            label={c.displayPhoneNumber}
            hint={c.displayPhoneNumberHint}
            error={faults.displayPhoneNumber}
            required
          />
          <Field
            id="channel-phoneNumberId"
            name="phoneNumberId"
            inputMode="numeric"
            label={c.phoneNumberId}
            hint={c.phoneNumberIdHint}
            error={faults.phoneNumberId}
            required
          />
          <Field
            id="channel-wabaId"
            name="wabaId"
            inputMode="numeric"
            label={c.wabaId}
            optional={c.optional}
            error={faults.wabaId}
          />
        </>
      )}
      <Field
        key={vendor}
        id="channel-baseUrl"
        name="baseUrl"
        type="url"
        label={c.baseUrl}
        hint={c.baseUrlHint}
        defaultValue={channel?.baseUrl ?? baseUrls[vendor]}
        maxLength={300}
        error={faults.baseUrl}
        required
      />
      <h2 className={styles.title}>{c.credentials}</h2>
      <p className={styles.quiet}>{isNew ? c.credentialsNewHint : c.credentialsHint}</p>
      <Field
        {...secret}
        id="channel-apiKey"
        name="apiKey"
        label={c.apiKey}
        error={faults.apiKey}
        {...(isNew ? {} : { optional: c.optional })}
      />
      <Field
        id="channel-verifyToken"
        name="verifyToken"
        autoComplete="off"
        spellCheck={false}
        label={c.verifyToken}
        hint={c.verifyTokenHint}
        error={faults.verifyToken}
        {...(isNew ? {} : { optional: c.optional })}
      />
      <Field
        {...secret}
        id="channel-secret"
        name="secret"
        label={c.secret}
        hint={c.secretHint}
        error={faults.secret}
        optional={c.optional}
      />
      {!isNew && (
        <Field
          {...secret}
          id="channel-oldSecret"
          name="oldSecret"
          label={c.oldSecret}
          hint={c.oldSecretHint}
          error={faults.oldSecret}
          optional={c.optional}
        />
      )}
      <Field
        id="channel-headerName"
        name="headerName"
        autoComplete="off"
        spellCheck={false}
        label={c.headerName}
        hint={c.headerHint}
        error={faults.headerName}
        optional={c.optional}
      />
      <Field
        {...secret}
        id="channel-headerValue"
        name="headerValue"
        label={c.headerValue}
        error={faults.headerValue}
        optional={c.optional}
      />
      <p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {isNew ? c.create : c.save}
        </Button>
      </p>
    </form>
  )
}
