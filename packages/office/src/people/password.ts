import { randomBytes } from 'node:crypto'
import { Refusal } from '@buergerdraht/contract'
import { hash, verify } from '@node-rs/argon2'

/** RFC 9106 §4, second recommended option, with one lane: an office's server has few cores. Memory in KiB. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const

/** Each computation holds 64 MiB; whoever comes when so many wait is told to come back. */
const atOnce = 2
const mayWait = 32

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) throw new Refusal('too-many-requests')
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

/** Argon2id in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** 120 bits in five groups, for accounts whose password a program chooses. */
export function randomPassword(): string {
  return (randomBytes(15).toString('hex').match(/.{6}/g) ?? []).join('-')
}

let nobodysHash: Promise<string> | null = null

/**
 * Whether the password is right. An account that does not exist or has no password (null) costs the same time.
 * @throws Refusal `too-many-requests` when more wait than this machine can work off
 */
export function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  return inTurn(async () => {
    nobodysHash ??= hashPassword(randomPassword())
    const matches = await verify(stored ?? (await nobodysHash), password)
    return matches && stored !== null
  })
}
