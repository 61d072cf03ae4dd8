"""Whether data are a leaf of a log: RFC 9162 section 2.1.3.2 over a c2sp.org/tlog-proof file. It shares no code with Buergerdraht.

    python3 inclusion-check.py PROOF DATA

That the checkpoint in the proof is signed by the log is checked apart.
"""
import base64
import hashlib
import sys


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
position = int(lines[1].split(" ")[1])
end = lines.index("")
size, root = int(lines[end + 2]), base64.b64decode(lines[end + 3])
last, node = size - 1, sha256(b"\0", open(sys.argv[2], "rb").read())
if position > last:
    sys.exit("The leaf is beyond the log")
for sibling in map(base64.b64decode, lines[2:end]):
    if last == 0:
        sys.exit("The proof is too long")
    if position % 2 or position == last:
        node = sha256(b"\1", sibling, node)
        while position % 2 == 0 and position:
            position, last = position >> 1, last >> 1
    else:
        node = sha256(b"\1", node, sibling)
    position, last = position >> 1, last >> 1
if last or node != root:
    sys.exit("The data are not that leaf")
print("In the log")
