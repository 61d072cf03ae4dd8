import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type OfficeOptions, type StoryOffice, startOffice } from '../../server/test/start-office.ts'
import { launch, signIn, type Visit, visit } from './browser.ts'

/** A whole office and people at their desks; at the end of each test no page may have complained. */
export function staffedOffice(options: OfficeOptions = {}): {
  office: () => StoryOffice
  browser: () => Browser
  /** The first account of that role, or the one at `index`, signed in. */
  atDesk: (role: string, index?: number, options?: BrowserContextOptions) => Promise<Visit>
  /** Closes what other tests have left open, for one that counts who waits. */
  nobodyWaits: () => Promise<void>
} {
  let office: StoryOffice | null = null
  let browser: Browser | null = null
  const visits: Visit[] = []
  function running<T>(thing: T | null): T {
    if (thing === null) throw new Error('nothing runs yet')
    return thing
  }

  beforeAll(async () => {
    office = await startOffice(options)
    browser = await launch()
  })
  afterEach(async () => {
    for (const { complaints, close } of visits.splice(0)) {
      await close()
      expect(complaints).toEqual([])
    }
  })
  afterAll(async () => {
    await browser?.close()
    await office?.close()
  })

  return {
    office: () => running(office),
    browser: () => running(browser),
    atDesk: async (role, index = 0, contextOptions = {}) => {
      const { demo, baseUrl } = running(office)
      const login = demo.logins.filter((one) => one.role === role)[index]
      if (login === undefined) throw new Error(`There is no account ${index} of role ${role}.`)
      const desk = await visit(running(browser), baseUrl, contextOptions)
      visits.push(desk)
      await signIn(desk.page, login)
      return desk
    },
    nobodyWaits: async () => {
      await running(office).settled()
      const lead = await running(office).signIn('team-lead')
      const { body } = await lead.get<{ items: { id: string }[] }>('/conversations?limit=100')
      for (const { id } of body.items)
        expect(
          await lead.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } }),
        ).toMatchObject({ status: 200 })
    },
  }
}
