import type { ReactElement } from 'react'
import type { LiveFeed } from '../use-live-connection.ts'

const SettingsPage = (_: { place: string; id: string | null; feed: LiveFeed }): ReactElement => <div />
export default SettingsPage
