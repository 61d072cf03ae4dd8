import { readdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { describeMedia } from '../../src/media/describe-media.ts'
import { describe as ask, NotDescribable } from '../../src/media/describer.ts'
import { inMemory, sample } from './sample.ts'

function of(name: string, mediaType: string) {
  return describeMedia(inMemory(sample(name)), mediaType)
}
function metadataOf(bytes: Uint8Array | null | undefined) {
  return sharp(bytes ?? new Uint8Array()).metadata()
}

describe('a picture', () => {
  test('is drawn upright and without a word about place, camera and owner', async () => {
    const before = sample('photo-with-gps.jpg')
    expect(before.includes('KANARIE-EXIF')).toBe(true)
    expect(await metadataOf(before)).toMatchObject({ width: 320, height: 200, orientation: 6 })

    const { content, preview, width, height } = await of('photo-with-gps.jpg', 'image/jpeg')
    expect({ width, height }).toEqual({ width: 200, height: 320 })
    for (const bytes of [content, preview?.bytes]) {
      const after = await metadataOf(bytes)
      expect(after).toMatchObject({ width: 200, height: 320 })
      for (const field of ['exif', 'xmp', 'iptc', 'icc', 'orientation'] as const)
        expect(after[field]).toBeUndefined()
      expect(Buffer.from(bytes ?? '').includes('KANARIE')).toBe(false)
    }
    // The red corner was at the top right and has turned to the bottom right.
    const { data, info } = await sharp(content ?? undefined)
      .raw()
      .toBuffer({ resolveWithObject: true })
    function red(x: number, y: number) {
      return data.readUInt8((y * info.width + x) * info.channels + 2) > 180
    }
    expect([red(180, 300), red(180, 20), red(20, 20), red(20, 300)]).toEqual([true, false, false, false])
  })

  test('loses whatever was behind it in the file', async () => {
    const { content } = await of('photo-and-archive.jpg', 'image/jpeg')
    expect(Buffer.from(content ?? '').includes('update.EXE')).toBe(false)
  })

  test('keeps moving; its preview is one picture', async () => {
    const { content, preview, width, height } = await of('sticker-moving.webp', 'image/webp')
    expect({ width, height }).toEqual({ width: 320, height: 200 })
    expect(await metadataOf(content)).toMatchObject({ format: 'webp', pages: 2 })
    const still = await metadataOf(preview?.bytes)
    expect(still).toMatchObject({ format: 'webp', width: 320, height: 200 })
    expect(still.pages ?? 1).toBe(1)
  })

  test('is reduced to 480 pixels, and never enlarged', async () => {
    const large = await sharp({ create: { width: 1000, height: 2000, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const { preview } = await describeMedia(inMemory(large), 'image/png')
    expect({ ...preview, bytes: 0 }).toEqual({ width: 240, height: 480, bytes: 0 })
    const { preview: small } = await of('drawing.png', 'image/png')
    expect({ ...small, bytes: 0 }).toEqual({ width: 320, height: 200, bytes: 0 })
  })

  test.each([
    ['with too many pixels', 'pixel-bomb.png', 'image/png'],
    ['that is cut off', 'photo-cut-off.jpg', 'image/jpeg'],
    ['that is none', 'letter.pdf', 'image/jpeg'],
  ])('%s is refused', async (_, name, mediaType) => {
    await expect(of(name, mediaType)).rejects.toThrow(NotDescribable)
  })

  test('is read by no other decoder than that of the types shown', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    await expect(describeMedia(inMemory(Buffer.from(svg)), 'image/png')).rejects.toThrow(NotDescribable)
    const tiff = await sharp(sample('drawing.png')).tiff().toBuffer()
    await expect(describeMedia(inMemory(tiff), 'image/png')).rejects.toThrow(NotDescribable)
  })
})

describe('a PDF', () => {
  test('has its pages counted and its first one drawn', async () => {
    const { pages, preview, content } = await of('letter.pdf', 'application/pdf')
    expect(pages).toBe(2)
    expect(content).toBeNull()
    expect(await metadataOf(preview?.bytes)).toMatchObject({ format: 'webp', width: 509, height: 720 })
    const { data, info } = await sharp(preview?.bytes).raw().toBuffer({ resolveWithObject: true })
    function colour(x: number, y: number) {
      return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
    }
    const [r = 0, g = 255, b = 255] = colour(150, 500)
    expect(r > 180 && g < 60 && b < 60).toBe(true)
    expect(colour(480, 20).every((value) => value > 245)).toBe(true)
  })

  test.each([
    ['damaged', Buffer.from('%PDF-1.7\n1 0 obj\n<<')],
    ['a thousand times as long as wide', sample('ribbon-page.pdf')],
  ])('which is %s has no preview', async (_, bytes) => {
    expect(await describeMedia(inMemory(bytes), 'application/pdf')).toMatchObject({
      preview: null,
      content: null,
    })
  })

  test('that wants ever more memory does not get it', async () => {
    // As long as it takes until there is no more for it: beside other work that is more than a clerk would wait.
    const greedy = ask({ about: 'pdf' }, async () => sample('exponential.pdf'), 220_000)
    await expect(greedy).rejects.toMatchObject({ reason: 'damaged' })
  })

  test('that takes too long is given up, and the next one is read', async () => {
    const endless = ask({ about: 'pdf' }, async () => sample('exponential.pdf'), 100)
    await expect(endless).rejects.toMatchObject({ reason: 'timed-out' })
    expect((await of('letter.pdf', 'application/pdf')).pages).toBe(2)
  })

  test('that takes long keeps no other file waiting, and what waits is not in memory yet', async () => {
    const begun: string[] = []
    const gates = new Map<string, () => void>()
    function letter(name: string) {
      return ask({ about: 'pdf' }, async () => {
        begun.push(name)
        await new Promise<void>((open) => gates.set(name, open))
        return sample('letter.pdf')
      })
    }
    const [slow, first, second] = [letter('slow'), letter('first'), letter('second')]
    await expect.poll(() => gates.size).toBe(2)
    expect(begun).toEqual(['slow', 'first'])
    gates.get('first')?.()
    expect((await first).pages).toBe(2)
    await expect.poll(() => gates.has('second')).toBe(true)
    gates.get('second')?.()
    expect((await second).pages).toBe(2)
    gates.get('slow')?.()
    expect((await slow).pages).toBe(2)
  })
})

/** The processes that this one has started to describe something. */
function describingProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return Number(parent) === process.pid && command.includes('describing-process')
      } catch {
        // It has ended meanwhile.
        return false
      }
    })
    .map(Number)
}

/** How long a process has computed so far, in the kernel's ticks: utime and stime of proc_pid_stat(5). */
function computedBy(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

describe('the describing process', () => {
  test('is started again when it was killed, and asked again when that was in the middle', async () => {
    await of('letter.pdf', 'application/pdf')
    for (const idle of describingProcesses()) process.kill(idle, 'SIGKILL')
    expect((await of('letter.pdf', 'application/pdf')).pages).toBe(2)

    const large = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    const [busy] = describingProcesses()
    if (busy === undefined) throw new Error('Nothing describes.')
    const idle = computedBy(busy)
    const describing = describeMedia(inMemory(large), 'image/jpeg')
    await expect.poll(() => computedBy(busy), { interval: 5 }).toBeGreaterThan(idle)
    process.kill(busy, 'SIGKILL')
    expect((await describing).width).toBe(6000)
    expect(describingProcesses()).not.toContain(busy)
  })

  test('knows nothing of our settings', async () => {
    await of('letter.pdf', 'application/pdf')
    const [pid] = describingProcesses()
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toMatch(/DATABASE|KEY|HOME|PATH/)
  })
})

describe('sound', () => {
  test('of a voice note: duration and loudness', async () => {
    const { durationMs, waveform, voice } = await of('voice.ogg', 'audio/ogg')
    expect(voice).toBe(true)
    expect(durationMs).toBe(2000)
    expect(waveform).toHaveLength(64)
    expect(Math.max(...waveform)).toBe(100)
    // Soft, loud, silent.
    expect(Math.max(...waveform.slice(2, 22))).toBeLessThan(20)
    expect(Math.min(...waveform.slice(26, 46))).toBeGreaterThan(80)
    expect(Math.max(...waveform.slice(51))).toBeLessThan(5)
  })

  test.each([
    ['stereo.ogg', 'audio/ogg', 1000, 64],
    ['vorbis.ogg', 'audio/ogg', 1000, 0],
    ['sound.m4a', 'audio/mp4', 1500, 0],
    ['sound-cbr.mp3', 'audio/mpeg', 2037, 0],
    ['sound-vbr.mp3', 'audio/mpeg', 2063, 0],
  ])('of %s', async (name, mediaType, expectedMs, steps) => {
    const { durationMs, waveform, voice } = await of(name, mediaType)
    expect(Math.abs((durationMs ?? 0) - expectedMs)).toBeLessThan(60)
    expect(waveform).toHaveLength(steps)
    expect(voice).toBe(false)
  })

  test('that is damaged is still a file', async () => {
    const half = sample('voice.ogg').subarray(0, 3000)
    expect((await describeMedia(inMemory(half), 'audio/ogg')).durationMs).toBeGreaterThan(0)
    const noise = Buffer.concat([sample('voice.ogg').subarray(0, 200), Buffer.alloc(500, 7)])
    expect(await describeMedia(inMemory(noise), 'audio/ogg')).toMatchObject({
      durationMs: null,
      waveform: [],
    })
  })
})

describe('a photo in HEIC', () => {
  test('has a preview, and is drawn at full size when asked for', async () => {
    const { pages, preview, content } = await of('photo.heic', 'image/heic')
    expect({ pages, content }).toEqual({ pages: 1, content: null })
    expect(await metadataOf(preview?.bytes)).toMatchObject({ format: 'webp', width: 480, height: 300 })
    const { bytes } = await ask({ about: 'heif', edge: 2000 }, async () => sample('photo.heic'))
    expect(await metadataOf(bytes)).toMatchObject({ format: 'webp', width: 640, height: 400 })
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    const [red, green, blue] = data.subarray(0, info.channels)
    // The ground of the sample is #113355.
    for (const [is, meant] of [
      [red, 0x11],
      [green, 0x33],
      [blue, 0x55],
    ] as const)
      expect(Math.abs((is ?? 0) - meant)).toBeLessThan(8)
  })

  test('that is cut off or none at all is a file without one', async () => {
    for (const bytes of [sample('photo-cut-off.heic'), sample('photo.heic').subarray(0, 64)]) {
      const { pages, preview } = await describeMedia(inMemory(bytes), 'image/heic')
      expect({ pages, preview }).toEqual({ pages: null, preview: null })
    }
  })
})

test('a film says its size as it is shown, and its duration', async () => {
  expect(await of('clip-upright.mp4', 'video/mp4')).toMatchObject({ width: 48, height: 64, durationMs: 1000 })
})

test('a film whose boxes lie is shown with what is left of its facts, and with none that cannot be', async () => {
  const bytes = sample('clip-upright.mp4')
  const { content: _content, ...rest } = await describeMedia(inMemory(Buffer.alloc(9)), 'video/mp4')
  const seen = { whole: 0, less: 0 }
  for (let at = 0; at < bytes.length - 4; at += 1) {
    for (const lie of [0xffffffff, 1, 0]) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt32BE(lie, at)
      const { width, height, durationMs, ...others } = await describeMedia(inMemory(damaged), 'video/mp4')
      const facts = [width, height, durationMs]
      if (facts.some((fact) => fact !== null && !(fact > 0 && fact < 86_400_000)))
        expect.fail(`${lie} at ${at}: ${facts}`)
      expect((width === null) === (height === null)).toBe(true)
      expect({ ...rest, ...others, content: null }).toEqual({ ...rest, content: null })
      seen[facts.join() === '48,64,1000' ? 'whole' : 'less'] += 1
    }
  }
  // Most of a film is pictures, of which nothing is read here.
  expect(seen.whole).toBeGreaterThan(seen.less)
  expect(seen.less).toBeGreaterThan(0)
})
