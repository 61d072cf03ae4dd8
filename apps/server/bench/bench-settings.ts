import { z } from 'zod'

const count = z.coerce.number().int().positive()
const counts = z.string().transform((text) => text.split(',').map((each) => count.parse(each)))

/** What makes a bench smaller or larger, from the environment; undefined: as long as each bench thinks right. */
const settings = z
  .object({
    BENCH_SECONDS: count.optional(),
    /** Webhooks a second that arrive beside the desk. */
    BENCH_RATES: counts.optional(),
    BENCH_CLERKS: count.optional(),
    BENCH_CITIZENS: count.optional(),
    /** Messages that are there. */
    BENCH_SIZES: counts.optional(),
    /** So many of them are one matter; a divisor of the sizes. */
    BENCH_MATTER: count.optional(),
    /** A folder for a CPU profile of each process. */
    BENCH_PROFILE: z.string().optional(),
  })
  .parse(process.env)

export const benchSettings = {
  seconds: settings.BENCH_SECONDS,
  rates: settings.BENCH_RATES,
  clerks: settings.BENCH_CLERKS,
  citizens: settings.BENCH_CITIZENS,
  sizes: settings.BENCH_SIZES,
  messagesOfMatter: settings.BENCH_MATTER ?? 10,
  profileFolder: settings.BENCH_PROFILE,
}
