import { defaultNotice, filledNotice, type NoticeDraft } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'

/**
 * What the demo's citizens are told about their data, as two of its people have agreed. Once its past has been played: whoever has written in it was
 * not told, and is with their next message.
 */
export async function ensureDemoNotice({ prisma, now }: Pick<Inbox, 'prisma' | 'now'>): Promise<void> {
  const [admin, dpo] = await Promise.all(
    (['admin', 'dpo'] as const).map((role) => prisma.account.findFirst({ where: { role } })),
  )
  if (admin == null || dpo == null || (await prisma.privacyNotice.count()) > 0) return
  const draft: NoticeDraft = {
    ...defaultNotice,
    values: {
      office: 'das Bürgeramt der Stadt Musterstadt',
      phone: '0800 1234567',
      email: 'buergeramt@musterstadt.example',
      form: 'https://www.musterstadt.example/kontakt',
      retention: '30 Tage',
      link: 'https://www.musterstadt.example/datenschutz-whatsapp',
    },
  }
  await prisma.privacyNotice.create({
    data: {
      version: 1,
      draft,
      ...filledNotice(draft),
      proposedBy: admin.personId,
      proposedAt: now(),
      approvedBy: dpo.personId,
      approvedAt: now(),
    },
  })
}
