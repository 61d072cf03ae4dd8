/**
 * The bytes between the files of a package. A package is a zip file (PKWARE APPNOTE 6.3.10) of exactly one shape:
 * nothing compressed, sizes after the data, one fixed date, no comments, no extra fields but zip64's where numbers are
 * too big. So the names, sizes and checksums determine every other byte, and the verifier can say of each whether it
 * is right.
 */
export type ZipEntry = { name: string; size: number; crc32: number; offset: number }

const madeBy = (3 << 8) | 63
const plainVersion = 20
const zip64Version = 45
/** UTF-8 names, and sizes in a descriptor behind the data. */
const flags = 0x0800 | 0x0008
/** 1 January 1980 00:00, the first moment that zip knows. */
const dosDate = 0x0021
const regularFile = 0o100664
const none = 0xffffffff
const tooMany = 0xffff

export function localHeader(name: string): Uint8Array {
  const file = Buffer.from(name)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(plainVersion, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(dosDate, 12)
  header.writeUInt16LE(file.length, 26)
  return Buffer.concat([header, file])
}

export function dataDescriptor({ size, crc32, offset }: ZipEntry): Uint8Array {
  const big = isBig(size, offset)
  const descriptor = Buffer.alloc(big ? 24 : 16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(crc32, 4)
  if (big) {
    descriptor.writeBigUInt64LE(BigInt(size), 8)
    descriptor.writeBigUInt64LE(BigInt(size), 16)
  } else {
    descriptor.writeUInt32LE(size, 8)
    descriptor.writeUInt32LE(size, 12)
  }
  return descriptor
}

export function centralRecord({ name, size, crc32, offset }: ZipEntry): Uint8Array {
  const big = isBig(size, offset)
  const file = Buffer.from(name)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(madeBy, 4)
  record.writeUInt16LE(big ? zip64Version : plainVersion, 6)
  record.writeUInt16LE(flags, 8)
  record.writeUInt16LE(dosDate, 14)
  record.writeUInt32LE(crc32, 16)
  record.writeUInt32LE(big ? none : size, 20)
  record.writeUInt32LE(big ? none : size, 24)
  record.writeUInt16LE(file.length, 28)
  record.writeUInt16LE(big ? 28 : 0, 30)
  record.writeUInt32LE((regularFile << 16) >>> 0, 38)
  record.writeUInt32LE(big ? none : offset, 42)
  return Buffer.concat([record, file, big ? zip64Extra(size, offset) : Buffer.alloc(0)])
}

/** The end of the central directory, with zip64's two records before it where a number does not fit. */
export function endRecords(count: number, directorySize: number, directoryOffset: number): Uint8Array {
  const [manyFiles, bigSize, farAway] = [count >= tooMany, directorySize >= none, directoryOffset >= none]
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(manyFiles ? tooMany : count, 8)
  end.writeUInt16LE(manyFiles ? tooMany : count, 10)
  end.writeUInt32LE(bigSize ? none : directorySize, 12)
  end.writeUInt32LE(farAway ? none : directoryOffset, 16)
  if (!manyFiles && !bigSize && !farAway) return end
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(madeBy, 12)
  record.writeUInt16LE(zip64Version, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(directorySize), 40)
  record.writeBigUInt64LE(BigInt(directoryOffset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator, end])
}

/** Where the next file begins after this one. */
export function endOf(entry: ZipEntry): number {
  return entry.offset + localHeader(entry.name).length + entry.size + dataDescriptor(entry).length
}

function isBig(size: number, offset: number): boolean {
  return size >= none || offset >= none
}

function zip64Extra(size: number, offset: number): Uint8Array {
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(0x0001, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(size), 12)
  extra.writeBigUInt64LE(BigInt(offset), 20)
  return extra
}
