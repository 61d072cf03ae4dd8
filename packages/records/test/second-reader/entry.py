"""Ledger entries (section 7.1): a closed schema."""

from text import Wrong, day, matches, members, moment, need, number

CLUSTER = r"DA(0[1-9]|1\d|20)"
ROLES = "SACHBEARBEITUNG TEAMLEITUNG SCHRIFTGUT ARCHIV DATENSCHUTZ INFORMATIONSSICHERHEIT ADMINISTRATION HAUPTAMT BEHOERDENLEITUNG"
COUNTED = "conversations messages attachments notes contacts keys searchTokens rawEvents deadLetters logRows packages handOvers accounts requests evidence"
STARTS = r"(COLLECTED|CASE_CLOSED|RELATION_ENDED)"
CLASS = rf"{STARTS}/(0d|1h|24h|1d|7d|14d|30d|35d|90d|1y|2y|3y|5y|10y|30y)|{STARTS}\+END_OF_YEAR/(1y|2y|3y|5y|10y|30y)|WITH_PARENT|PERMANENT"
MONTH = r"20\d\d-(0[1-9]|1[0-2])"


def one_of(words):
    return lambda value, entry: need(isinstance(value, str) and value in words.split())


def count(most=999_999, least=0):
    return lambda value, entry: number(value, least, most)


def like(pattern):
    return lambda value, entry: matches(pattern, value)


def counts(names):
    def check(value, entry):
        members(value, *names.split())
        for each in value.values():
            number(each, 0, 999_999)

    return check


def is_day(value, entry):
    day(value)


def approvals(value, entry):
    need(isinstance(value, list) and 2 <= len(value) <= 4)
    for each in value:
        one_of(ROLES)(each, entry)


def rule(value, entry):
    matches(rf"LR-{matches(CLUSTER, entry['cluster'])}@[1-9]\d{{0,3}}", value)


def objects(value, entry):
    members(value, optional=COUNTED.split())
    need(value)
    for each in value.values():
        number(each, 0, 999_999)


def segment_range(value, entry):
    members(value, "alg", "segment", "from", "to")
    need(value["alg"] in ("sha256", "hmac-sha256"))
    matches(MONTH, value["segment"])
    first, last = number(value["from"], 0, 9_999_999), number(value["to"], 0, 9_999_999)
    need(last - first + 1 == sum(entry["objects"].values()))


def archive(value, entry):
    if isinstance(value, dict) and value.get("decision") in ("A", "V"):
        basis(members(value, "decision", "basis")["basis"], entry)
    else:
        one_of("NOT_REQUIRED SILENCE_RELEASED NOT_HELD_BACK")(members(value, "decision")["decision"], entry)


def basis(value, entry):
    matches(r"(GV|BK|EE)-20\d\d-\d{2,3}", value)


def targets(value, entry):
    members(value, "pg", "keys", "blob", "search", "redis", "bsp", "metaContactBook")
    for each in value.values():
        one_of("done requested failed notApplicable")(each, entry)


def listed(check, least, most):
    def each_of(value, entry):
        need(isinstance(value, list) and least <= len(value) <= most)
        for each in value:
            check(each, entry)

    return each_of


def earlier(value, entry):
    number(value, 0, 9_999_999 if "ledgersBack" in entry else entry["seq"] - 1)


def replayed_to(value, entry):
    need(number(value, 0, 9_999_999) <= entry["seq"])


def replayed_from(value, entry):
    need(number(value, 0, 9_999_999) <= entry["toSeq"])


cluster = like(CLUSTER)
hold = one_of("LITIGATION OBJECTION_PROCEDURE AUDIT CRIMINAL_INVESTIGATION COUNCIL_INQUIRY")
restriction = one_of("ART18_1A ART18_1B ART18_1C ART18_1D")
deleted = {"cluster": cluster, "rule": rule, "objects": objects, "tombstones": segment_range, "residueUntil": is_day}
marked = {"objects": objects, "marks": segment_range, "approvals": approvals}
minutes = count(9999)

TYPES = {
    "DELETE": {
        **deleted,
        "class": like(CLASS),
        "ground": one_of("ART5_1E ART17_1A ART17_1B ART17_1C ART17_1D ART17_1E ART17_1F"),
        "archive": archive,
        "approvals": approvals,
        "targets": targets,
    },
    "KEY_DESTROY": deleted,
    "HOLD_SET": {**marked, "reason": hold, "basis": one_of("ART17_3B ART17_3D ART17_3E"), "expiresOn": is_day},
    "HOLD_RELEASE": {**marked, "reason": hold},
    "RESTRICT": {**marked, "ground": restriction, "reviewOn": is_day},
    "UNRESTRICT": {**marked, "ground": restriction},
    "RECTIFY_MARK": {**marked, "ground": one_of("ART16")},
    "ARCHIVE_OFFER": {
        "cluster": cluster,
        "land": one_of("BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"),
        "objects": objects,
        "marks": segment_range,
        "answerUntil": is_day,
    },
    "ARCHIVE_DECISION": {
        "cluster": cluster,
        "decision": one_of("A B V"),
        "basis": basis,
        "objects": objects,
        "marks": segment_range,
    },
    "RULE_CHANGE": {
        "cluster": cluster,
        "rule": rule,
        "classes": listed(like(CLASS), 1, 11),
        "affected": counts("dueEarlier dueLater unchanged"),
        "approvals": approvals,
    },
    "PROCESSOR_DONE": {
        "of": earlier,
        "processor": one_of("BSP META_CONTACT_BOOK SMS MAIL"),
        "state": one_of("done failed"),
        "residueUntil": is_day,
    },
    "BACKUP_EXPIRED": {
        "backup": one_of("DATA KEYS"),
        "madeOn": is_day,
        "segmentsDestroyed": listed(like(MONTH), 0, 120),
    },
    "RESTORE_REPLAY": {
        "backupOn": is_day,
        "toSeq": replayed_to,
        "fromSeq": replayed_from,
        "replayed": counts("deletions keys holds restrictions rectifications"),
        "leftOver": count(0),
        "minutes": minutes,
        "approvals": approvals,
    },
    "BREAK_GLASS": {
        "reason": one_of("LEDGER_UNREACHABLE DANGER_TO_LIFE SYSTEM_FAILURE LEGAL_ORDER"),
        "approvals": approvals,
    },
    "ROLE_CHANGE": {"role": one_of(ROLES), "change": one_of("GRANTED REVOKED"), "approvals": approvals},
}


def signed_rule(value, entry):
    matches(rf"LR-{CLUSTER}@[1-9]\d{{0,3}}", value)


def agreed(value, entry):
    members(value, "category", "basis", "validFrom", optional=["validUntil", "valuation"])
    matches(CLUSTER, value["category"])
    basis(value["basis"], entry)
    day(value["validFrom"])
    if "validUntil" in value:
        day(value["validUntil"])
    one_of("A B V")(value.get("valuation", "A"), entry)


TYPES["ARCHIVE_AGREEMENT"] = {
    "land": TYPES["ARCHIVE_OFFER"]["land"],
    "answerWithin": count(60, 1),
    "silence": one_of("RELEASES RELEASES_NOTHING"),
    "mode": one_of("OFFER_EACH GENERAL_WAIVER CATALOGUE"),
    "decisions": listed(agreed, 0, 40),
    "approvals": approvals,
}
TYPES["ARCHIVE_WITHDRAWAL"] = {**marked, "cluster": cluster, "reason": one_of("BY_MISTAKE STILL_NEEDED WRONG_LIST")}
TYPES["FILING_PLAN"] = {
    **{name: count() for name in "entries added removed shorter longer".split()},
    "approvals": approvals,
}
TYPES["REQUEST"] = {
    "kind": one_of("ACCESS RECTIFICATION ERASURE RESTRICTION PORTABILITY"),
    "state": one_of("OPEN ANSWERED"),
    "receivedOn": is_day,
    "objects": objects,
    "marks": segment_range,
}
TYPES["HAND_OVER"] = {
    "message": one_of("0401 0503 0605"),
    "version": like(r"[3-9]\.\d\.\d"),
    "way": one_of("folder webdav sftp download"),
    "state": one_of("SENT RECEIVED CONFIRMED REJECTED WITHDRAWN"),
    "objects": objects,
    "marks": segment_range,
}
TYPES["RULES_SIGNED"] = {"rules": listed(signed_rule, 1, 20), "approvals": approvals}
VARIANTS = "FILE_PLAN_1Y FILE_PLAN_2Y FILE_PLAN_5Y FILE_PLAN_10Y FILE_PLAN_30Y RAW_EVENT DEAD_LETTER JOB_DONE JOB_FAILED DATA_BACKUP KEY_BACKUP"
ROOT = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="
ORIGIN = r"buergerdraht/ledger/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def broken(value, entry):
    members(value, "origin", "size", "root", "fault", optional=["proven"])
    matches(ORIGIN, value["origin"])
    matches(ROOT, value["root"])
    number(value["size"], 0, 9_999_999)
    need(value["fault"] in ("MISSING", "FOREIGN", "DAMAGED", "BEHIND", "INCONSISTENT"))
    if "proven" in value:
        members(value["proven"], "size", "at")
        number(value["proven"]["size"], 0, 9_999_999)
        moment(value["proven"]["at"], r"20\d\d-\d\d-\d\dT\d\d:\d\dZ")


OPTIONAL = {
    "BREAK_GLASS": {"minutes": count(60, 1), "broken": broken},
    "PROCESSOR_DONE": {"ledgersBack": count(100, 1)},
    "ARCHIVE_OFFER": {"firstNumber": count(999_999, 1), "proposal": one_of("A B V")},
    "REQUEST": {
        "identity": one_of("SAME_CHAT IN_PERSON"),
        "extended": one_of("COMPLEXITY NUMBER"),
        "outcome": one_of("GRANTED REFUSED NOT_MEANT"),
        "ground": one_of("ART17_1A ART17_1B ART17_1C ART17_1D ART17_1E ART17_1F"),
        "exception": one_of("ART17_3A ART17_3B ART17_3C ART17_3D ART17_3E ART12_2 ART12_5"),
        "copy": one_of("MADE"),
    },
    "RULE_CHANGE": {"variants": listed(one_of(VARIANTS), 1, 11)},
}


def check_entry(entry):
    """The entry; Wrong when it does not follow the schema."""
    try:
        fields = TYPES[entry["type"]]
        optional = OPTIONAL.get(entry["type"], {})
        members(entry, "v", "seq", "type", "at", *fields, optional=optional.keys())
        need(entry["v"] == 1)
        number(entry["seq"], 0, 9_999_999)
        moment(entry["at"], r"20\d\d-\d\d-\d\dT\d\d:\d\dZ")
        for name, check in fields.items():
            check(entry[name], entry)
        for name, check in optional.items():
            if name in entry:
                check(entry[name], entry)
        if "variants" in entry:
            need(len(set(entry["variants"])) == len(entry["variants"]) == len(entry["classes"]))
        if entry["type"] == "ARCHIVE_AGREEMENT":
            need((entry["decisions"] == []) == (entry["mode"] == "OFFER_EACH"))
        if entry["type"] == "BREAK_GLASS":
            need(("minutes" in entry) != ("broken" in entry))
            need("broken" not in entry or entry["seq"] == 0)
        if entry["type"] == "RULES_SIGNED":
            need(len(set(entry["rules"])) == len(entry["rules"]))
    except (KeyError, TypeError, AttributeError) as problem:
        raise Wrong() from problem
    return entry
