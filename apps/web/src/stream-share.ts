const lockName = 'live-stream'

/**
 * Over HTTP/1.1 a browser has six connections to a server, for all its tabs together, and a stream of events holds one for good. With the
 * page that somebody looks at one more stream may stand; the rest is for requests.
 */
const maxHidden = 4

/** A browser without locks, as on a page that came without TLS, cannot count: each tab keeps its stream. */
const locks: LockManager | undefined = navigator.locks

/** Counts this page among those that hold a stream; returns what ends that. A tab that dies is counted no more. */
export function countStream(): () => void {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  void locks?.request(lockName, { mode: 'shared' }, () => ended).catch(() => undefined)
  return end
}

/** Whether so many pages of this browser hold a stream that one nobody looks at gives its own away. */
export async function areTooManyStreams(): Promise<boolean> {
  const { held = [] } = (await locks?.query()) ?? {}
  return held.filter(({ name }) => name === lockName).length > maxHidden
}
