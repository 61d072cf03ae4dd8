"""The zip file (section 2): its parts, and whether every byte around them is the one prescribed."""

import re
import struct
import zlib
from dataclasses import dataclass

BIG, MANY = 0xFFFFFFFF, 0xFFFF
NAME = rb"([a-z0-9-]+/)*[a-z0-9-]+\.[a-z-]+"


@dataclass
class Part:
    name: str
    size: int
    crc: int
    offset: int
    plain: bool = True

    @property
    def big(self):
        return self.size >= BIG or self.offset >= BIG

    def header(self):
        return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0x0808, 0, 0, 0x21, 0, 0, 0, len(self.name), 0) + self.name.encode()

    def descriptor(self):
        return struct.pack("<IIQQ" if self.big else "<IIII", 0x08074B50, self.crc, self.size, self.size)

    def record(self):
        size, offset = (BIG, BIG) if self.big else (self.size, self.offset)
        extra = struct.pack("<HHQQQ", 1, 24, self.size, self.size, self.offset) if self.big else b""
        needed, name = 45 if self.big else 20, self.name.encode()
        fields = 0x02014B50, 0x033F, needed, 0x0808, 0, 0, 0x21, self.crc, size, size, len(name), len(extra), 0, 0, 0
        return struct.pack("<IHHHHHHIIIHHHHHII", *fields, 0o100664 << 16, offset) + name + extra

    @property
    def data_at(self):
        return self.offset + 30 + len(self.name)

    @property
    def end(self):
        return self.data_at + self.size + len(self.descriptor())


def end_records(count, size, offset):
    ends = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, MANY), min(count, MANY), min(size, BIG), min(offset, BIG), 0)
    if count < MANY and size < BIG and offset < BIG:
        return ends
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 0x033F, 45, 0, 0, count, count, size, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1) + ends


def directory(data):
    """The records of the central directory, whatever they say."""
    if data[-22:-18] != b"PK\x05\x06" or data[-2:] != b"\0\0":
        raise ValueError("no end record")
    count, size, at = struct.unpack("<HII", data[-12:-2])
    if data[-42:-38] == b"PK\x06\x07":
        record = struct.unpack("<Q", data[-34:-26])[0]
        count, size, at = struct.unpack("<QQQ", data[record + 32 : record + 56])
    if count > 600_000:
        raise ValueError("too many files")
    for _ in range(count):
        if data[at : at + 4] != b"PK\x01\x02":
            raise ValueError("no record")
        method, crc, packed, size, name_length, extra, comment = struct.unpack("<H4xIIIHHH", data[at + 10 : at + 34])
        offset = struct.unpack("<I", data[at + 42 : at + 46])[0]
        name = data[at + 46 : at + 46 + name_length]
        if BIG in (size, packed, offset):
            size, packed, offset = struct.unpack("<QQQ", data[at + 46 + name_length + 4 : at + 46 + name_length + 28])
        yield name, Part(name.decode("latin1"), size, crc, offset, method == 0 and packed == size)
        at += 46 + name_length + extra + comment


def read_zip(data):
    """Parts in order, codes, and whether the reading stops."""
    parts, names, end = [], set(), 0
    try:
        for name, part in directory(data):
            if len(name) > 100 or not re.fullmatch(NAME, name):
                return [], ["ZIP_BAD_NAME"]
            if part.name in names:
                return [], ["ZIP_DUPLICATE_NAME"]
            if not part.plain or part.offset != end:
                return [], ["ZIP_NOT_CANONICAL"]
            parts.append(part)
            names.add(part.name)
            end = part.end
    except (ValueError, struct.error):
        return [], ["ZIP_UNREADABLE"]
    records = b"".join(part.record() for part in parts)
    codes = [] if data[end:] == records + end_records(len(parts), len(records), end) else ["ZIP_NOT_CANONICAL"]
    return parts, codes


def content(data, part):
    """The bytes of a part, and what is wrong around them and with their checksum."""
    found = data[part.data_at : part.data_at + part.size]
    codes = [] if zlib.crc32(found) == part.crc else ["ZIP_CHECKSUM"]
    around = data[part.offset : part.data_at] == part.header() and data[part.data_at + part.size : part.end] == part.descriptor()
    return found, codes if around else codes + ["ZIP_NOT_CANONICAL"]
