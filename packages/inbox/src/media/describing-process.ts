/**
 * A process of its own that reads what strangers sent: it has no keys, no database and no settings, and may
 * be killed at any time. It answers one question after the other and ends with its parent.
 */
import type { Question, Reply } from './describer.ts'
import { heifPicture } from './heif-picture.ts'
import { firstPageOf, pageOf } from './pdf-page.ts'
import { redraw, TooManyPixels } from './picture.ts'
import { soundOf } from './sound.ts'

function answerTo(question: Question): Promise<unknown> {
  switch (question.about) {
    case 'picture':
      return redraw(question.bytes, question.mediaType, question.maxBytes)
    case 'pdf':
      return firstPageOf(question.bytes)
    case 'pdf-page':
      return pageOf(question.bytes, question.page, question.edge)
    case 'heif':
      return heifPicture(question.bytes, question.edge)
    case 'sound':
      return soundOf(question.bytes)
  }
}

process.on('message', async (question: Question) => {
  let reply: Reply
  try {
    reply = { described: await answerTo(question) }
  } catch (error) {
    // The reasons of decoders may repeat content; they stay here.
    reply = { failed: error instanceof TooManyPixels ? 'too-many-pixels' : 'damaged' }
  }
  process.send?.(reply)
})
process.on('disconnect', () => process.exit(0))
