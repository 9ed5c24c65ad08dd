"""What stands in the column `value` of an override, as new values of an incident's columns.

Each reader gives the columns that change, the old and the new fact in words, or says what was expected instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.query import geocode
from mapper.incidents import CHILDREN, DRAWN_ROLES, SINGLE_COUNTS, STATUSES, TAG_DATE_AS_REPORTED, TAG_TITLE_GENERATED
from mapper.merging.positions import RADIUS_KM, as_location, join_names, place_record, position
from mapper.sources.cells import Distinct
from mapper.sources.counts import EXPECTED as EXPECTED_COUNT
from mapper.sources.counts import UNKNOWN, Count, parse_count
from mapper.sources.dates import EXPECTED as EXPECTED_DATE
from mapper.sources.dates import Day, parse_day, parse_time
from mapper.sources.positions import faults
from mapper.sources.table import DEFAULT_PRECISION
from mapper.sources.vocabulary import reader

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.taxonomy import Taxonomy

__all__ = ["Change", "Knowledge", "UnreadableError", "change"]

_METHOD = "override"
_EXPECTED_PLACE = "expected the name or id of a place such as 'Sumy, Sumy Oblast' or gn:692194, or 'lon, lat' such as '34.80, 50.92, exact'"
_DEGREES = r"[+\-−]?\d{1,3}(?:[.,]\d+)?"
_POSITION = re.compile(
    rf"(?P<lon>{_DEGREES})\s*(?:;|,\s|\s)\s*(?P<lat>{_DEGREES})(?:\s*[;,\s]\s*(?P<precision>[a-z]+))?"
    r"(?:\s*[;,\s]\s*(?P<km>\d+(?:[.,]\d+)?)\s*(?:km)?)?",
    re.IGNORECASE,
)
_TIGHT = re.compile(r"(?<=\d\.\d),(?=[+\-−]?\d)|(?<=\d),(?=[+\-−]?\d+\.\d)")
_BETWEEN = re.compile(r"\s*(?:/|–|—|\bto\b|\bbis\b|\bдо\b|\bпо\b)\s*", re.IGNORECASE)
_NIGHT = re.compile(r"\s*,?\s*\(?\b(?:over)?night\b\)?\s*(?:of\b)?\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<day>.+?)(?:T|,?\s+)(?P<time>\d{1,2}:\d\d)")
_LEVELS = ("settlement", "admin1", "country")


class UnreadableError(ValueError):
    """A value that is not what its action expects; the message says what that is."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What values are read with."""

    gazetteer: Gazetteer
    boundaries: Boundaries
    taxonomy: Taxonomy


@dataclass(frozen=True, slots=True)
class Change:
    """New values of columns (`geometry` among them where it changes), and the fact before and after in words.

    `column` names the one that stands for the fact; `note` is what the editor should know.
    """

    column: str
    columns: Mapping[str, Any]
    old: str | None
    new: str | None
    note: str = ""


def change(action: str, value: str, row: Mapping[str, Any], known: Knowledge) -> Change:
    """Read the value of an action on an incident.

    Parameters
    ----------
    action
        One of `overrides.FACTS`, or retract.
    row
        The incident, a row of the table as a dict.

    Raises
    ------
    UnreadableError
        If it says nothing that the action can use.
    """
    read: Callable[[str, Mapping[str, Any], Knowledge], Change] = _READERS.get(action) or _counts(action)
    return read(value, row, known)


def _place(value: str, row: Mapping[str, Any], known: Knowledge) -> Change:
    at = _POSITION.fullmatch(_TIGHT.sub(", ", value.strip()))
    names = [] if at else [name for name in map(str.strip, value.split(";")) if name]
    own = [place for place in row["places"] or () if place["role"] in DRAWN_ROLES]
    role = "over" if own and all(place["role"] == "over" for place in own) else "at"
    records = [_given(at, row, known)] if at else [_named(name, row, known) for name in names]
    if not records:
        raise UnreadableError(_EXPECTED_PLACE)
    return _placed("place_text", [record | {"role": role} for record in records], row, known)


def _given(at: re.Match[str], row: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    lon, lat = (float(at[name].replace(",", ".").replace("−", "-")) for name in ("lon", "lat"))
    countries = Distinct([row["country"]], np.array([0])) if row["country"] else None
    for column, _, problem in faults(np.array([lon]), np.array([lat]), countries).values():
        raise UnreadableError(f"{column}: {problem}; {_EXPECTED_PLACE}")
    precision = reader("precision", known.taxonomy, None)(at["precision"]) if at["precision"] else DEFAULT_PRECISION
    if precision not in {"exact", "site", "settlement", "near"}:
        raise UnreadableError(f"{at['precision']!r} is no precision of a position; expected exact, site, settlement or near")
    km = float(at["km"].replace(",", ".")) if at["km"] else RADIUS_KM[precision]
    country, admin1 = (str(codes[0]) or None for codes in known.boundaries.containing(np.array([lon]), np.array([lat])))
    named = {"text": row["place_text"], "name": row["place_text"] or f"{lon:g}, {lat:g}", "lon": lon, "lat": lat}
    return named | {"precision": precision, "radius_km": km, "country": country, "admin1": admin1, "method": _METHOD}


def _named(name: str, row: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    found: Location | Unlocated
    # A choice of the list of `mapper review` begins with the id.
    if (place := known.gazetteer.place(name.partition(" ")[0])) is not None:
        found = replace(as_location(place, place.name, _METHOD), precision=place.precision or place.kind)
    else:
        found = geocode(name, gazetteer=known.gazetteer)
        if isinstance(found, Unlocated) and row["country"]:
            nearer = geocode(name, country=row["country"], gazetteer=known.gazetteer)
            found = nearer if isinstance(nearer, Location) else found
    if isinstance(found, Unlocated):
        listed = [", ".join(filter(None, (c.place_id, c.name, c.admin1_name, c.country))) for c in found.candidates[:5]]
        choice = f"; give one of the ids {' | '.join(listed)}" if listed else f"; {_EXPECTED_PLACE}"
        raise UnreadableError(f"{found.reason}{choice}")
    record = place_record(found.name, found, "at", known.gazetteer)
    return record | {"method": _METHOD, "candidates": None}


def _placed(column: str, records: Sequence[dict[str, Any]], row: Mapping[str, Any], known: Knowledge) -> Change:
    """Put an incident at other places; from where it came and who speaks stays."""
    others = [place for place in row["places"] or () if place["role"] not in DRAWN_ROLES]
    at = position(records, known.boundaries)
    text = join_names(dict.fromkeys(str(record["name"]) for record in records))
    columns = {
        "place_text": text,
        "places": [*records, *others],
        **{name: getattr(at, name) for name in ("country", "admin1", "precision", "radius_km", "unplaced", "geometry")},
    }
    columns |= _retitled(row, place=text)
    note = "" if at.geometry is not None else str(at.unplaced)
    return Change(column, columns, _place_words(row, row["places"] or ()), _place_words(columns, records), note)


def _place_words(row: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> str | None:
    """Say where something is so that another place of the same name says something else."""
    said = []
    for place in places:
        if place["role"] in DRAWN_ROLES and place.get("lon") is not None:
            area = place.get("admin1_name")
            within = f", {area}" if area and area != place["name"] else ""
            spot = "" if place.get("place_id") else f" ({place['lon']:g}, {place['lat']:g}, {place['precision'] or row['precision']})"
            said.append(f"{place['name']}{within}{spot}")
    return "; ".join(said) or row["place_text"] or None


def _coarsen(value: str, row: Mapping[str, Any], known: Knowledge) -> Change:
    level = reader("precision", known.taxonomy, None)(value)
    if level not in _LEVELS:
        raise UnreadableError(f"{value!r} is no level; expected {', '.join(_LEVELS)}")
    own = [place for place in row["places"] or () if place["role"] in DRAWN_ROLES] or [row]
    ids = list(dict.fromkeys(_area(place, row, level) for place in own))
    places = [known.gazetteer.place(place_id) if place_id else None for place_id in ids]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        what = {"settlement": "of its settlement is not known: put it there with place", "admin1": "of its region is not known"}
        raise UnreadableError(f"the name {what.get(level, 'of its country is not known')}; or coarsen it to {_LEVELS[-1]}")
    records = [
        place_record(
            place.name, replace(as_location(place, place.name, _METHOD), precision=place.precision or place.kind), "at", known.gazetteer
        )
        | {"candidates": None}
        for place in found
    ]
    made = _placed("precision", records, row, known)
    # The places themselves are what must not be said.
    shown = made.columns.get("title", row["title"])
    names = {str(name) for place in own for name in (place.get("name"), place.get("text")) if name} - {place.name for place in found}
    named = next((name for name in sorted(names) if name in shown), None)
    note = f"its title still names {named}: give it another with title" if named else made.note
    return Change(made.column, made.columns, row["precision"], level, note)


def _area(place: Mapping[str, Any], row: Mapping[str, Any], level: str) -> str | None:
    country, admin1 = (place.get(name) or row[name] for name in ("country", "admin1"))
    if level == "country":
        return f"country:{country}" if country else None
    if level == "admin1":
        return f"admin1:{admin1}" if admin1 else None
    return place.get("place_id")


def _retitled(row: Mapping[str, Any], *, place: str | None = None, label: tuple[str, str] | None = None) -> dict[str, str]:
    """Make a title that a program made of type and place again."""
    title = str(row["title"])
    old = row["place_text"] or "place not named"
    if TAG_TITLE_GENERATED not in (row["tags"] or ()) and not (title.endswith(f", {old}") and title.count(",") == 1):
        return {}
    if place is not None and title.endswith(f", {old}"):
        title = f"{title.removesuffix(old)}{place}"
    if label is not None and title.startswith(f"{label[0]}, "):
        title = f"{label[1]}{title.removeprefix(label[0])}"
    return {"title": title}


def _type(value: str, row: Mapping[str, Any], known: Knowledge) -> Change:
    kind = reader("type", known.taxonomy, None)(value)
    if kind is None:
        raise UnreadableError(f"{value!r} is no type; expected one of {', '.join(known.taxonomy.types)}")
    labels = {name: known.taxonomy.types[name].label["en"] if name in known.taxonomy.types else name for name in (row["type"], kind)}
    return Change("type", {"type": kind, **_retitled(row, label=(labels[row["type"]], labels[kind]))}, row["type"], kind)


def _date(value: str, row: Mapping[str, Any], _: Knowledge) -> Change:
    night = bool(_NIGHT.search(value))
    text = _NIGHT.sub(" ", value).strip()
    first = _moment(text)
    last = first
    if first is None:
        parts = _BETWEEN.split(text)
        moments = [_moment(part) for part in parts] if len(parts) == 2 else []
        first, last = (moments[0], moments[1]) if len(moments) == 2 else (None, None)
    if first is None or last is None:
        raise UnreadableError(
            f"{value!r} is not a date; expected {EXPECTED_DATE}, with a time as 2024-11-22 03:15, "
            "several days as 2024-11-20 to 2024-11-22, a night as night 2024-11-21 to 2024-11-22"
        )
    start, end = first[0], last[1]
    if end < start:
        raise UnreadableError(f"{value!r} ends before it begins")
    precision = "night" if night else first[2] if start.date() == end.date() or first is last else "range"
    columns = {"date_start": start, "date_end": end, "date_precision": precision, "tags": _without(row, TAG_DATE_AS_REPORTED)}
    return Change("date_start", columns, _date_words(row), _date_words(columns))


def _moment(text: str) -> tuple[dt.datetime, dt.datetime, str] | None:
    import datetime as dt

    clock = _CLOCK.fullmatch(text)
    day: Day | None = parse_day(clock["day"] if clock else text)
    time = parse_time(clock["time"]) if clock else None
    if day is None or (clock and (time is None or day.precision != "day")):
        return None
    start, end = (dt.datetime(d.year, d.month, d.day) for d in (day.start, day.end))
    if time is None:
        return start, end, day.precision
    moment = start + dt.timedelta(seconds=time.seconds)
    return moment, moment, "exact"


def _date_words(row: Mapping[str, Any]) -> str | None:
    start, end, precision = row["date_start"], row["date_end"], row["date_precision"]
    if start is None:
        return None
    timed = precision in {"exact", "hour"}
    first, last = (moment.isoformat(" ", "minutes") if timed else moment.date().isoformat() for moment in (start, end))
    days = first if first == last else f"{first} to {last}"
    return days if precision in {"day", "range", "exact"} else f"{days} ({precision})"


def _counts(action: str) -> Callable[[str, Mapping[str, Any], Knowledge], Change]:
    def read(value: str, row: Mapping[str, Any], _: Knowledge) -> Change:
        count = Count() if value.strip().lower() in UNKNOWN else parse_count(value)
        if count is None:
            raise UnreadableError(f"{value!r} is not a number; expected {EXPECTED_COUNT.replace('nothing', 'unknown')}")
        if action in SINGLE_COUNTS:
            if (count.low, count.high) != (None, None):
                raise UnreadableError(f"{value!r} is no one number: {action} takes one, such as 2, or unknown")
            if (most := _most_children(action, row)) is not None and (count.best or 0) > most:
                raise UnreadableError(f"{value!r} are more than all {action.partition('_')[2]}, {most}: the children are a part of these")
            return Change(action, {action: count.best}, _number(row[action]), _number(count.best))
        ends = ("low", "best", "high")
        columns = {f"{action}_{end}": getattr(count, end) for end in ends}
        old, new = (Count(*(values[f"{action}_{end}"] for end in ends)) for values in (row, columns))
        part = CHILDREN[action]
        most, note = _most_children(part, columns), ""
        if most is not None and (row[part] or 0) > most:
            columns[part], note = None, f"its {part} were {row[part]}, more than that, and are unknown now: say them with {part}"
        return Change(f"{action}_best", columns, _count_words(old), _count_words(new), note)

    return read


def _most_children(column: str, row: Mapping[str, Any]) -> int | None:
    """Give how many the killed or injured are at most, whom a column counts the children of; None if nobody says it."""
    kind = next((kind for kind, part in CHILDREN.items() if part == column), None)
    high, best = (row[f"{kind}_{end}"] if kind else None for end in ("high", "best"))
    return best if high is None else high


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _count_words(count: Count) -> str | None:
    low, best, high = count.low, count.best, count.high
    if low is not None and low == high:
        return str(low)
    span = f"{low}-{high}" if low is not None and high is not None else None
    span = span or (f"at least {low}" if low is not None else f"at most {high}" if high is not None else None)
    if best is None or best in {low, high}:
        return span if best is None or span is not None else str(best)
    return f"{best} ({span})" if span else str(best)


def _title(value: str, row: Mapping[str, Any], _: Knowledge) -> Change:
    title = " ".join(value.split())
    return Change("title", {"title": title, "tags": _without(row, TAG_TITLE_GENERATED)}, row["title"], title)


def _status(value: str, row: Mapping[str, Any], known: Knowledge) -> Change:
    status = reader("status", known.taxonomy, None)(value)
    if status is None:
        raise UnreadableError(f"{value!r} is no status; expected one of {', '.join(STATUSES)}")
    return Change("status", {"status": status}, row["status"], status)


def _retract(_: str, row: Mapping[str, Any], __: Knowledge) -> Change:
    return Change("status", {"status": "retracted"}, row["status"], "retracted")


def _note(value: str, row: Mapping[str, Any], _: Knowledge) -> Change:
    """Add to the notes, once: what the data say stays."""
    lines = (row["notes"] or "").splitlines()
    notes = "\n".join(lines if value in lines else [*lines, value])
    return Change("notes", {"notes": notes}, row["notes"], notes)


def _without(row: Mapping[str, Any], tag: str) -> list[str]:
    return [own for own in row["tags"] or () if own != tag]


_READERS: Mapping[str, Callable[[str, Mapping[str, Any], Knowledge], Change]] = {
    "place": _place,
    "coarsen": _coarsen,
    "type": _type,
    "date": _date,
    "title": _title,
    "status": _status,
    "retract": _retract,
    "note": _note,
}
