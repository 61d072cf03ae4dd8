type Said = { readonly code: string; readonly location: string; readonly detail: string }

function isAboutTime({ code }: Said): boolean {
  return code.startsWith('TIME_STAMP_') || code.startsWith('EVIDENCE_')
}

/**
 * Files of which browser and server have found different things about time. Both run the same code: where the browser could judge, everything that was
 * found must be the same, word by word. Of an erasure that the server has refused for another reason it says nothing about time.
 */
export function timeDifferences(found: readonly Said[], said: readonly Said[]): string[] {
  const own = found.filter(isAboutTime)
  const theirs = said.filter(isAboutTime)
  function linesAt(location: string, all: readonly Said[]): string {
    return JSON.stringify(
      all
        .filter((one) => one.location === location)
        .map(({ code, detail }) => `${code} ${detail}`)
        .toSorted(),
    )
  }
  return [...new Set([...own, ...theirs].map(({ location }) => location))].filter((location) => {
    const isJudged = !own.some((one) => one.location === location && one.code.endsWith('_NOT_HERE'))
    const erasure = /^erasures\/\d+/.exec(location)?.[0]
    const isRefused = erasure !== undefined && said.some((one) => one.location === erasure)
    return isJudged && !isRefused && linesAt(location, own) !== linesAt(location, theirs)
  })
}
