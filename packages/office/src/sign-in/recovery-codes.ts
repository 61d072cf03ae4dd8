import { randomInt } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { OfficeContext } from '../office-context.ts'
import { macOf } from '../sealing/sealing.ts'

/** Crockford's digits: none is taken for another one. Sixty bits a code. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz'
const codeLength = 12
const codeCount = 10

function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '')
}

function macOfCode(keys: OfficeContext['keys'], accountId: string, code: string): Buffer {
  return macOf(keys.lookup.signIn, 'recovery-code', accountId, plain(code))
}

function newCode(): string {
  const code = Array.from({ length: codeLength }, () => digits[randomInt(digits.length)]).join('')
  return (code.match(/.{4}/g) ?? []).join('-')
}

/** Ten new codes; the ones from before are void with the commit. They are stored as keyed hashes and can be shown only now. */
export async function makeRecoveryCodes(
  client: Pick<PoolClient, 'query'>,
  keys: OfficeContext['keys'],
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, newCode)
  await client.query('delete from recovery_code where account_id = $1', [accountId])
  await client.query('insert into recovery_code (code_mac, account_id) select unnest($1::bytea[]), $2', [
    codes.map((code) => macOfCode(keys, accountId, code)),
    accountId,
  ])
  return codes
}

/** Whether the code was one of the account's; it is used up with that. */
export async function useRecoveryCode(
  { pool, keys }: Pick<OfficeContext, 'pool' | 'keys'>,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { rowCount } = await pool.query('delete from recovery_code where code_mac = $1 and account_id = $2', [
    macOfCode(keys, accountId, code),
    accountId,
  ])
  return rowCount === 1
}
