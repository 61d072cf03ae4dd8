import { expect, test } from 'vitest'
import { mappedRole } from './provider-mapping.ts'

const rules = [
  { value: 'leitung', role: 'team-lead' as const, teamIds: ['a'] },
  { value: 'buero', role: 'clerk' as const, teamIds: ['b'] },
  { value: '/Stadt/Ordnungsamt', role: 'clerk' as const, teamIds: ['c'] },
]

test.each([
  [
    'Keycloak’s realm roles',
    'realm_access.roles',
    { realm_access: { roles: ['x', 'buero'] } },
    'clerk',
    ['b'],
  ],
  ['Keycloak’s groups', 'groups', { groups: ['/Stadt/Ordnungsamt', 'buero'] }, 'clerk', ['b', 'c']],
  ['Entra’s app roles', 'roles', { roles: ['buero', 'leitung'] }, 'team-lead', ['a']],
  [
    'a claim that has dots in its name',
    'https://stadt.example/r',
    { 'https://stadt.example/r': 'buero' },
    'clerk',
    ['b'],
  ],
])('%s', (_name, claim, claims, role, teamIds) => {
  expect(mappedRole({ claim, rules }, claims)).toEqual({ role, teamIds })
})

test.each([
  ['nothing', {}],
  ['another thing', { roles: ['admin'] }],
  ['no list of texts', { roles: [{ buero: true }, 1, null] }],
  ['a text that only contains it', { roles: 'buero,leitung' }],
  ['groups that were too many for the token', { _claim_names: { roles: 'src1' }, _claim_sources: {} }],
])('%s fits no rule', (_name, claims) => {
  expect(mappedRole({ claim: 'roles', rules }, claims)).toBeNull()
  expect(mappedRole({ claim: 'constructor.name', rules }, claims)).toBeNull()
})
