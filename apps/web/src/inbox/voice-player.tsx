import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import type { Attachment } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { playTime } from '../ui/moment.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { useSoundSource } from './use-sound-source.ts'
import styles from './voice-player.module.css'

const bars = 64
const speeds = [1, 1.5, 2] as const

/** 64 bars as one path on 256 × 32; without loudness values a quiet line. */
function wave(waveform: readonly number[] | null): string {
  return Array.from({ length: bars }, (_, index) => {
    const height = Math.max(2, ((waveform?.[index] ?? 4) / 100) * 30)
    return `M${index * 4 + 2} ${16 - height / 2}v${height}`
  }).join('')
}

/** Plays a voice note: waveform, position, speed. The slider is how keyboard and screen reader users seek in it. */
export function VoicePlayer({
  attachment,
  onUnplayable,
}: {
  attachment: Attachment
  onUnplayable: () => void
}): ReactElement {
  const w = useWords()
  const sound = useRef<HTMLAudioElement>(null)
  const clip = useId()
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(attachment.durationMs ?? 0)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1)
  const [decoding, setDecoding] = useState(false)
  const wanted = useRef(false)
  const { source, decode } = useSoundSource(attachment)
  const path = wave(attachment.waveform)
  const part = length === 0 ? 0 : Math.min(1, at / length)

  function wind(ms: number): void {
    setAt(ms)
    if (sound.current !== null) sound.current.currentTime = ms / 1000
  }
  function play(): void {
    const element = sound.current
    if (element === null) return
    element.playbackRate = speed
    // Browsers may refuse to play without a click; the button is still there.
    void element.play().catch(() => setPlaying(false))
  }
  async function decodeAndPlay(): Promise<void> {
    wanted.current = true
    setDecoding(true)
    try {
      if ((await decode()) === 'unplayable') onUnplayable()
    } catch (error) {
      announce(sentenceOf(w, error))
    } finally {
      setDecoding(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the sound that was asked for is there
  useEffect(() => {
    if (wanted.current && source !== null) play()
    wanted.current = false
  }, [source])
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: what a citizen says has no captions */}
      <audio
        ref={sound}
        preload="none"
        src={source ?? undefined}
        onError={() => void decodeAndPlay()}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime * 1000)}
        onLoadedMetadata={(event) => {
          const { duration } = event.currentTarget
          if (attachment.durationMs === null && Number.isFinite(duration)) setLength(duration * 1000)
        }}
      />
      <Button
        kind="quiet"
        icon={playing ? 'pause' : 'play'}
        isDisabled={decoding}
        aria-label={`${playing ? w.attachment.pause : w.attachment.play}: ${w.kinds[attachment.kind === 'voice' ? 'voice' : 'audio']}`}
        onPress={() => {
          if (playing) sound.current?.pause()
          else if (source === null) void decodeAndPlay()
          else play()
        }}
      />
      <div className={styles.wave}>
        <svg viewBox="0 0 256 32" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <clipPath id={clip}>
            <rect width={256 * part} height="32" />
          </clipPath>
          <path className={styles.still} d={path} />
          <path className={styles.heard} d={path} clipPath={`url(#${clip})`} />
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.round(length))}
          step={500}
          value={Math.round(at)}
          aria-label={w.attachment.position}
          aria-valuetext={`${playTime(at)} / ${playTime(length)}`}
          onChange={(event) => wind(Number(event.target.value))}
        />
      </div>
      <span className={styles.time}>{playTime(playing || at > 0 ? at : length)}</span>
      <button
        type="button"
        className={styles.speed}
        aria-label={`${w.attachment.speed} ${speed}×`}
        onClick={() => {
          const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1
          setSpeed(next)
          if (sound.current !== null) sound.current.playbackRate = next
        }}
      >
        {String(speed).replace('.', w.language === 'de' ? ',' : '.')}×
      </button>
    </div>
  )
}
