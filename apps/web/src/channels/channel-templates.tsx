import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { ask } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { ago, exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Failed, Loading } from '../ui/state.tsx'
import { TemplatePreview } from '../ui/template-preview.tsx'
import { areKept } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './channel-templates.module.css'
import { channelTemplatesQuery } from './desk-queries.ts'
import { providerSentence } from './provider-sentence.ts'

const TemplateForm = lazy(() => import('./template-form.tsx'))

/** The channel's templates in every state; asking the provider anew also shows whether it takes our key. */
export function ChannelTemplates({ channelId }: { channelId: string }): ReactElement {
  const w = useWords()
  const now = useNow()
  const client = useQueryClient()
  const query = channelTemplatesQuery(channelId)
  const { data, error, isPending, refetch } = useQuery(query)
  const form = `template of ${channelId}`
  const [writing, setWriting] = useState(() => areKept(form))
  const refreshing = useMutation({
    mutationFn: () => ask('refreshTemplates', { params: { id: channelId } }),
    onSuccess: (read) => {
      client.setQueryData(query.queryKey, read)
      announce(w.channels.templatesRead)
    },
  })
  useActs({
    acts: () => [
      {
        id: 'read-templates',
        icon: 'retry',
        name: w.channels.readTemplates,
        keys: 't',
        run: () => refreshing.mutate(),
      },
      { id: 'new-template', icon: 'bubble', name: w.channels.newTemplate, run: () => setWriting(true) },
    ],
  })
  useShortcuts({ t: () => refreshing.mutate() })
  return (
    <>
      {isPending && <Loading rows={2} />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <p className={styles.quiet}>
            {data.readAt === null
              ? w.channels.templatesNeverRead
              : w.channels.templatesReadAt(
                  `${ago(w, Date.parse(data.readAt), now)} (${exactly(w, Date.parse(data.readAt))})`,
                )}
          </p>
          {data.items.length === 0 && <p>{w.channels.noTemplates}</p>}
          <ul className={styles.list}>
            {data.items.map(({ name, language, category, status, reason, words }) => (
              <li key={`${name} ${language}`}>
                <details className={styles.template}>
                  <summary>
                    <span>
                      {name} ({language})
                    </span>
                    <span className={styles.quiet}>
                      {[w.channels.templateStates[status], reason, category]
                        .filter((part) => part !== null)
                        .join(' · ')}
                    </span>
                  </summary>
                  <div>{words === null ? w.templates.noText : <TemplatePreview words={words} />}</div>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
      {refreshing.error !== null && (
        <Notice tone="danger" alert>
          {providerSentence(w, refreshing.error)}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button icon="retry" isDisabled={refreshing.isPending} onPress={() => refreshing.mutate()}>
          {w.channels.readTemplates}
        </Button>
        {!writing && <Button onPress={() => setWriting(true)}>{w.channels.newTemplate}</Button>}
      </div>
      {writing && (
        <Suspense fallback={<Loading rows={3} />}>
          <TemplateForm
            channelId={channelId}
            form={form}
            onDone={(read) => {
              if (read !== null) client.setQueryData(query.queryKey, read)
              setWriting(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
