import type { Channel, ChannelNoticeCode } from '@buergerdraht/contract'

type Severity = Channel['notices'][number]['severity']

/** Error: something does not work until somebody acts. Warning: it will not, or not as meant. */
const severities: Record<ChannelNoticeCode, Severity> = {
  'token-refused': 'error',
  'payment-problem': 'error',
  'waba-restricted': 'error',
  'waba-disabled': 'error',
  'spam-limit': 'error',
  'number-not-registered': 'error',
  'media-breaker-open': 'warning',
  'disabled-but-receiving': 'warning',
  'foreign-number': 'warning',
  'identity-conflict': 'warning',
  'old-secret-used': 'warning',
  'account-of-other-number': 'error',
  'value-error': 'warning',
  'group-message': 'info',
  'quality-changed': 'warning',
  'name-decision': 'info',
  'template-changed': 'info',
  'template-category-changed': 'warning',
  other: 'info',
}

function isCode(code: string): code is ChannelNoticeCode {
  return Object.hasOwn(severities, code)
}

/** A stored code as the contract knows it, with how serious it is. */
export function noticeMeaning(stored: string): {
  readonly code: ChannelNoticeCode
  readonly severity: Severity
} {
  const code = isCode(stored) ? stored : 'other'
  return { code, severity: severities[code] }
}
