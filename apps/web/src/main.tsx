import 'virtual:kern-tokens.css'
import './ui/base.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Breakage } from './breakage.tsx'
import { keepSent, retryOnlyLost } from './inbox/conversation-cache.ts'
import { createOutbox } from './inbox/outbox-sender.ts'
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

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <WordsProvider>
        <Breakage>
          <App outbox={outbox} />
        </Breakage>
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
)
