"""Packages (sections 2 to 6)."""

import hashlib
import re
from collections import Counter

from crypto import opened, sha256
from entry import CLASS, CLUSTER, check_entry
from ledger import commitment
from metadata import MEDIA, is_metadata
from note import check_proof
from text import UUID, Wrong, bytes_of, canonical, day, matches, members, moment, need, number
from zipped import content, read_zip

FIXED = ["manifest.json", "checkpoint.txt", "proof.tlog-proof", "checkpoint.tsr", "evidence.er"]
ERASURE = ["statement.json", "statement.tlog-proof", "entry.json", "entry.tlog-proof", "evidence.er"]
KINDS = ["METADATA", "MESSAGE", "ATTACHMENT", "NOTE", "RENDERING"]


class Unknown(Exception):
    pass


def read_manifest(data):
    value = canonical(data)
    need(isinstance(value, dict) and value.get("format") == "buergerdraht-archive-package")
    if isinstance(value.get("v"), int) and value["v"] != 1:
        raise Unknown()
    members(value, "format", "v", "package", "createdAt", "cluster", "rule", "class", "algorithms", "items")
    need(value["v"] == 1 and value["algorithms"] == {"cipher": "aes-256-gcm", "hash": "sha256", "secondHash": "sha3-512"})
    matches(UUID, value["package"])
    moment(value["createdAt"])
    matches(rf"LR-{matches(CLUSTER, value['cluster'])}@[1-9]\d{{0,3}}", value["rule"])
    matches(CLASS, value["class"])
    need(isinstance(value["items"], list) and 1 <= len(value["items"]) <= 100_000)
    for item in value["items"]:
        members(item, "cipherHash", "commit", "id", "kind", "mediaType", "secondCipherHash", "size")
        matches(UUID, item["id"])
        need(item["kind"] in KINDS and item["mediaType"] in MEDIA)
        bytes_of(item["commit"], 32)
        bytes_of(item["cipherHash"], 32)
        bytes_of(item["secondCipherHash"], 64)
        number(item["size"], 0, 2**53 - 1)
    need(len({item["id"] for item in value["items"]}) == len(value["items"]))
    return value


def check_package(data, given):
    """The codes of what was found in a package."""
    parts, codes = read_zip(data)
    if not parts:
        return codes or ["FILE_MISSING"]
    files = {part.name: part for part in parts}
    small = {}

    def read(name, most=1 << 20):
        if name not in files:
            return None
        if files[name].size > most:
            codes.append("FILE_TOO_LARGE")
            return None
        found, wrong = content(data, files[name])
        codes.extend(wrong)
        return found

    for name in FIXED:
        small[name] = read(name, 64 << 20 if name == "manifest.json" else 1 << 20)
    if small["manifest.json"] is None:
        return codes + ["FILE_MISSING"]
    try:
        manifest = read_manifest(small["manifest.json"])
    except Wrong:
        return codes + ["MANIFEST_MALFORMED"]
    except Unknown:
        return codes + ["UNKNOWN_VERSION"]
    if moment(manifest["createdAt"]).timestamp() > given.on.timestamp() + 300:
        codes.append("MANIFEST_FUTURE")
    erasures = sorted({int(name[9:15]) for name in files if re.fullmatch(r"erasures/\d{6}/statement\.json", name)})
    codes += check_order(parts, manifest, len(erasures))
    origin, found = check_origin(small, given)
    codes += found
    codes += check_times(small, given)
    erased, found = check_erasures(len(erasures), read, manifest, origin, given)
    return codes + found + check_items(data, files, manifest, erased, given)


def check_order(parts, manifest, erasures):
    wanted = FIXED + [f"erasures/{at + 1:06}/{name}" for at in range(erasures) for name in ERASURE]
    order = {name: at for at, name in enumerate(wanted + [f"items/{item['id']}.bin" for item in manifest["items"]])}
    places = [order.get(part.name, -1) for part in parts]
    in_order = all(place >= 0 for place in places) and places == sorted(places)
    return [] if in_order else ["FILE_UNLISTED"]


def check_origin(small, given):
    codes = ["FILE_MISSING"] * sum(small[name] is None for name in ("checkpoint.txt", "proof.tlog-proof"))
    if small["proof.tlog-proof"] is None:
        return None, codes
    proven, found, checkpoint = check_proof(small["proof.tlog-proof"], small["manifest.json"], given.trust)
    if small["checkpoint.txt"] is not None and checkpoint != small["checkpoint.txt"]:
        found = found + ["CHECKPOINT_DIFFERS"]
    return proven and proven[1], codes + found + (["PROOF_GOOD"] if proven else [])


def check_times(small, given):
    group = [small[name] for name in ("manifest.json", "proof.tlog-proof", "checkpoint.tsr") if small[name] is not None]
    evidence = given.times.of_record(small["evidence.er"], group) if small["evidence.er"] is not None else []
    codes = []
    if small["checkpoint.tsr"] is None:
        codes = ["TIME_STAMP_ABSENT"]
    elif small["checkpoint.txt"] is not None:
        codes = given.times.of_response(small["checkpoint.tsr"], small["checkpoint.txt"])
    if "EVIDENCE_GOOD" in evidence and "TIME_STAMP_CERTIFICATES_ENDED" in codes:
        codes = ["TIME_STAMP_GOOD", "TIME_STAMP_RENEWED"]
    if given.require_time_stamp and not {"TIME_STAMP_GOOD", "EVIDENCE_GOOD"} & {*codes, *evidence}:
        codes = codes + ["TIME_STAMP_MISSING"]
    return codes + evidence


def may_end(rule, cluster):
    conversations = ("DA01", "DA02", "DA03")
    return rule == cluster or (rule in conversations and cluster in conversations)


def check_erasures(count, read, manifest, origin, given):
    """Ids of items that are proven to be erased, and the codes."""
    statements, codes = [], []
    for number_ in range(1, count + 1):
        files = {name: read(f"erasures/{number_:06}/{name}") for name in ERASURE}
        if any(files[name] is None for name in ERASURE[:4]):
            codes.append("FILE_MISSING")
            continue
        try:
            statements.append((*read_statement(files), files))
        except Wrong:
            codes.append("ERASURE_MALFORMED")
        except Unknown:
            codes.append("UNKNOWN_VERSION")
    named = Counter(item for statement, *_ in statements for item in statement["items"])
    kinds = {item["id"]: item["kind"] for item in manifest["items"]}
    erased = set()
    for statement, entry, salt, files in statements:
        of_statement, found, _ = check_proof(files["statement.tlog-proof"], files["statement.json"], given.trust)
        of_entry, more, _ = check_proof(files["entry.tlog-proof"], commitment(entry, salt), given.trust)
        errors = [code for code in found + more if not code.startswith("CHECKPOINT_COSIGNED")]
        evidence = files["evidence.er"]
        times = [] if evidence is None else given.times.of_record(evidence, [files[name] for name in ERASURE[:4]])
        together = [item for other, its_entry, *_ in statements if its_entry["seq"] == entry["seq"] for item in other["items"]]
        agrees = (
            of_statement
            and of_entry
            and of_statement[1] == origin != of_entry[1]
            and of_entry[0] == entry["seq"] == statement["ledger"]["seq"]
            and statement["package"] == manifest["package"]
            and all(item in kinds and named[item] == 1 for item in statement["items"])
            and statement["rule"] == entry.get("rule")
            and may_end(statement["rule"][3:7], manifest["cluster"])
            and manifest["createdAt"][:10] <= statement["on"] <= given.on.date().isoformat()
            and entry["at"][:10] == statement["on"]
            and entry["type"] in ("DELETE", "KEY_DESTROY")
            and covers(entry["objects"], Counter(kinds[item] for item in together if item in kinds))
            and (evidence is None or "EVIDENCE_GOOD" in times)
        )
        codes += errors + times
        if agrees:
            erased.update(statement["items"])
        else:
            codes.append("ERASURE_UNPROVEN")
    return erased, codes


def read_statement(files):
    statement = canonical(files["statement.json"])
    need(isinstance(statement, dict) and statement.get("format") == "buergerdraht-archive-erasure")
    if isinstance(statement.get("v"), int) and statement["v"] != 1:
        raise Unknown()
    members(statement, "format", "v", "package", "items", "rule", "on", "ledger")
    matches(UUID, statement["package"])
    need(isinstance(statement["items"], list) and 1 <= len(statement["items"]) <= 100_000)
    for item in statement["items"]:
        matches(UUID, item)
    matches(rf"LR-{CLUSTER}@[1-9]\d{{0,3}}", statement["rule"])
    day(statement["on"])
    number(members(statement["ledger"], "seq")["seq"], 0, 9_999_999)
    opening = members(canonical(files["entry.json"]), "entry", "salt")
    return statement, check_entry(opening["entry"]), bytes_of(opening["salt"], 32)


def covers(objects, erased):
    kinds = {"MESSAGE": "messages", "ATTACHMENT": "attachments", "NOTE": "notes"}
    rest = sum(max(0, number_ - objects.get(kinds.get(kind), 0)) for kind, number_ in erased.items())
    return rest <= objects.get("keys", 0)


def check_items(data, files, manifest, erased, given):
    codes, unchanged = [], False
    for item in manifest["items"]:
        part = files.get(f"items/{item['id']}.bin")
        if part is None:
            codes.append("ITEM_ERASED" if item["id"] in erased else "ITEM_MISSING")
            continue
        found, wrong = content(data, part)
        hashes = sha256(found), hashlib.sha3_512(found).digest()
        listed = bytes_of(item["cipherHash"]), bytes_of(item["secondCipherHash"])
        if len(found) != item["size"] + 60 or hashes != listed:
            wrong.append("ITEM_CHANGED")
        if item["id"] in given.item_keys:
            wrong += check_content(found, item, manifest, given.item_keys[item["id"]])
        unchanged |= set(wrong) <= {"ITEM_CONTENT_CHECKED"}
        codes += wrong + (["ITEM_NOT_ERASED"] if item["id"] in erased else [])
    if unchanged and given.ended("sha256") and given.ended("sha3-512"):
        codes.append("ITEM_HASHES_ENDED")
    return codes + (["ITEMS_UNCHANGED"] if unchanged else [])


def check_content(found, item, manifest, key):
    ids = bytes.fromhex(manifest["package"].replace("-", "") + item["id"].replace("-", ""))
    plain = opened(key, found[:12], found[12:-16], found[-16:], b"bc-item-v1" + ids)
    if plain is None:
        return ["ITEM_KEY_WRONG"]
    if sha256(b"bc-item-v1", plain) != bytes_of(item["commit"]):
        return ["ITEM_COMMITMENT_WRONG"]
    malformed = item["kind"] == "METADATA" and not is_metadata(plain[32:])
    return ["ITEM_CONTENT_CHECKED"] + (["ITEM_METADATA_MALFORMED"] if malformed else [])
