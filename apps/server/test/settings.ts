import { type Config, ConfigUnusable, readConfig } from '../src/config.ts'
import type { Environment } from '../src/settings/setting.ts'

export const required = { DATABASE_URL: 'postgresql://localhost/x' }

/** The settings, with what each office has to set. */
export function read(environment: Environment): Config {
  return readConfig({ ...required, ...environment })
}

/** What is said against them; empty: nothing. */
export function faultsIn(environment: Environment): string {
  try {
    read(environment)
  } catch (error) {
    if (error instanceof ConfigUnusable) return error.message
    throw error
  }
  return ''
}
