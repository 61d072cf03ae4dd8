import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { kernTokens } from './kern-tokens.ts'
import { precompress } from './precompress.ts'

/** In development the page comes from Vite, everything else from a running product (`npm run dev` says where). */
const product = process.env['PRODUCT_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), kernTokens(), precompress()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: product, changeOrigin: true, headers: { origin: product } } },
  },
  build: {
    // The content security policy allows nothing inline and no data: URLs.
    assetsInlineLimit: 0,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
})
