"""
A second reader of archive packages and logs, written from docs/archive-format.md alone. It shares no code with the verifier
and leaves out the calendar of signatures. Reads the vectors and writes what it found, one JSON object a line.

    python3 reader.py vectors -cp bcpkix.jar:bcprov.jar:bcutil.jar EvidenceCheck.java
"""

import hmac
import json
import re
import sys
from datetime import datetime, timezone
from pathlib import Path

from archive import check_package
from crypto import sha256
from entry import check_entry
from ledger import check_ledger, commitment
from note import Checkpoint, check_checkpoint, check_proof, continues, is_leaf, key_of
from text import UUID, Wrong, bytes_of
from times import Records, Times

# Section 8.1; what is not here is a notice.
INDETERMINATE = """TIME_STAMP_NOT_CHECKED TIME_STAMP_CERTIFICATES_ENDED TIME_STAMP_FUTURE EVIDENCE_NOT_CHECKED
EVIDENCE_CERTIFICATES_ENDED ITEM_HASHES_ENDED""".split()
NOTICES = """MANIFEST_FUTURE CHECKPOINT_COSIGNED CHECKPOINT_COSIGNED_FUTURE CHECKPOINT_SIGNATURE_UNREAD PROOF_GOOD
TIME_STAMP_ABSENT TIME_STAMP_GOOD TIME_STAMP_RENEWED EVIDENCE_GOOD ITEMS_UNCHANGED ITEM_ERASED ITEM_CONTENT_CHECKED
LEDGER_AGREES LEDGER_TORN LEDGER_ENTRY_PRUNED LEDGER_BEYOND_CHECKPOINT LEDGER_FOLLOWS_BROKEN TOMBSTONES_UNEXPLAINED""".split()


def verdict_of(codes):
    if any(code not in [*NOTICES, *INDETERMINATE, "UNKNOWN_VERSION"] for code in codes):
        return "invalid"
    if "UNKNOWN_VERSION" in codes:
        return "unusable"
    return "indeterminate" if set(codes) & set(INDETERMINATE) else "valid"


class Given:
    """What the verifier of a vector was given."""

    def __init__(self, folder, case, records):
        trust = json.loads((folder / "trust.json").read_text())
        changed = case.get("with", {})
        self.on = datetime.fromisoformat(changed.get("on", trust["on"]).replace("Z", "+00:00"))
        self.on = self.on if self.on.tzinfo else self.on.replace(tzinfo=timezone.utc)
        keys = [key_of(line) for line in trust["keys"]]
        self.trust = keys, changed.get("witnesses", trust["witnesses"]), self.on
        root = None if changed.get("roots") is False else str(folder / "tsa-root.pem")
        self.times = Times(root, self.on, records)
        self.require_time_stamp = changed.get("requireTimeStamp", False)
        self.item_keys = {item: bytes_of(key) for item, key in changed.get("itemKeys", {}).items()}
        self.last_days = changed.get("lastDays", {})

    def ended(self, name):
        return self.last_days.get(name, "9999") < self.on.date().isoformat()


def checkpoint_codes(path, case):
    keys = [key_of(line) for line in case.get("keys", [])]
    return check_checkpoint(path.with_suffix(".txt").read_bytes(), keys, case.get("witnesses", 0), None)[1]


def proof_codes(path, case):
    if case["kind"] == "file":
        trust = [key_of(line) for line in case["keys"]], 0, None
        return check_proof(path.with_suffix("").read_bytes(), bytes.fromhex(case["data"]), trust)[1]
    try:
        hashes = [bytes_of(each, 32) for each in case["proof"]]
        if case["kind"] == "consistency":
            first, second = bytes_of(case["firstRoot"], 32), bytes_of(case["secondRoot"], 32)
            return [] if continues(case["first"], first, case["second"], second, hashes) else ["PROOF_WRONG"]
        checkpoint = Checkpoint("", case["size"], bytes_of(case["root"], 32))
    except Wrong:
        return ["PROOF_MALFORMED"]
    leaf = sha256(b"\x00", bytes.fromhex(case["data"]))
    return [] if is_leaf(leaf, case["index"], checkpoint, hashes) else ["PROOF_WRONG"]


def entry_codes(case):
    """Entries, ids, tombstones and salts; what must be refused is good when every one of it is refused."""
    accepted = [
        *(is_entry(each) for each in case.get("cases", [case]) if "entry" in each),
        *(re.fullmatch(UUID, each) is not None for each in case.get("ids", [])),
        *(tombstone(each["uuid"]).hex() == each["sha256Hex"] for each in case.get("tombstones", [])),
        *(tombstone2(each).hex() == each["hmacHex"] for each in case.get("secondVersion", [])),
        *(salt_of(each).hex() == each["saltHex"] for each in case.get("salts", [])),
    ]
    return [] if all(accepted) else ["LEDGER_ENTRY_REFUSED"] if not any(accepted) else ["UNKNOWN_VERSION"]


def is_entry(case):
    try:
        entry = check_entry(case["entry"])
    except Wrong:
        return False
    salt = bytes.fromhex(case.get("saltHex", ""))
    is_committed = "saltHex" not in case or commitment(entry, salt).hex() == case["commitmentHex"]
    return entry["seq"] == case["seq"] and is_committed


def tombstone(uuid):
    return sha256(b"bc-tomb-v1", bytes.fromhex(uuid.replace("-", "")))


def tombstone2(case):
    uuid = bytes.fromhex(case["uuid"].replace("-", ""))
    return hmac.new(bytes.fromhex(case["secretHex"]), uuid, "sha256").digest()


def salt_of(case):
    tombstones = b"".join(tombstone(each) for each in case["uuids"])
    return sha256(b"bc-salt-v1", bytes.fromhex(case["secretHex"]), case["seq"].to_bytes(8, "big"), tombstones)


def codes_of(kind, path, case, records):
    if kind == "packages":
        given = Given(path.parents[1], case, records)
        return check_package(path.with_suffix(".zip").read_bytes(), given)
    if kind == "ledgers":
        given = Given(path.parents[1], case, records)
        return check_ledger(path.with_suffix(""), given.trust, given.times)
    if kind == "ledger-entries":
        return entry_codes(case)
    return checkpoint_codes(path, case) if kind == "checkpoints" else proof_codes(path, case)


def main(vectors, *java):
    records = Records(java)
    cases = [
        (kind, path, json.loads(path.read_text()))
        for kind in ("packages", "ledgers", "checkpoints", "proofs", "ledger-entries")
        for path in sorted(Path(vectors, kind).glob("*/*.json"))
    ]
    for kind, path, case in cases:
        codes_of(kind, path, case, records)
    records.ask()
    for kind, path, case in cases:
        codes = codes_of(kind, path, case, records)
        name = str(path.relative_to(vectors).with_suffix(""))
        print(json.dumps({"case": name, "verdict": verdict_of(codes), "codes": sorted(set(codes))}))


main(*sys.argv[1:])
