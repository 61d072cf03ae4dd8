import type { BspAdapter } from '../adapter.ts'
import { fetchMediaFile } from './fetch-media.ts'
import { answerHandshake } from './handshake.ts'
import { listTemplates } from './list-templates.ts'
import { markMessageRead } from './mark-read.ts'
import { type CloudPreset, DIALOG360_PRESET, META_PRESET } from './preset.ts'
import { sendMessage } from './send-message.ts'
import { submitTemplate } from './submit-template.ts'
import { uploadMediaFile } from './upload-media.ts'
import { parseWebhook } from './webhook.ts'

function cloudAdapter(preset: CloudPreset): BspAdapter {
  return {
    vendor: preset.vendor,
    verify: preset.verify,
    webhookProofs: preset.webhookProofs,
    handshake: answerHandshake,
    parse: parseWebhook,
    send: (command, account, signal) => sendMessage(preset, command, account, signal),
    uploadMedia: (file, account, signal) => uploadMediaFile(preset, file, account, signal),
    fetchMedia: (media, account, signal) => fetchMediaFile(preset, media, account, signal),
    listTemplates: (account, signal) => listTemplates(preset, account, signal),
    submitTemplate: (template, account, signal) => submitTemplate(preset, template, account, signal),
    markRead: (providerMessageId, typing, account, signal) =>
      markMessageRead(preset, providerMessageId, typing, account, signal),
  }
}

/** Meta's Cloud API directly: bearer token, version in the base address, signed webhooks. */
export const meta: BspAdapter = cloudAdapter(META_PRESET)

/** The same API through 360dialog: one key and one webhook with agreed headers for each number. */
export const dialog360: BspAdapter = cloudAdapter(DIALOG360_PRESET)
