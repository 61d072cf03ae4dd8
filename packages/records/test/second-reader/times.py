"""Time stamps with openssl, evidence records with the Java program that the verifier prints (sections 5.1 and 5.2)."""

import hashlib
import os
import re
import subprocess
import tempfile
from datetime import datetime, timezone

from note import TOLERANCE

NOT_CHECKED = "NOT_CHECKED"


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=False)


class Records:
    """Evidence records are checked together, because Java takes a second to begin: first collected, then asked about."""

    def __init__(self, java):
        self.java = java
        self.waiting = {}
        self.answers = {}

    def verdict(self, root, day, record, group):
        key = hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in [record, *group])).digest()
        self.waiting.setdefault((root, day), {})[key] = (record, group)
        return self.answers.get((root, day, key), "VALID")

    def ask(self):
        for (root, day), pairs in self.waiting.items():
            with tempfile.TemporaryDirectory() as folder:
                arguments = []
                for at, (record, group) in enumerate(pairs.values()):
                    names = [os.path.join(folder, f"{at}-{place}") for place in range(len(group) + 1)]
                    for name, data in zip(names, [record, *group]):
                        with open(name, "wb") as file:
                            file.write(data)
                    arguments += [names[0], ",".join(names[1:])]
                run = subprocess.run(["java", f"-Dtoday={day}", *self.java, root, *arguments], capture_output=True, text=True, check=False)
                lines = run.stdout.splitlines()
                for key, line in zip(pairs, lines, strict=True):
                    self.answers[root, day, key] = line.split(" ")[0]
        self.waiting = {}


class Times:
    """As of a moment, under one root or none."""

    def __init__(self, root, on, records):
        self.root, self.on, self.records = root, on, records

    def of_record(self, record, group):
        if self.root is None:
            return ["EVIDENCE_NOT_CHECKED"]
        verdict = self.records.verdict(self.root, self.on.date().isoformat(), record, group)
        if verdict == "INVALID":
            return ["EVIDENCE_WRONG"]
        codes = {"FUTURE": ["TIME_STAMP_FUTURE"], "LAPSED": ["EVIDENCE_CERTIFICATES_ENDED"]}.get(verdict, [])
        return ["EVIDENCE_GOOD", *codes]

    def of_response(self, response, data):
        if self.root is None:
            return ["TIME_STAMP_NOT_CHECKED"]
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, name) for name in ("response", "data")]
            for name, content in zip(names, [response, data]):
                with open(name, "wb") as file:
                    file.write(content)
            text = openssl("ts", "-reply", "-in", names[0], "-text").stdout.decode("utf-8", "replace")
            found = re.search(r"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", text, re.MULTILINE)
            if found is None:
                return ["TIME_STAMP_WRONG"]
            at = datetime.strptime(f"{found[1]} {found[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=timezone.utc)

            def holds(moment):
                seconds = str(int(moment.timestamp()))
                verify = ["ts", "-verify", "-in", names[0], "-data", names[1], "-CAfile", self.root, "-attime", seconds]
                return openssl(*verify).returncode == 0

            if not holds(at):
                return ["TIME_STAMP_WRONG"]
            codes = [] if is_stored_form(response) else ["TIME_STAMP_SURPLUS"]
            if at.timestamp() > self.on.timestamp() + TOLERANCE:
                return ["TIME_STAMP_GOOD", "TIME_STAMP_FUTURE", *codes]
            if not holds(self.on):
                codes.append("TIME_STAMP_CERTIFICATES_ENDED")
            return ["TIME_STAMP_GOOD", *codes]


def values(data):
    """Tag and content of each DER value, one behind the other, and its whole bytes."""
    at = 0
    while at < len(data):
        length, start = data[at + 1], at + 2
        if length >= 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[at + 2 : start], "big")
        yield data[at], data[start : start + length], data[at : start + length]
        at = start + length


def is_stored_form(response):
    """What of the stored form openssl does not ask for; whether certificates are of the path is left out."""
    (_, answer, _), = values(response)
    status, token = values(answer)
    if status[2] != bytes.fromhex("3003020100"):
        return False
    _, tagged = values(token[1])
    (_, signed, _), = values(tagged[1])
    fields = list(values(signed))
    (_, signer, _), = values(fields[-1][1])
    parts = list(values(signer))
    sets = [[whole for _, _, whole in values(field)] for tag, field, _ in fields if tag in (0xA0, 0xA1)]
    ascending = all(members == sorted(set(members)) for members in sets)
    return fields[1][1] == parts[2][2] and len(parts) == 6 and parts[3][0] == 0xA0 and ascending
