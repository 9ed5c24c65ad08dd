"""Whether who tells the rest of an article can be presumed to tell an event of it that nobody is named for: where he speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.incidents import DRAWN_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.extraction.facts.drafts import DraftClaim

__all__ = ["strangers"]


def strangers(reports: Sequence[tuple[Sequence[DraftClaim], Mapping[str, Any]]]) -> Iterator[tuple[int, int]]:
    """Give the claims, by report and number, whose claimant is presumed and of whom the article says that he speaks of elsewhere.

    The governor of Belgorod tells of Belgorod; what is told of Nikopol after him, with nobody named, is not his word.

    Parameters
    ----------
    reports
        The claims of each report of an article, and its row of the incidents, with its places.
    """
    countries: dict[str, set[str]] = {}
    for claims, incident in reports:
        for claim in claims:
            if claim.by and not claim.presumed:
                countries.setdefault(claim.by, set()).update(_countries(incident))
    for at, (claims, incident) in enumerate(reports):
        there = _countries(incident)
        for number, claim in enumerate(claims):
            if claim.presumed and there and (told := countries.get(claim.by)) and not there & told:
                yield at, number


def _countries(incident: Mapping[str, Any]) -> set[str]:
    return {place["country"] for place in incident["places"] if place["role"] in DRAWN_ROLES and place.get("country")}
