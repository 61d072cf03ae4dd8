import { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

export function secret(minLength: number) {
  return z.string().min(minLength)
}

/** What is given separated by commas. */
export function list() {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((item) => item.trim() || []))
}

/** Encrypted, or within this machine. */
export function isSafeFromEavesdroppers(url: string): boolean {
  return /^https:\/\//.test(url) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url)
}

export function originOf(url: string): string {
  return new URL(url).origin
}
