import { apiRoot, Failure, failureOf, noticeSignedOut, type Reply } from '../api.ts'

export type Report = Reply<'verifyPackage'>

function bodyOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return undefined
  }
}

/**
 * Has a package verified. A request of its own, because only `XMLHttpRequest` says how far an upload has come.
 * @param onProgress share that has left, 0 to 1
 * @throws Failure
 */
export function sendPackage(file: File, key: string, onProgress: (share: number) => void): Promise<Report> {
  const form = new FormData()
  // The server reads fields before the file.
  if (key !== '') form.append('key', key)
  form.append('package', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${apiRoot}/archive/verification`)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onerror = () => reject(new Failure('offline'))
    request.onload = () => {
      const body = bodyOf(request)
      if (request.status === 200) return resolve(body as Report)
      const failure = failureOf(request.status, body)
      if (failure.code === 'not-signed-in') noticeSignedOut()
      reject(failure)
    }
    request.send(form)
  })
}
