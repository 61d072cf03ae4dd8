import {
  type AnchorHTMLAttributes,
  createElement,
  type MouseEvent,
  type ReactElement,
  useSyncExternalStore,
} from 'react'

const changed = new EventTarget()
function subscribe(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  window.addEventListener('popstate', listener)
  return () => {
    changed.removeEventListener('change', listener)
    window.removeEventListener('popstate', listener)
  }
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname)
}

/** Addresses name places and ids, never what was searched for or who was written to. */
export function navigate(path: string, how: { replace?: boolean } = {}): void {
  if (path === window.location.pathname) return
  if (how.replace) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  changed.dispatchEvent(new Event('change'))
}

function ordinaryClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}

export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): ReactElement {
  return createElement('a', {
    ...props,
    onClick: (event: MouseEvent<HTMLAnchorElement>) => {
      props.onClick?.(event)
      if (event.defaultPrevented || !ordinaryClick(event)) return
      event.preventDefault()
      navigate(props.href)
    },
  })
}
