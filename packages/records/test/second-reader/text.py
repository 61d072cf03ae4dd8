"""Canonical JSON, base64, days and moments, as the page defines them."""

import base64
import json
import re
from datetime import date, datetime, timezone


class Wrong(Exception):
    """Something is not as the page says."""


def canonical(data):
    """The value of JCS (RFC 8785); Wrong when the bytes are not exactly its canonical form."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_members, parse_float=_refuse, parse_constant=_refuse)
        again = encoded(value)
    except (ValueError, RecursionError) as problem:
        raise Wrong("not JSON") from problem
    if again != data:
        raise Wrong("not canonical")
    return value


def encoded(value):
    """JCS of a value whose numbers are integers."""
    return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _sorted(value):
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda each: each.encode("utf-16-be"))}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def _members(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member twice")
    return members


def _refuse(text):
    raise ValueError(text)


def members(value, *names, optional=()):
    """The members of an object that has exactly these."""
    if not isinstance(value, dict) or not set(names) <= set(value) <= set(names) | set(optional):
        raise Wrong("other members")
    return value


def need(condition):
    if not condition:
        raise Wrong()


def bytes_of(text, length=None):
    """The bytes of base64 in its one spelling."""
    try:
        need(isinstance(text, str))
        data = base64.b64decode(text, validate=True)
    except ValueError as problem:
        raise Wrong() from problem
    need(base64.b64encode(data).decode() == text and length in (None, len(data)))
    return data


def number(value, least, most):
    need(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most)
    return value


def matches(pattern, value):
    need(isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII))
    return value


UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def day(value):
    """A day that exists, 2000 to 2099."""
    matches(r"20\d\d-\d\d-\d\d", value)
    try:
        return date.fromisoformat(value)
    except ValueError as problem:
        raise Wrong() from problem


def moment(value, shape=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"):
    matches(shape, value)
    try:
        return datetime.fromisoformat(value[:-1]).replace(tzinfo=timezone.utc)
    except ValueError as problem:
        raise Wrong() from problem
