import type { ChannelNoticeCode } from '@buergerdraht/contract'

export type Notice = { readonly channelId: string; readonly code: ChannelNoticeCode; readonly detail: string }

export type TemplateChange = {
  readonly channelId: string
  readonly name: string
  readonly language: string
  readonly state: string | null
  readonly category: string | null
  readonly reason: string | null
}

/** What shows that notices of these kinds are over; `word`: only those with this detail, or whose detail begins with it. */
export type NoticeEnd = Pick<Notice, 'channelId'> & { readonly code: string; readonly word: string | null }

type Count = { readonly channelId: string; readonly reason: string; readonly count: number }

/** What a batch says about channels: notices, counts of what is not kept, stops, templates. It is only added to. */
export class ChannelNews {
  readonly #notices = new Map<string, Notice & { count: number }>()
  readonly #ended = new Map<string, NoticeEnd>()
  readonly #counts = new Map<string, Count>()
  readonly #stopped = new Set<string>()
  readonly #tested = new Set<string>()
  readonly #templates = new Map<string, TemplateChange>()

  /** One open notice a matter, however often it happens. */
  notice(channelId: string, code: ChannelNoticeCode, detail = ''): void {
    const key = `${channelId}|${code}|${detail}`
    const count = (this.#notices.get(key)?.count ?? 0) + 1
    this.#notices.set(key, { channelId, code, detail, count })
    // It has ended before and is there again.
    for (const [ending, end] of this.#ended)
      if (end.channelId === channelId && end.code === code && (end.word === null || end.word === detail))
        this.#ended.delete(ending)
  }

  /** The cause of notices has ended. */
  end(channelId: string, codes: readonly string[], word: string | null = null): void {
    for (const code of codes) this.#ended.set(`${channelId}|${code}|${word}`, { channelId, code, word })
  }

  /** Counts something that is not kept, by day and reason. */
  count(channelId: string, reason: string): void {
    const key = `${channelId}|${reason}`
    this.#counts.set(key, { channelId, reason, count: (this.#counts.get(key)?.count ?? 0) + 1 })
  }

  stop(channelId: string): void {
    this.#stopped.add(channelId)
  }

  tested(channelId: string): void {
    this.#tested.add(channelId)
  }

  /** A change that does not name something leaves it as it is. */
  template(change: TemplateChange): void {
    const key = `${change.channelId}|${change.name}|${change.language}`
    const known = this.#templates.get(key)
    this.#templates.set(key, {
      ...change,
      state: change.state ?? known?.state ?? null,
      category: change.category ?? known?.category ?? null,
      reason: change.reason ?? known?.reason ?? null,
    })
  }

  changes() {
    return {
      notices: [...this.#notices.values()],
      ended: [...this.#ended.values()],
      counts: [...this.#counts.values()],
      stopped: [...this.#stopped],
      tested: [...this.#tested],
      templates: [...this.#templates.values()],
    }
  }
}
