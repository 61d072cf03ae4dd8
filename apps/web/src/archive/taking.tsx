import { may, type OpeningReason } from '@buergerdraht/contract'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { type Role, saveFile } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { Package } from './archive-query.ts'
import { takingWords } from './taking-words.ts'
import { rootsFile, TimeStampRoots } from './time-stamp-roots.tsx'

const reasons = [
  'inspection',
  'handing-over',
  'dispute',
  'data-subject',
  'audit',
  'other',
] as const satisfies readonly OpeningReason[]

/** The package and, for whoever may read it, its keys: each with a reason, which the log of access keeps. And how it is verified elsewhere. */
export function Taking({ shown, role }: { shown: Package; role: Role }): ReactElement {
  const w = useWords()
  const c = takingWords[w.language]
  const [reason, setReason] = useState<OpeningReason>(role === 'auditor' ? 'audit' : 'inspection')
  const { mutate, error, isPending } = useMutation({
    mutationFn: (what: 'content' | 'keys') =>
      saveFile(
        `/archive/packages/${shown.id}/${what}`,
        what === 'content' ? `${shown.id}.zip` : `${shown.id}.keys.json`,
        { headers: { 'x-reason': reason } },
      ),
  })
  const { archive, ledger } = shown.verifierKeys
  const stamped = shown.timeStamp !== null || shown.evidence !== null
  const command = `node buergerdraht-verify.mjs ${shown.id}.zip --key '${archive}' --key '${ledger}'${stamped ? ` --tsa-root ${rootsFile}` : ''}`
  return (
    <section aria-labelledby="taking" className={deskStyles.part}>
      <h2 id="taking">{c.title}</h2>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <SelectField
        label={c.reason}
        value={reason}
        onChange={({ target }) => setReason(target.value as OpeningReason)}
      >
        {reasons.map((one) => (
          <option key={one} value={one}>
            {c.reasons[one]}
          </option>
        ))}
      </SelectField>
      {may(role, 'open-packages') && <Notice tone="warning">{c.keysWarning}</Notice>}
      <div className={deskStyles.buttons}>
        {may(role, 'take-packages') && (
          <Button icon="download" isDisabled={isPending} onPress={() => mutate('content')}>
            {c.package}
          </Button>
        )}
        {may(role, 'open-packages') && (
          <Button icon="lock" isDisabled={isPending} onPress={() => mutate('keys')}>
            {c.keys}
          </Button>
        )}
      </div>
      <div role="status">{isPending && c.loading}</div>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <h3>{c.how}</h3>
      <ol className={deskStyles.numbered}>
        {c.steps(stamped).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {stamped && <TimeStampRoots />}
      <p className={deskStyles.value}>
        {c.command}: <code>{command}</code> <CopyButton text={command} name={c.copyCommand} />
      </p>
    </section>
  )
}
