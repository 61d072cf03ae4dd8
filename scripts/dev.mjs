// `npm run dev`: the demo office, rebuilt and restarted as its sources change; the page reloads by itself. The database is kept.
import { startOffice } from './start-office.mjs'

await startOffice({ watch: true })
