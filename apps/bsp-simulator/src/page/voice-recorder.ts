/** A recording that runs. */
export type Recording = {
  /** Ends it; null when it is to be dropped. */
  stop(): Promise<Blob>
  drop(): void
}

/** What phones record; browsers that cannot write Ogg write WebM, which the simulator repacks. */
const mediaTypes = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'] as const

/** Starts the microphone. Null: the browser or the person does not give one. */
export async function startRecording(): Promise<Recording | null> {
  if (!('MediaRecorder' in globalThis) || !navigator.mediaDevices) return null
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null)
  if (!stream) return null
  const mimeType = mediaTypes.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType })
  const chunks: Blob[] = []
  recorder.ondataavailable = ({ data }) => chunks.push(data)
  recorder.start()
  const tracks = stream.getTracks()
  function end(): void {
    for (const track of tracks) track.stop()
  }
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          end()
          resolve(new Blob(chunks, { type: recorder.mimeType }))
        }
        recorder.stop()
      }),
    drop: () => {
      recorder.stop()
      end()
    },
  }
}
