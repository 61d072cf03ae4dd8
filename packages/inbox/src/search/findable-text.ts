import type { MessageContent } from '@buergerdraht/bsp'
import type { ElsewhereContent } from '../stored/additional-data.ts'

/** The words of a message that it can be found by. */
export function contentText(content: MessageContent | ElsewhereContent): string {
  function join(...parts: readonly (string | null)[]): string {
    return parts.filter((part) => part !== null).join('\n')
  }
  switch (content.kind) {
    case 'text':
      return content.text
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return join(content.text, content.media.fileName)
    case 'location':
      return join(content.name, content.address)
    case 'contacts':
      return join(...content.contacts.flatMap((contact) => [contact.name, contact.organisation]))
    case 'choice':
      return join(content.title, content.description)
    case 'form':
      return content.answers === null ? '' : Object.values(content.answers).join('\n')
    case 'order':
      return content.text ?? ''
    case 'template':
    case 'elsewhere':
      return content.text ?? ''
    case 'system':
    case 'unsupported':
      return ''
  }
}
