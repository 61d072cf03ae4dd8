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

/** Notices, templates, and then ends of notices, which look at the templates; each in any order. */
class Round {
  readonly notices = new Map<string, Notice & { count: number }>()
  readonly templates = new Map<string, TemplateChange>()
  readonly ended = new Map<string, NoticeEnd>()

  ends({ channelId, code, detail }: Notice): boolean {
    return [...this.ended.values()].some(
      (end) =>
        end.channelId === channelId &&
        end.code === code &&
        (end.word === null || detail.startsWith(end.word)),
    )
  }
}

/** What a batch says about channels: notices, counts of what is not kept, stops, templates. It is only added to. */
export class ChannelNews {
  #round = new Round()
  readonly #rounds = [this.#round]
  readonly #counts = new Map<string, Count>()
  readonly #stopped = new Set<string>()
  readonly #tested = new Set<string>()

  /** One open notice a matter, however often it happens. */
  notice(channelId: string, code: ChannelNoticeCode, detail = ''): void {
    // What has ended before and is there again is another one.
    if (this.#round.ends({ channelId, code, detail })) this.#next()
    const { notices } = this.#round
    const key = `${channelId}|${code}|${detail}`
    notices.set(key, { channelId, code, detail, count: (notices.get(key)?.count ?? 0) + 1 })
  }

  #next(): void {
    this.#round = new Round()
    this.#rounds.push(this.#round)
  }

  /** The cause of notices has ended. */
  end(channelId: string, codes: readonly string[], word: string | null = null): void {
    for (const code of codes) this.#round.ended.set(`${channelId}|${code}|${word}`, { channelId, code, word })
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
    // What ended before ended by how the templates were then.
    if (this.#round.ended.size > 0) this.#next()
    const { templates } = this.#round
    const known = templates.get(key)
    templates.set(key, {
      ...change,
      state: change.state ?? known?.state ?? null,
      category: change.category ?? known?.category ?? null,
      reason: change.reason ?? known?.reason ?? null,
    })
  }

  changes() {
    return {
      /** One after the other; in each, the ends last. */
      rounds: this.#rounds.map(({ notices, templates, ended }) => ({
        notices: [...notices.values()],
        templates: [...templates.values()],
        ended: [...ended.values()],
      })),
      counts: [...this.#counts.values()],
      stopped: [...this.#stopped],
      tested: [...this.#tested],
    }
  }
}
