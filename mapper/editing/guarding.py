"""Sensitivity rules applied: incidents withheld, places made coarser, words taken out, before anything is drawn or stored.

A row that a rule changes is made anew from the little that may be shown, so that a column nobody thought of is empty
rather than open. Its id was a hash of the exact place and words, which anyone could find by trying places; the new one
is made of what is shown, and of a number among those that look alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.crs import great_circle_km
from mapper.editing.coarsening import Coarsener
from mapper.editing.idling import idle
from mapper.editing.rewriting import Rewriter
from mapper.editing.secrets import Secret, Secrets, positions_of, texts_of
from mapper.editing.sensitivity import combined, matching
from mapper.editing.withholding import due
from mapper.gazetteer.names import fold
from mapper.incidents import stable_id
from mapper.tables import Tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.editing.rewriting import Rewritten
    from mapper.editing.sensitivity import Rule, Treatment
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.taxonomy import Taxonomy

__all__ = ["Guarded", "apply"]


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may be published, and what may not.

    Attributes
    ----------
    tables
        What may be drawn and stored.
    hidden
        Id and reason of each incident that is withheld; the ids are hashes of exact places, and for this process only.
    renamed
        The new id of each incident that was changed, by its old one; as `hidden`, for this process only.
    secrets
        What may stand nowhere in what is published.
    next_release
        The moment in UTC when the first of the withheld incidents may be shown; None if there is none.
    remarks
        One line for each thing that could not be done as it was asked for.
    """

    tables: Tables
    hidden: tuple[tuple[str, str], ...] = ()
    renamed: Mapping[str, str] | None = None
    secrets: Secrets = Secrets()  # noqa: RUF009 - it is frozen
    next_release: dt.datetime | None = None
    remarks: tuple[str, ...] = ()


def apply(
    tables: Tables, rules: Sequence[Rule], now: dt.datetime, *, boundaries: Boundaries, gazetteer: Gazetteer, taxonomy: Taxonomy
) -> Guarded:
    """Withhold, coarsen and drop what the rules say.

    Parameters
    ----------
    now
        The moment of the build (`withholding.build_time`), with its time zone.

    Returns
    -------
    The same tables if no rule applies to any incident; else the changed incidents stand behind the others.
    """
    masks = matching(tables, rules)
    rows = np.flatnonzero(np.logical_or.reduce(masks)) if masks else np.zeros(0, dtype=np.int64)
    said = tuple(idle(tables, rules, masks))
    if not len(rows):
        return Guarded(tables, remarks=said)
    guard = _Guard(tables, boundaries, gazetteer, taxonomy, now)
    treatments: dict[tuple[bool, ...], Treatment] = {}
    for row, incident in zip(rows.tolist(), tables.arrow("incidents").take(rows).to_pylist(), strict=True):
        applies = tuple(bool(mask[row]) for mask in masks)
        if applies not in treatments:
            treatments[applies] = combined([rule for rule, holds in zip(rules, applies, strict=True) if holds])
        guard.take(row, incident, treatments[applies])
    return guard.result(said)


class _Guard:
    def __init__(self, tables: Tables, boundaries: Boundaries, gazetteer: Gazetteer, taxonomy: Taxonomy, now: dt.datetime) -> None:
        self._tables, self._now, self._boundaries = tables, now, boundaries
        self._geometry = tables.incidents.geometry.to_numpy()
        self._coarsener = Coarsener(boundaries, gazetteer)
        self._rewriter = Rewriter(taxonomy, gazetteer, boundaries, self._coarsener)
        self._claims: dict[str, list[dict[str, Any]]] | None = None
        self._sources: dict[str, dict[str, Any]] = {}
        self._gone: list[int] = []
        self._hidden: list[tuple[str, str]] = []
        self._dues: list[dt.datetime] = []
        self._withheld: list[Secret] = []
        self._rewritten: list[tuple[Rewritten, NDArray[np.float64], Treatment]] = []

    def take(self, row: int, incident: Mapping[str, Any], treatment: Treatment) -> None:
        """Withhold, rewrite or leave one incident."""
        moment = due(incident, treatment.delay) if treatment.delay else self._now
        if moment is not None and moment <= self._now and not treatment.changes:
            return
        self._gone.append(row)
        claims = self._claims_of(incident["id"])
        positions = positions_of(incident, self._geometry[row], self._boundaries)
        if moment is None or moment > self._now:
            self._withhold(incident, claims, positions, treatment, moment)
        else:
            rewritten = self._rewriter.rewrite(incident, claims, self._sources, self._geometry[row], treatment)
            self._rewritten.append((rewritten, positions, treatment))

    def _withhold(
        self,
        incident: Mapping[str, Any],
        claims: Sequence[Mapping[str, Any]],
        positions: NDArray[np.float64],
        treatment: Treatment,
        moment: dt.datetime | None,
    ) -> None:
        when = f"withheld until {moment:%Y-%m-%d %H:%M} UTC" if moment else "withheld, since neither it nor its report has a date"
        self._hidden.append((incident["id"], f"{when}: {treatment.reason}"))
        self._dues += [moment] if moment else []
        texts = {fold(text.words): text for text in reversed(texts_of(incident, claims, self._sources))}
        self._withheld.append(Secret("", treatment.rules, positions, texts, {}))

    def result(self, said: tuple[str, ...]) -> Guarded:
        """Put the tables together; `said` are the remarks that there are on the rules."""
        renamed = self._name()
        secrets = [self._secret(*entry) for entry in self._rewritten]
        outlines = sorted({place.id for rewritten, _, _ in self._rewritten for place in rewritten.shown if place.id in self._boundaries})
        return Guarded(
            tables=self._joined(),
            hidden=tuple(self._hidden),
            renamed=renamed,
            secrets=Secrets((*self._withheld, *secrets), tuple(outlines)),
            next_release=min(self._dues, default=None),
            remarks=(*said, *self._remarks()),
        )

    def _name(self) -> dict[str, str]:
        """Give each rewritten incident an id of what is shown of it.

        Those that look alike are numbered by the rest of what is shown, so that the numbers tell nothing either.
        """
        twins: dict[str, list[Rewritten]] = defaultdict(list)
        for rewritten, _, _ in self._rewritten:
            row = rewritten.incident
            where = [str(p["place_id"] or (p["name"], p["lon"], p["lat"])) for p in row["places"] or ()]
            twins[stable_id("i", "guarded", row["type"], row["date_start"], row["date_end"], *where)].append(rewritten)
        renamed = {}
        for key, listed in twins.items():
            for number, rewritten in enumerate(sorted(listed, key=lambda entry: (entry.looks(), entry.old))):
                new = stable_id("i", key, number)
                renamed[rewritten.old] = new
                rewritten.name(new)
        return renamed

    def _secret(self, rewritten: Rewritten, positions: NDArray[np.float64], treatment: Treatment) -> Secret:
        anchors = np.array([(place.lon, place.lat) for place in rewritten.shown], dtype=float).reshape(-1, 2)
        anchors, hidden = (anchors, positions) if treatment.level else (positions, positions[:0])
        known = [any(great_circle_km(*at, *anchor) <= 1e-3 for anchor in anchors.tolist()) for at in hidden.tolist()]
        return Secret(
            id=rewritten.incident["id"],
            rules=treatment.rules,
            positions=hidden[~np.array(known, dtype=bool)],
            texts=rewritten.hidden,
            numbers=rewritten.numbers,
            names=rewritten.names,
            values=rewritten.values | {fold(rewritten.incident["id"])},
            anchors=anchors,
        )

    def _joined(self) -> Tables:
        tables = self._tables
        stays = np.ones(len(tables.incidents), dtype=bool)
        stays[self._gone] = False
        gone = set(tables.incidents["id"][~stays])
        claims = tables.claims[~tables.claims["incident_id"].isin(gone).to_numpy(dtype=bool)]
        new_claims = [claim for rewritten, _, _ in self._rewritten for claim in rewritten.claims]
        new_sources = {source["id"]: source for rewritten, _, _ in self._rewritten for source in rewritten.sources}
        # A source of which nobody says anything any more goes with the last who did.
        told = {*claims["source_id"], *(claim["source_id"] for claim in new_claims)}
        lost = set(tables.claims["source_id"]) - told
        rest = replace(
            tables,
            incidents=tables.incidents[stays].reset_index(drop=True),
            claims=claims.reset_index(drop=True),
            sources=tables.sources[~tables.sources["id"].isin(lost).to_numpy(dtype=bool)].reset_index(drop=True),
        )
        known = set(rest.sources["id"])
        shown = Tables.from_records(
            [rewritten.incident for rewritten, _, _ in self._rewritten],
            new_claims,
            [source for key, source in new_sources.items() if key not in known]
            + [self._source(key) for key in sorted({c["source_id"] for c in new_claims} & known)],
            [rewritten.geometry for rewritten, _, _ in self._rewritten],
        )
        return Tables.concat([rest, shown])

    def _claims_of(self, incident: str) -> list[dict[str, Any]]:
        if self._claims is None:
            self._claims = defaultdict(list)
            for claim in self._tables.arrow("claims").to_pylist():
                self._claims[claim["incident_id"]].append(claim)
            self._sources = {source["id"]: source for source in self._tables.arrow("sources").to_pylist()}
        return self._claims.get(incident, [])

    def _source(self, key: str) -> dict[str, Any]:
        return self._sources[key]

    def _remarks(self) -> tuple[str, ...]:
        words = {"settlement": "settlement", "admin2": "raion or district"}
        lines = [
            f"sensitivity: {count} places are shown as their oblast or country: their {words[level]} is not known"
            for level, count in sorted(self._coarsener.fallen_back.items())
        ]
        if any(place.kind == "admin2" for rewritten, _, _ in self._rewritten for place in rewritten.shown):
            lines.append("sensitivity: raions and districts are shown as rings: their outlines are not known")
        return tuple(lines)
