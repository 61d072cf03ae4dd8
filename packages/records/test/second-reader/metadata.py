"""Items of kind METADATA (section 4.1)."""

from text import UUID, Wrong, canonical, matches, members, moment, need

MEDIA = """application/json application/octet-stream application/pdf application/zip audio/aac audio/amr audio/mp4
audio/mpeg audio/ogg image/gif image/jpeg image/png image/webp text/plain text/vcard video/3gpp video/mp4""".split()
EVENTS = ["MADE", "SEALED", "RENEWED", "CHECKED", "HANDED_OVER"]


def text(value):
    need(isinstance(value, str) and 1 <= len(value) <= 500)


def agent(value):
    members(value, "type", "name", optional=["version"])
    need(value["type"] in ("ORGANIZATION", "SOFTWARE"))
    text(value["name"])
    text(value.get("version", "1"))


def event(value):
    members(value, "id", "type", "at", "outcome", "agent", optional=["package", "policy", "recipient"])
    matches(UUID, value["id"])
    need(value["type"] in EVENTS and value["outcome"] in ("SUCCESS", "FAILURE"))
    moment(value["at"])
    agent(value["agent"])
    matches(UUID, value.get("package", value["id"]))
    if "policy" in value:
        need(value["type"] == "RENEWED")
        matches(r"[0-2](\.(0|[1-9]\d*))+", value["policy"])
    need(("recipient" in value) == (value["type"] == "HANDED_OVER"))
    text(value.get("recipient", "-"))


def signature(value):
    members(value, "item", "at", "indication", "agent", optional=["report", "subIndication"])
    matches(UUID, value["item"])
    matches(UUID, value.get("report", value["item"]))
    moment(value["at"])
    need(value["indication"] in ("TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"))
    matches(r"[A-Z][A-Z_]+", value.get("subIndication", "EXPIRED"))
    text(value["agent"])


def file_format(value):
    members(value, "items", "mediaType", optional=["puid"])
    need(isinstance(value["items"], list) and value["items"])
    for each in value["items"]:
        matches(UUID, each)
    need(value["mediaType"] in MEDIA)
    matches(r"(x-)?fmt/\d+", value.get("puid", "fmt/1"))


def is_metadata(data):
    try:
        check(canonical(data))
        return len(data) <= 16 << 20
    except (Wrong, TypeError, AttributeError):
        return False


def check(value):
    names = "format", "v", "producer", "legalBasis", "formats", "events", "signatureVerifications"
    members(value, *names, optional=["fileReference", "title"])
    need(value["format"] == "buergerdraht-archive-metadata" and value["v"] == 1)
    members(value["producer"], "authority", optional=["office"])
    for each in [*value["producer"].values(), value["legalBasis"], value.get("fileReference", "-"), value.get("title", "-")]:
        text(each)
    for name, check_one, least, most in [
        ("formats", file_format, 0, 100_000),
        ("events", event, 1, 10_000),
        ("signatureVerifications", signature, 0, 100_000),
    ]:
        need(isinstance(value[name], list) and least <= len(value[name]) <= most)
        for each in value[name]:
            check_one(each)
