import { apiRoot, Failure, failureOf, noticeSignedOut, type Upload } from '../api.ts'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sends one file; `onProgress` hears 0 to 100. Throws {@link Failure}; aborting rejects with `offline`. */
export function uploadFile(
  conversationId: string,
  file: File,
  /** A picture goes as it is, not scaled. */
  asDocument: boolean,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('conversationId', conversationId)
    if (asDocument) form.append('as', 'document')
    form.append('file', file, file.name)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100))
    })
    request.addEventListener('load', () => {
      const body = parsed(request.responseText)
      if (request.status === 201) {
        resolve(body as Upload)
        return
      }
      const failure = failureOf(request.status, body)
      if (failure.code === 'not-signed-in') noticeSignedOut()
      reject(failure)
    })
    for (const type of ['error', 'abort', 'timeout'])
      request.addEventListener(type, () => reject(new Failure('offline')))
    signal.addEventListener('abort', () => request.abort())
    request.open('POST', `${apiRoot}/attachments`)
    request.setRequestHeader('accept', 'application/json')
    request.send(form)
  })
}
