import { type Role, roles } from '@buergerdraht/contract'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { Figure, Figures } from '../ui/figures.tsx'
import { NextPage } from '../ui/growing-list.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { RoleMatrix } from './role-matrix.tsx'
import { rolesWords } from './roles-words.ts'

function holdersQuery(role: Role | '') {
  return infiniteQueryOptions({
    queryKey: ['role-holders', role] as const,
    queryFn: ({ pageParam, signal }) =>
      ask(
        'listRoleHolders',
        { query: { role: role === '' ? undefined : role, cursor: pageParam ?? undefined } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...changesByDecision,
  })
}

/** Who may do what, and who holds which role: without names. */
function RolesPage(): ReactElement {
  const w = useWords()
  const c = rolesWords[w.language]
  const [role, setRole] = useState<Role | ''>('')
  const query = useInfiniteQuery(holdersQuery(role))
  const { data, error, refetch } = query
  const counts = data?.pages[0]?.counts
  const holders = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ScrollArea label={c.title} className={deskStyles.widePage}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {counts !== undefined && (
        <section aria-label={c.counts}>
          <Figures>
            {roles.map((one) => (
              <Figure key={one} name={w.roles[one]} value={counts[one]} />
            ))}
          </Figures>
        </section>
      )}
      <RoleMatrix words={c} />
      <div className={deskStyles.part}>
        <h2>{c.holders}</h2>
        <SelectField
          label={c.role}
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as Role | '')}
        >
          <option value="">{c.every}</option>
          {roles.map((one) => (
            <option key={one} value={one}>
              {w.roles[one]}
            </option>
          ))}
        </SelectField>
        {data === undefined && error === null && <Loading />}
        {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
        {data !== undefined && holders.length === 0 && <p>{c.none}</p>}
        {holders.length > 0 && (
          <ScrollArea label={c.holders} className={tableStyles.scroll}>
            <table className={tableStyles.table}>
              <thead>
                <tr>
                  <th scope="col">{c.who}</th>
                  <th scope="col">{c.role}</th>
                  <th scope="col">{c.teams}</th>
                  <th scope="col">{c.state}</th>
                </tr>
              </thead>
              <tbody>
                {holders.map((one) => (
                  <tr key={one.id}>
                    <td>{pseudonym(one.id)}</td>
                    <td>{w.roles[one.role]}</td>
                    <td>{one.teams.map(({ name }) => name).join(', ') || '–'}</td>
                    <td>{c.states[one.state]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollArea>
        )}
        <NextPage query={query} name={c.more} />
      </div>
    </ScrollArea>
  )
}

export default RolesPage
