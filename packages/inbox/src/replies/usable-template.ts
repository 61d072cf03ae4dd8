import { Refusal } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { Reply } from './reply-intent.ts'

/** The provider's code for templates that are refused altogether; its open notice blocks them until an admin has looked. */
export const templatesStoppedCode = '131064'

function filledIn(body: string, parameters: readonly string[]): string {
  return body.replace(
    /\{\{(\d{1,2})\}\}/g,
    (placeholder, number) => parameters[Number(number) - 1] ?? placeholder,
  )
}

/**
 * The text that a template becomes; null: only its name is known.
 * @throws Refusal `template-not-usable`: not approved, another number of parameters, or templates are stopped
 */
export async function templateText(
  tx: Prisma.TransactionClient,
  channelId: string,
  { name, language, parameters }: NonNullable<Reply['template']>,
): Promise<string | null> {
  const template = await tx.messageTemplate.findUnique({
    where: { channelId_name_language: { channelId, name, language } },
  })
  // Of a template known by name only, nobody knows how many it wants.
  const fits = template?.body === null || template?.parameterCount === parameters.length
  if (template === null || template.state !== 'approved' || !fits) throw new Refusal('template-not-usable')
  const stopped = await tx.channelNotice.findFirst({
    where: { channelId, detail: templatesStoppedCode, dismissedAt: null },
    select: { id: true },
  })
  if (stopped !== null) throw new Refusal('template-not-usable')
  return template.body === null ? null : filledIn(template.body, parameters)
}
