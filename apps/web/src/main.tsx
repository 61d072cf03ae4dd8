import 'virtual:kern-tokens.css'
import './ui/base.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { App } from './app.tsx'
import { watchAttendance } from './attendance.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { keepSent, retryOnlyLost } from './inbox/conversation-cache.ts'
import { drafts } from './inbox/drafts.ts'
import { createOutbox } from './inbox/outbox-sender.ts'
import { trays } from './inbox/trays.ts'
import { useAddress } from './ui/address.ts'
import { WordsProvider } from './ui/words.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Live events say when something changed.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: retryOnlyLost,
    },
    mutations: { networkMode: 'always' },
  },
})
const outbox = createOutbox((message) => keepSent(client, message))
outbox.subscribe(() =>
  drafts.keepUnsent((id) =>
    outbox.pending().filter((one) => one.conversationId === id && one.template === null),
  ),
)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void drafts.flush()
})
window.addEventListener('pagehide', () => void drafts.flush())
window.addEventListener('online', () => void drafts.flush())
window.addEventListener('beforeunload', (event) => {
  void drafts.flush()
  if (drafts.isAnyFailing() || trays.isAnyBusy()) event.preventDefault()
})

watchAttendance(document)

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <WordsProvider>
        <ErrorBoundary>
          <Router hook={useAddress}>
            <App outbox={outbox} />
          </Router>
        </ErrorBoundary>
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
)
