import { useEffect, useState } from 'react'
import { type Attachment, attachmentContent, failureOf } from '../api.ts'

/** Decoded sound is held in memory, half a megabyte for ten seconds; what is longer is offered as a file. */
const maxDecodedMs = 10 * 60_000

const opusInOgg = 'audio/ogg; codecs=opus'

function isOgg({ mediaType }: Attachment): boolean {
  return mediaType.startsWith('audio/ogg')
}

/** Whether the browser says that it can play it; older Safari cannot play Ogg. */
function playsHere(attachment: Attachment): boolean {
  return (
    document.createElement('audio').canPlayType(isOgg(attachment) ? opusInOgg : attachment.mediaType) !== ''
  )
}

function decodable(attachment: Attachment): boolean {
  return isOgg(attachment) && (attachment.durationMs ?? 0) <= maxDecodedMs
}

/** Whether there is a way to hear it in this page at all. */
export function canBeHeard(attachment: Attachment): boolean {
  return playsHere(attachment) || decodable(attachment)
}

/**
 * Where a player finds the sound. Null: this browser cannot play the file itself, and it has not been decoded yet; `decode` does so,
 * once, and answers `unplayable` when nobody can. It throws a Failure when the file did not come, and may be asked again.
 */
export function useSoundSource(attachment: Attachment): {
  readonly source: string | null
  decode(): Promise<'decoded' | 'unplayable'>
} {
  const content = attachmentContent(attachment.id)
  const [source, setSource] = useState(playsHere(attachment) ? content : null)
  useEffect(
    () => () => {
      if (source?.startsWith('blob:')) URL.revokeObjectURL(source)
    },
    [source],
  )

  async function decode(): Promise<'decoded' | 'unplayable'> {
    if (!decodable(attachment) || source?.startsWith('blob:')) return 'unplayable'
    const response = await fetch(content, { credentials: 'same-origin' }).catch(() => null)
    if (!response?.ok) throw failureOf(response?.status ?? 503, undefined)
    const file = new Uint8Array(await response.arrayBuffer())
    const { decodeVoice } = await import('./decode-voice.ts')
    const sound = await decodeVoice(file).catch(() => null)
    if (sound === null) return 'unplayable'
    setSource(URL.createObjectURL(sound))
    return 'decoded'
  }
  return { source, decode }
}
