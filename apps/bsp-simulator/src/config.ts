import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The office's number as the simulated network knows it. */
const officeSchema = z.object({
  apiKey: z.string().min(1).default('demo-key-of-the-simulator'),
  phoneNumberId: z.string().regex(/^\d+$/).default('300000000000001'),
  wabaId: z.string().regex(/^\d+$/).default('200000000000001'),
  displayPhoneNumber: z.string().regex(/^\d+$/).default('493023125010'),
  name: z.string().min(1).default('Stadt Musterstadt'),
})

const webhookSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string(), z.string()).default({}),
})

/** A JSON file named by `SIMULATOR_CONFIG`; every key is optional. */
const fileSchema = z
  .object({
    office: officeSchema.partial().default({}),
    webhook: webhookSchema.optional(),
    webhookSecret: z.string().min(1).optional(),
  })
  .strict()

const environmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_534).default(8080),
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  SIMULATOR_CONFIG: z.string().min(1).optional(),
  SIMULATOR_STATE: z.string().min(1).optional(),
  XDOMEA_FOLDER: z.string().min(1).optional(),
  DEMO_CLOCK: z
    .string()
    .regex(/^([+-]\d{1,4}d|\d{4}-\d\d-\d\d)$/)
    .optional(),
  SIMULATOR_API_KEY: z.string().min(1).optional(),
  SIMULATOR_PHONE_NUMBER_ID: z.string().regex(/^\d+$/).optional(),
  SIMULATOR_WABA_ID: z.string().regex(/^\d+$/).optional(),
  SIMULATOR_DISPLAY_PHONE_NUMBER: z.string().regex(/^\d+$/).optional(),
  SIMULATOR_OFFICE_NAME: z.string().min(1).optional(),
})

export type OfficeNumber = z.infer<typeof officeSchema>
export type Webhook = z.infer<typeof webhookSchema>

export type SimulatorConfig = {
  readonly host: string
  readonly port: number
  readonly office: OfficeNumber
  readonly webhook: Webhook | null
  /** Signs webhooks with `x-360dialog-signature`; null: they carry only their headers. */
  readonly webhookSecret: string | null
  /** Where phones are kept from one start to the next; null: nowhere. */
  readonly stateFolder: string | null
  /** The office's drop folder, at whose other end the simulator is its records system; null: nobody is there. */
  readonly recordsFolder: string | null
  /** The time of the whole demo, which may be another than the machine's. Milliseconds since 1970. */
  readonly now: () => number
}

/** What the reader of a log needs to repair the configuration: all faults at once, one a line. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault'
}

export const defaultOffice: OfficeNumber = officeSchema.parse({})

/** The only reader of the environment. Variables win over the file. Throws `ConfigurationFault`. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SimulatorConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const variables = checked(environmentSchema, given, '')
  const file = checked(fileSchema, readFile(variables.SIMULATOR_CONFIG), `${variables.SIMULATOR_CONFIG}: `)
  const office = {
    apiKey: variables.SIMULATOR_API_KEY,
    phoneNumberId: variables.SIMULATOR_PHONE_NUMBER_ID,
    wabaId: variables.SIMULATOR_WABA_ID,
    displayPhoneNumber: variables.SIMULATOR_DISPLAY_PHONE_NUMBER,
    name: variables.SIMULATOR_OFFICE_NAME,
  }
  const named = Object.fromEntries(Object.entries(office).filter(([, value]) => value !== undefined))
  return {
    host: variables.HOST,
    port: variables.SIMULATOR_PORT ?? (variables.PORT === 0 ? 0 : variables.PORT + 1),
    office: officeSchema.parse({ ...file.office, ...named }),
    webhook: file.webhook ?? null,
    webhookSecret: file.webhookSecret ?? null,
    stateFolder: variables.SIMULATOR_STATE ?? null,
    recordsFolder: variables.XDOMEA_FOLDER ?? null,
    now: clockOf(variables.DEMO_CLOCK),
  }
}

/** The office reads the same setting in the same way: whole days from today (UTC). */
function clockOf(demoClock = '+0d'): () => number {
  const days = /^([+-]\d+)d$/.exec(demoClock)?.[1]
  const today = Date.parse(new Date().toISOString().slice(0, 10))
  const aheadMs = days === undefined ? Date.parse(demoClock) - today : Number(days) * 24 * 60 * 60 * 1000
  return () => Date.now() + aheadMs
}

function readFile(path: string | undefined): unknown {
  if (path === undefined) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigurationFault(`SIMULATOR_CONFIG: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, prefix: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${prefix}${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigurationFault(faults.join('\n'))
}
