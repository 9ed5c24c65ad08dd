"""One incident as its rules let it be seen: a new row, new claims, and a list of what is left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.editing.coarsening import is_where, record_of
from mapper.editing.naming import PlaceNames
from mapper.editing.secrets import Text, says, texts_of
from mapper.gazetteer.local_names import LocalNames
from mapper.gazetteer.names import fold
from mapper.incidents import (
    CLAIM_STATUSES,
    COUNTS,
    DATE_PRECISIONS,
    INCIDENTS,
    PRECISIONS,
    ROLES,
    STATUSES,
    TAG_BACKGROUND,
    TAG_DATE_AS_REPORTED,
    TAG_DENIAL,
    TAG_TITLE_GENERATED,
    UNDRAWN,
    stable_id,
)
from mapper.merging.positions import join_names, position

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import shapely

    from mapper.editing.coarsening import Coarsener
    from mapper.editing.sensitivity import Treatment
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.gazetteer.place import Place
    from mapper.taxonomy import Taxonomy

__all__ = ["MARK", "Rewriter", "Rewritten"]

#: Stands for a quote that is not shown.
MARK = "[…]"

#: Columns that are shown as they are: what, when, how many.
_OPEN = (
    *("type", "date_start", "date_end", "date_precision", "timezone", "reported_at", "status", "sensitivity"),
    *COUNTS,
)
_WHERE = ("place_text", "places", "country", "admin1", "precision", "radius_km", "unplaced")
_WORDS = ("actor", "target", "weapon", "notes")
_OWN_TAGS = (TAG_BACKGROUND, TAG_DATE_AS_REPORTED, TAG_DENIAL, TAG_TITLE_GENERATED)
_VOCABULARY = frozenset(fold(word) for word in (*PRECISIONS, *DATE_PRECISIONS, *STATUSES, *CLAIM_STATUSES, *ROLES, *_OWN_TAGS, "coarsened"))
#: Columns that call a place by a name.
_CALLED = frozenset({"place_text", "places.text", "places.name", "places.admin1_name", "candidates.name"})
#: Parts that say in a word what other texts say too: they go, but a text with that word in it need not go with them.
_LABELS = frozenset({"tags"})


@dataclass(slots=True)
class Rewritten:
    """An incident as it may be seen, and what is hidden of it (see `secrets.Secret`)."""

    old: str
    incident: dict[str, Any]
    claims: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    geometry: shapely.Geometry | None
    shown: tuple[Place, ...]
    hidden: Mapping[str, Text]
    numbers: Mapping[str, frozenset[int]]
    names: tuple[str, ...]
    values: frozenset[str]

    def looks(self) -> str:
        """Write all that is seen of it, to put those that look alike into an order."""
        return json.dumps([self.incident | {"id": ""}, sorted(str(claim | {"incident_id": ""}) for claim in self.claims)], default=str)

    def name(self, new: str) -> None:
        """Give it its id."""
        self.incident["id"] = new
        for claim in self.claims:
            claim["incident_id"] = new


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Makes rows anew."""

    taxonomy: Taxonomy
    gazetteer: Gazetteer
    boundaries: Boundaries
    coarsener: Coarsener

    def rewrite(
        self,
        row: Mapping[str, Any],
        claims: Sequence[Mapping[str, Any]],
        sources: Mapping[str, Mapping[str, Any]],
        geometry: shapely.Geometry | None,
        treatment: Treatment,
    ) -> Rewritten:
        """Make the row, claims and sources that may be shown of an incident; it has no id yet."""
        shown = self.coarsener.shown(row, geometry, treatment.level) if treatment.level else ()
        texts = texts_of(row, claims, sources)
        names = self._names(row, texts, treatment, shown)
        gone = self._gone(texts, treatment, names, shown)
        incident, geometry = self._where(row, geometry, treatment, shown)
        incident |= {column: row[column] for column in _OPEN}
        incident |= {column: None if row[column] is None or fold(row[column]) in gone else row[column] for column in _WORDS}
        incident["notes"] = "\n".join(filter(None, (treatment.reason, incident["notes"])))
        told = () if "corrections" in treatment.hides else row["corrections"] or ()
        incident["corrections"] = [c for c in told if not any(words and fold(words) in gone for words in c.values())] or None
        tags = [tag for tag in row["tags"] or () if _is_kept(tag, treatment, gone)]
        incident["title"] = row["title"]
        if "title" in treatment.hides or fold(row["title"]) in gone:
            incident["title"] = self._title(row, incident)
            tags = [*(tag for tag in tags if tag != TAG_TITLE_GENERATED), TAG_TITLE_GENERATED]
        incident["tags"] = tags
        said = [self._claim(claim, sources, gone, treatment) for claim in claims]
        open_words = [row[column] for column in ("type", "timezone", "country", "sensitivity") if row[column]]
        open_words += [word for place in shown for word in (place.id, place.admin1, place.country) if word]
        for place in incident["places"] or ():
            open_words += LocalNames.load().around(*(place[name] for name in ("place_id", "name", "country", "admin1")))
        open_words += [text.words for text in texts if fold(text.words) not in gone]
        values = _VOCABULARY | {fold(words) for words in (*open_words, *treatment.tags)}
        return Rewritten(
            old=row["id"],
            incident={column: incident.get(column) for column in INCIDENTS},
            claims=[claim for claim, _ in said],
            sources=[source for _, source in said],
            geometry=geometry,
            shown=shown,
            hidden={key: text for key, text in gone.items() if key not in values},
            numbers=_numbers(row, claims, treatment, shown),
            names=names,
            values=values,
        )

    def _gone(self, texts: Iterable[Text], treatment: Treatment, names: Sequence[str], shown: Sequence[Place]) -> dict[str, Text]:
        """List what is not shown: what the rules drop, and whatever else has a word of that in it or names a hidden place."""
        hides = treatment.hides | ({"id", "place"} if treatment.level else {"id"})
        gone = {fold(text.words): text for text in texts if text.part in hides and fold(text.words) not in names}
        telling = {key: text for key, text in gone.items() if text.part not in _LABELS}
        place_names = PlaceNames(self.gazetteer, treatment.level, [t.words for t in telling.values() if t.column in _CALLED], shown)
        waiting = [text for text in texts if text.part not in hides and text.part != "place"]
        found = True
        while found:
            found = False
            for text in list(waiting):
                key = fold(text.words)
                if key in telling or any(says(key, told) for told in telling) or (treatment.level and place_names.named_in(text.words)):
                    waiting.remove(text)
                    gone[key] = telling[key] = text
                    found = True
            # The address of an article leads to its title, and its hash to both.
            if any(text.part == "links" for text in gone.values()):
                gone |= {fold(text.words): text for text in waiting if text.part == "links"}
                waiting = [text for text in waiting if text.part != "links"]
        return gone

    def _where(
        self, row: Mapping[str, Any], geometry: shapely.Geometry | None, treatment: Treatment, shown: Sequence[Place]
    ) -> tuple[dict[str, Any], shapely.Geometry | None]:
        if not treatment.level:
            return {column: row[column] for column in _WHERE}, geometry
        roles = {place["role"] for place in row["places"] or () if is_where(place)}
        role = roles.pop() if len(roles) == 1 else "at"
        records = [record_of(place, self.gazetteer) | {"role": role} for place in shown]
        at = position(records, self.boundaries)
        reason = None
        if row["unplaced"] or at.geometry is None:
            told = any(tag in UNDRAWN for tag in row["tags"] or ())
            reason = row["unplaced"] if told and row["unplaced"] else treatment.reason
        where = {
            "place_text": join_names(dict.fromkeys(place.name for place in shown)) if shown else None,
            "places": records,
            "country": at.country if shown else row["country"],
            "admin1": at.admin1,
            "precision": at.precision,
            "radius_km": at.radius_km,
            "unplaced": reason,
        }
        return where, None if reason else at.geometry

    def _title(self, row: Mapping[str, Any], incident: Mapping[str, Any]) -> str:
        kind = self.taxonomy.types.get(row["type"])
        return f"{kind.label['en'] if kind else row['type']}, {incident['place_text'] or 'place not named'}"

    def _claim(
        self, claim: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]], gone: Mapping[str, Text], treatment: Treatment
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        quote, by = claim["quote"], claim["by"]
        dropped = "quotes" in treatment.hides or (quote is not None and fold(quote) in gone)
        new = dict(claim) | {"by": None if by is None or "claimants" in treatment.hides or fold(by) in gone else by}
        if dropped:
            new |= {"quote": MARK if quote else None, "start": None, "end": None}
        source = dict(sources[claim["source_id"]])
        linked = [source[name] for name in ("id", "url", "title", "sha256") if source[name]]
        if "links" in treatment.hides or any(fold(words) in gone for words in linked):
            source |= dict.fromkeys(("id", "url", "title", "published", "retrieved_at", "sha256"))
        if source["publisher"] and ("publishers" in treatment.hides or fold(source["publisher"]) in gone):
            source |= {"id": None, "publisher": None}
        if source != sources[claim["source_id"]]:
            source["id"] = stable_id("s", "guarded", *(source[name] for name in ("url", "title", "publisher", "lang")))
        return new | {"source_id": source["id"]}, source

    def _names(self, row: Mapping[str, Any], texts: Iterable[Text], treatment: Treatment, shown: Sequence[Place]) -> tuple[str, ...]:
        """List the folded phrases that may stand within texts of the row, the longest first: places, the type, the reason."""
        kind = self.taxonomy.types.get(row["type"])
        phrases = [treatment.reason, *(kind.label.values() if kind else ())]
        if treatment.level:
            phrases += [name for place in shown for name in (place.name, place.admin1_name)]
            phrases += [name for place in shown for name in LocalNames.load().around(place.id, place.name, place.country, place.admin1)]
            phrases += [join_names(dict.fromkeys(place.name for place in shown))] if shown else []
        else:
            phrases += [text.words for text in texts if text.part == "place"]
        return tuple(sorted({fold(phrase) for phrase in phrases} - {""}, key=lambda name: (-len(name), name)))


def _is_kept(tag: str, treatment: Treatment, gone: Mapping[str, Text]) -> bool:
    named = {word.casefold() for word in treatment.tags}
    return tag in _OWN_TAGS or tag.strip().casefold() in named or ("tags" not in treatment.hides and fold(tag) not in gone)


def _numbers(
    row: Mapping[str, Any], claims: Iterable[Mapping[str, Any]], treatment: Treatment, shown: Iterable[Place]
) -> dict[str, frozenset[int]]:
    """List the numbers that would tell which place or passage it is."""
    spans: list[Mapping[str, Any]] = []
    radii: set[int] = set()
    if treatment.level:
        spans += row["places"] or ()
        known = [row["radius_km"], *(place["radius_km"] for place in row["places"] or ())]
        radii = {round(km * 1000) for km in known if km} - {round(place.radius_km * 1000) for place in shown}
    if "quotes" in treatment.hides:
        spans += claims
    found = {"radius": radii, **{end: {int(span[end]) for span in spans if span[end] is not None} for end in ("start", "end")}}
    return {name: frozenset(values) for name, values in found.items() if values}
