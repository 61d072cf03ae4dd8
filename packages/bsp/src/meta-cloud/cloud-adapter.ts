import type { BspAdapter } from '../adapter.ts'
import { erase } from './erase.ts'
import { fetchMediaFile } from './fetch-media.ts'
import { answerHandshake } from './handshake.ts'
import { listTemplates } from './list-templates.ts'
import { markMessageRead } from './mark-read.ts'
import { type CloudPreset, dialog360Preset, metaPreset } from './preset.ts'
import { proveNumber } from './prove-number.ts'
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
    send: (command, credentials, signal) => sendMessage(preset, command, credentials, signal),
    uploadMedia: (file, credentials, signal) => uploadMediaFile(preset, file, credentials, signal),
    fetchMedia: (media, credentials, signal) => fetchMediaFile(preset, media, credentials, signal),
    erase: (what, credentials, signal) => erase(preset, what, credentials, signal),
    listTemplates: (credentials, signal) => listTemplates(preset, credentials, signal),
    submitTemplate: (template, credentials, signal) => submitTemplate(preset, template, credentials, signal),
    proveNumber: (credentials, signal) => proveNumber(preset, credentials, signal),
    markRead: (providerMessageId, typing, credentials, signal) =>
      markMessageRead(preset, providerMessageId, typing, credentials, signal),
  }
}

/** Meta's Cloud API directly: bearer token, version in the base address, signed webhooks. */
export const meta: BspAdapter = cloudAdapter(metaPreset)

/** The same API through 360dialog: one key and one webhook with agreed headers for each number. */
export const dialog360: BspAdapter = cloudAdapter(dialog360Preset)
