import { liftPlaceRules } from '@buergerdraht/office'
import { withAccounts } from './account.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const networksReset = command({
  name: 'networks reset',
  summary: 'let every role in from every network again, and without a certificate',
  help: `For administrators who are shut out by their own rule. It is recorded in the audit log.
Whoever may run this has the database: it asks for no token. Settings: DATABASE_URL.`,
  options: {},
  run: (asked) =>
    withAccounts(async (office) => {
      const roles = await liftPlaceRules(office)
      report.result(
        asked.json,
        { roles },
        roles.length === 0
          ? 'There was no rule.'
          : `${roles.join(', ')}: in from everywhere again. Set new rules under “Anmeldung”.`,
      )
    }),
})
