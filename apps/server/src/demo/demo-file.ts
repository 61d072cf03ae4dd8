import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { roles } from '@buergerdraht/contract'
import { z } from 'zod'

/** What somebody who tries the demo office must know; with passwords, hence mode 0600. */
export const Demo = z.object({
  baseUrl: z.string(),
  simulatorUrl: z.string(),
  logins: z.array(z.object({ role: z.enum(roles), email: z.string(), password: z.string() })),
  channel: z.object({
    id: z.uuid(),
    webhookUrl: z.string(),
    webhookHeaders: z.record(z.string(), z.string()),
    verifyToken: z.string(),
    phoneNumberId: z.string(),
    displayPhoneNumber: z.string(),
  }),
  /** By which a stranger verifies this office's logs (c2sp.org/signed-note). */
  publicKeys: z.object({ audit: z.string(), ledger: z.string(), archive: z.string().optional() }).optional(),
  /** File with the root certificate of the time-stamping authority, PEM. */
  tsaRoot: z.string().optional(),
  /** `begun`: the office was ended while its past was played; the rest is played at the next start. */
  past: z.enum(['begun', 'played']).optional(),
  /** How many steps of it were taken. */
  steps: z.int().optional(),
})
export type Demo = z.infer<typeof Demo>

function pathOf(dataDir: string): string {
  return join(dataDir, 'demo.json')
}

/** Null: there is none, or none that can be used. */
export async function readDemo(dataDir: string): Promise<Demo | null> {
  try {
    return Demo.parse(JSON.parse(await readFile(pathOf(dataDir), 'utf8')))
  } catch {
    return null
  }
}

/** Atomic: a reader sees the old file or the new one. */
export async function writeDemo(dataDir: string, demo: Demo): Promise<void> {
  const next = `${pathOf(dataDir)}.next`
  await writeFile(next, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  await chmod(next, 0o600)
  await rename(next, pathOf(dataDir))
}
