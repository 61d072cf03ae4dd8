import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** RFC 9106 §4, second recommended option, with one lane: an office's server has few cores. Memory in KiB. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const

/** Argon2id in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** 120 bits in five groups, for accounts whose password a program chooses. */
export function randomPassword(): string {
  return (randomBytes(15).toString('hex').match(/.{6}/g) ?? []).join('-')
}

let nobodysHash: Promise<string> | null = null

/** Whether the password is right. An account that does not exist or has no password (null) costs the same time. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword(randomPassword())
  const matches = await verify(stored ?? (await nobodysHash), password)
  return matches && stored !== null
}
