/** So long a browser may take to fetch an icon. */
const letGoAfterMs = 30_000

let address: string | null = null

/** Puts a number on the page's icon; 0 takes it away. */
export function countOnIcon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null) return
  link.dataset['plain'] ??= link.href
  const old = address
  // The browser fetches the icon when it likes, also the one before.
  if (old !== null) setTimeout(() => URL.revokeObjectURL(old), letGoAfterMs)
  address = null
  if (count > 0) {
    const text = count > 99 ? '99+' : String(count)
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#171a2b"/><text x="16" y="${text.length > 2 ? 21 : 23}" font-family="sans-serif" font-weight="700" font-size="${text.length > 2 ? 14 : 20}" text-anchor="middle" fill="#fff">${text}</text></svg>`
    address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  }
  link.href = address ?? link.dataset['plain']
}
