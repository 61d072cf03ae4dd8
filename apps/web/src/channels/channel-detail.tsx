import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Channel } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { ago, exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './channel-detail.module.css'
import { ChannelForm } from './channel-form.tsx'
import { ChannelNotices } from './channel-notices.tsx'
import { ChannelTemplates } from './channel-templates.tsx'
import { channelsQuery } from './desk-queries.ts'

function Step({ done, children }: { done: boolean; children: string }): ReactElement {
  return (
    <li data-done={done || undefined}>
      <Icon name={done ? 'check' : 'clock'} size={16} /> {children}
    </li>
  )
}

export function ChannelDetail({ channel }: { channel: Channel }): ReactElement {
  const w = useWords()
  const now = useNow()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { state?: 'enabled' | 'disabled'; readReceipts?: boolean }) =>
      ask('changeChannel', { params: { id: channel.id }, body }),
    onSuccess: () => {
      announce(w.channels.saved)
      setAsking(false)
      return client.invalidateQueries({ queryKey: channelsQuery.queryKey })
    },
  })
  // The button that was pressed may be gone with what it changed.
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = `${channel.state} ${channel.notices.length}`
  const before = useRef(shown)
  useEffect(() => {
    if (before.current !== shown && document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true })
    before.current = shown
  }, [shown])
  const webhook = `${window.location.origin}${channel.webhookPath}`
  function moment(at: string): string {
    return `${ago(w, Date.parse(at), now)} (${exactly(w, Date.parse(at))})`
  }
  function copyWebhook(): void {
    void navigator.clipboard.writeText(webhook).then(() => announce(w.channels.copied))
  }
  useActs({
    acts: () => [
      ...(channel.state === 'disabled'
        ? []
        : [{ id: 'disable', icon: 'alert', name: w.channels.disable, run: () => setAsking(true) } as const]),
      ...(channel.state === 'enabled'
        ? []
        : [
            {
              id: 'enable',
              icon: 'check',
              name: channel.state === 'stopped' ? w.channels.resume : w.channels.enable,
              run: () => mutate({ state: 'enabled' }),
            } as const,
          ]),
      { id: 'copy-webhook', icon: 'clip', name: w.palette.copyWebhook, run: copyWebhook },
      {
        id: 'receipts',
        icon: 'settings',
        name: channel.readReceipts ? w.palette.receiptsOff : w.channels.receipts,
        run: () => mutate({ readReceipts: !channel.readReceipts }),
      },
    ],
  })
  return (
    <div className={styles.detail}>
      <header className={styles.header}>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {channel.name}
          </h2>
          <p className={styles.quiet}>
            {channel.displayPhoneNumber} · {channel.team.name}
          </p>
        </div>
        <div className={styles.actions}>
          {channel.state === 'disabled' ? (
            <Button kind="primary" isDisabled={isPending} onPress={() => mutate({ state: 'enabled' })}>
              {w.channels.enable}
            </Button>
          ) : (
            <Button isDisabled={isPending} onPress={() => setAsking(true)}>
              {w.channels.disable}
            </Button>
          )}
          {channel.state === 'stopped' && (
            <Button kind="primary" isDisabled={isPending} onPress={() => mutate({ state: 'enabled' })}>
              {w.channels.resume}
            </Button>
          )}
        </div>
      </header>
      <Notice tone={channel.state === 'enabled' ? 'success' : 'warning'}>
        <strong>{w.channels.states[channel.state]}</strong> – {w.channels.stateHints[channel.state]}
      </Notice>
      {!channel.accountProven && <Notice tone="warning">{w.channels.accountNotProven}</Notice>}
      {channel.changeWaits && <Notice tone="info">{w.channels.changeWaits}</Notice>}
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}

      <section aria-labelledby="notices">
        <h3 id="notices">{w.channels.notices}</h3>
        <ChannelNotices channel={channel} />
      </section>

      <section aria-labelledby="setup">
        <h3 id="setup">{w.channels.setup}</h3>
        <p className={styles.quiet}>
          {w.channels.webhook}. {w.channels.webhookHint}
        </p>
        <p className={styles.webhook}>
          <code>{webhook}</code>
          <Button compact onPress={copyWebhook}>
            {w.channels.copy}
          </Button>
        </p>
        <ul className={styles.steps}>
          <Step done={channel.verifiedAt !== null}>
            {channel.verifiedAt === null ? w.channels.notVerified : w.channels.verified}
          </Step>
          <Step done={channel.lastTestAt !== null}>
            {channel.lastTestAt === null
              ? w.channels.notTested
              : `${w.channels.tested} – ${moment(channel.lastTestAt)}`}
          </Step>
          <Step done={channel.lastWebhookAt !== null}>
            {`${w.channels.lastWebhook}: ${channel.lastWebhookAt === null ? w.channels.never : moment(channel.lastWebhookAt)}`}
          </Step>
        </ul>
        <Switch
          label={w.channels.receipts}
          hint={w.channels.receiptsHint}
          checked={channel.readReceipts}
          onChange={(readReceipts) => mutate({ readReceipts })}
        />
      </section>

      <section aria-labelledby="templates">
        <h3 id="templates">{w.channels.templates}</h3>
        <ChannelTemplates channelId={channel.id} />
      </section>

      <section>
        <ChannelForm channel={channel} />
      </section>

      {asking && (
        <Modal title={w.channels.disableTitle} onClose={() => setAsking(false)}>
          <p>{w.channels.disableText}</p>
          <div className={styles.actions}>
            <Button onPress={() => setAsking(false)}>{w.general.cancel}</Button>
            <Button kind="danger" isDisabled={isPending} onPress={() => mutate({ state: 'disabled' })}>
              {w.channels.disable}
            </Button>
          </div>
        </Modal>
      )}
    </div>
  )
}
