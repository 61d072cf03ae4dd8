"""Log folders (section 7)."""

import re
import zlib
from pathlib import Path

from crypto import sha256
from entry import check_entry
from note import check_checkpoint, root_of
from text import Wrong, bytes_of, canonical, encoded, members, need


def commitment(entry, salt):
    return sha256(b"bc-ledger-v1", salt, encoded(entry))


def check_ledger(folder, trust, times):
    folder = Path(folder)
    codes, leaves, ranges = read_log((folder / "log").read_bytes())
    good, origins = -1, set()
    for path in sorted((folder / "checkpoints").glob("*.txt")) if (folder / "checkpoints").exists() else []:
        data = path.read_bytes()
        checkpoint, found = check_checkpoint(data, *trust)
        codes += found
        stamp = path.with_suffix(".tsr")
        if stamp.exists():
            codes += times.of_response(stamp.read_bytes(), data)
        if checkpoint is None:
            continue
        origins.add(checkpoint.origin)
        if checkpoint.size > len(leaves):
            codes.append("LEDGER_SHORT")
        elif root_of(leaves[: checkpoint.size]) != checkpoint.root:
            codes.append("LEDGER_ROOT_DIFFERS")
        else:
            good = max(good, checkpoint.size)
    if len(origins) > 1:
        codes.append("LEDGER_ROOT_DIFFERS")
    codes.append("LEDGER_AGREES" if good >= 0 else "LEDGER_WITHOUT_CHECKPOINT")
    if 0 <= good < len(leaves):
        codes.append("LEDGER_BEYOND_CHECKPOINT")
    return codes + check_tombstones(folder / "tombstones", [each for each in ranges if each[0]["seq"] < good])


def read_log(data):
    codes, leaves, ranges, pruned = [], [], [], False
    lines = data.split(b"\n")
    for index, line in enumerate(lines[:-1]):
        try:
            record = read_line(line, index)
        except Wrong:
            return codes + ["LEDGER_DAMAGED"], leaves, ranges
        leaves.append(bytes_of(record["leaf"]))
        if "entry" not in record:
            pruned = True
            continue
        entry, salt = record["entry"], bytes_of(record["salt"])
        try:
            check_entry(entry)
            need(entry["seq"] == index)
        except Wrong:
            codes.append("LEDGER_ENTRY_REFUSED")
            continue
        if sha256(b"\x00", commitment(entry, salt)) != leaves[-1]:
            codes.append("LEDGER_ENTRY_CHANGED")
        elif "broken" in entry:
            codes.append("LEDGER_FOLLOWS_BROKEN")
        elif entry["type"] in ("DELETE", "KEY_DESTROY"):
            ranges.append((entry, salt))
    if lines[-1]:
        codes.append(torn_or_damaged(lines[-1], len(lines) - 1))
    return codes + (["LEDGER_ENTRY_PRUNED"] if pruned else []), leaves, ranges


def read_line(line, index):
    need(len(line) <= 262_144)
    found = re.fullmatch(rb"(\d+) ([0-9a-f]{8}) (.*)", line, re.DOTALL)
    need(found and found[1] == str(index).encode())
    need(zlib.crc32(found[1] + b" " + found[3]) == int(found[2], 16))
    record = canonical(found[3])
    members(record, *(("entry", "leaf", "salt") if "entry" in record else ("leaf",)))
    bytes_of(record["leaf"], 32)
    if "salt" in record:
        bytes_of(record["salt"], 32)
    return record


def torn_or_damaged(rest, index):
    text = rest.rstrip(b"\x00")
    if b"\x00" in text or not (f"{index} ".startswith(text.decode("latin1")) or text.startswith(f"{index} ".encode())):
        return "LEDGER_DAMAGED"
    for line in (text, text[:-1]):
        try:
            read_line(line, index)
            return "LEDGER_DAMAGED"
        except Wrong:
            continue
    return "LEDGER_TORN"


def check_tombstones(folder, ranges):
    codes = []
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        data = path.read_bytes()
        head = f"bc-tombstones-v2 {path.name}\n".encode()
        is_second = data.startswith(head)
        if not is_second:
            head = f"bc-tombstones-v1 {path.name}\n".encode()
        alg = "hmac-sha256" if is_second else "sha256"
        secret, body = data[len(head) : len(head) + 32], data[len(head) + 32 :]
        is_month = re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", path.name)
        if not is_month or not data.startswith(head) or len(secret) < 32 or len(body) % 32:
            codes.append("TOMBSTONES_MALFORMED")
            continue
        explained = set()
        for entry, salt in ranges:
            named = entry["tombstones"]
            if named["segment"] != path.name:
                continue
            part = body[named["from"] * 32 : (named["to"] + 1) * 32]
            if (named["to"] + 1) * 32 > len(body):
                codes.append("TOMBSTONES_SHORT")
            elif named["alg"] != alg or sha256(b"bc-salt-v1", secret, entry["seq"].to_bytes(8, "big"), part) != salt:
                codes.append("TOMBSTONES_CHANGED")
            else:
                explained.update(range(named["from"], named["to"] + 1))
        if len(explained) < len(body) // 32:
            codes.append("TOMBSTONES_UNEXPLAINED")
    return codes
