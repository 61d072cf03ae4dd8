"""Signed notes, checkpoints and proofs (section 5; c2sp.org and RFC 6962)."""

import re
from dataclasses import dataclass

from crypto import sha256, verifies
from text import Wrong, bytes_of, need

TOLERANCE = 300


@dataclass
class Key:
    name: str
    id: bytes
    kind: int
    public: bytes


def key_of(line):
    name, key_id, material = line.strip().split("+", 2)
    data = bytes_of(material)
    need(len(data) == 33 and data[0] in (1, 4))
    need(sha256(name.encode(), b"\n", data)[:4].hex() == key_id)
    return Key(name, bytes.fromhex(key_id), data[0], data[1:])


@dataclass
class Checkpoint:
    origin: str
    size: int
    root: bytes


def decimal(text):
    need(re.fullmatch(r"0|[1-9]\d{0,15}", text, re.ASCII) and int(text) < 2**53)
    return int(text)


def read_note(data):
    """Text and signatures."""
    need(len(data) <= 1_000_000)
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Wrong() from problem
    need(not re.search("[\x00-\x09\x0b-\x1f]", note) and note.endswith("\n"))
    text, separator, lines = note[:-1].rpartition("\n\n")
    need(separator)
    signatures = []
    for line in lines.split("\n"):
        found = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
        need(found)
        blob = bytes_of(found[2])
        need(len(blob) > 4)
        signatures.append((found[1], blob[:4], blob[4:]))
    need(len(signatures) <= 64)
    return text + "\n", signatures


def read_checkpoint(text):
    lines = text[:-1].split("\n")
    need(len(lines) >= 3 and all(lines))
    return Checkpoint(lines[0], decimal(lines[1]), bytes_of(lines[2], 32))


def check_checkpoint(data, keys, witnesses, on):
    """The checkpoint, or None when it proves nothing, and the codes of what was found."""
    try:
        text, signatures = read_note(data)
        checkpoint = read_checkpoint(text)
    except Wrong:
        return None, ["CHECKPOINT_MALFORMED"]
    codes, by_log, cosigned, unread = [], None, set(), False
    for name, key_id, signature in signatures:
        key = next((each for each in keys if (each.name, each.id) == (name, key_id)), None)
        if key is None:
            unread = True
        elif key.kind == 1:
            if not verifies(key.public, text.encode(), signature):
                return None, ["CHECKPOINT_SIGNATURE"]
            by_log = key.public if name == checkpoint.origin else by_log
        else:
            seconds = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            if len(signature) != 72 or not verifies(key.public, message, signature[8:]):
                return None, ["CHECKPOINT_SIGNATURE"]
            codes.append("CHECKPOINT_COSIGNED")
            if on and seconds > on.timestamp() + TOLERANCE:
                codes.append("CHECKPOINT_COSIGNED_FUTURE")
            cosigned.add(key.public)
    if by_log is None:
        return None, ["CHECKPOINT_UNKNOWN_KEY"]
    if len(cosigned - {by_log}) < witnesses:
        codes.append("WITNESSES_MISSING")
    if unread:
        codes.append("CHECKPOINT_SIGNATURE_UNREAD")
    return checkpoint, codes


def read_proof(data):
    """Index, hashes and the bytes of the checkpoint."""
    head, separator, checkpoint = data.partition(b"\n\n")
    need(separator)
    lines = head.decode("utf-8", "replace").split("\n")
    need(lines[0] == "c2sp.org/tlog-proof@v1" and len(lines) >= 2 and lines[1].startswith("index "))
    hashes = [bytes_of(line, 32) for line in lines[2:]]
    need(len(hashes) <= 64)
    return decimal(lines[1][6:]), hashes, checkpoint


def check_proof(data, leaf_data, trust):
    """The index and origin proven (or None), the codes, and the checkpoint in the proof."""
    try:
        index, hashes, note = read_proof(data)
    except Wrong:
        return None, ["PROOF_MALFORMED"], None
    checkpoint, codes = check_checkpoint(note, *trust)
    if checkpoint is None:
        return None, codes, note
    if not is_leaf(sha256(b"\x00", leaf_data), index, checkpoint, hashes):
        return None, codes + ["PROOF_WRONG"], note
    return (index, checkpoint.origin), codes, note


def is_leaf(leaf, index, checkpoint, hashes):
    """RFC 9162 section 2.1.3.2."""
    if index >= checkpoint.size:
        return False
    at, last, root = index, checkpoint.size - 1, leaf
    for each in hashes:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            root = sha256(b"\x01", each, root)
            while at % 2 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            root = sha256(b"\x01", root, each)
        at, last = at >> 1, last >> 1
    return last == 0 and root == checkpoint.root


def continues(first, first_root, second, second_root, hashes):
    """RFC 9162 section 2.1.4.2, and the cases that it leaves out."""
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        return not hashes and (first_root == second_root if first == second else first_root == sha256(b""))
    rest = list(hashes) if first & (first - 1) else [first_root, *hashes]
    if not rest:
        return False
    at, last = first - 1, second - 1
    while at % 2 == 1:
        at, last = at >> 1, last >> 1
    older = newer = rest[0]
    for each in rest[1:]:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            older, newer = sha256(b"\x01", each, older), sha256(b"\x01", each, newer)
            while at % 2 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            newer = sha256(b"\x01", newer, each)
        at, last = at >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root


def root_of(leaves):
    """RFC 6962 section 2.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01", root_of(leaves[:half]), root_of(leaves[half:]))
