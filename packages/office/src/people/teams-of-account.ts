import type { PoolClient } from 'pg'

/** The teams of a row of `account`, by name, as JSON. */
export function teamsSql(account: string): string {
  return `coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
    from team_member m join team t on t.id = m.team_id where m.account_id = ${account}.id), '[]'::json)`
}

/** Puts an account into these teams and no others, in the transaction that the connection is in. A team that is not there is left out. */
export async function setTeams(
  client: Pick<PoolClient, 'query'>,
  accountId: string,
  teamIds: readonly string[],
): Promise<void> {
  await client.query('delete from team_member where account_id = $1 and team_id <> all($2::uuid[])', [
    accountId,
    teamIds,
  ])
  await client.query(
    `insert into team_member (account_id, team_id) select $1, t.id from team t where t.id = any($2::uuid[])
     on conflict do nothing`,
    [accountId, teamIds],
  )
}
