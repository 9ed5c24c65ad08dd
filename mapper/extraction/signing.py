"""Who stands by what an article tells where nobody is named for it: who has told the rest, or who signs the whole.

A post is one person's account: "the governor said" stands in its first sentence or in its last, and holds for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.extraction.drafts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.drafts import Draft

__all__ = ["Voice", "signed"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claimant heard in the sentence that begins at `start`.

    `signs` tells that the sentence says no more than who told the rest ("This is what the governor wrote"), `placeless`
    that it names no place, and `reports` that telling of attacks is the claimant's office: a governor, the air force.
    """

    by: str
    start: int
    signs: bool
    placeless: bool
    reports: bool


def signed(drafts: Sequence[Draft], heard: Sequence[Voice]) -> list[Draft]:
    """Give each draft that nobody is named for the claimant that it must have, if there is one.

    Parameters
    ----------
    drafts
        In the order of the text.
    heard
        All claimants of the article in its order, those too who told of no incident.
    """
    signature = _signature(drafts, heard)
    result: list[Draft] = []
    voices: dict[str, None] = {}
    teller = ""
    for draft in drafts:
        start = draft.claims[0].start
        voices |= dict.fromkeys(c.by for c in draft.claims if c.by)
        if any(c.by for c in draft.claims):
            # Who counts what was shot down does not tell the rest.
            if all(c.counts.intercepted is None for c in draft.claims):
                teller = next(c.by for c in draft.claims if c.by)
            result.append(draft)
            continue
        before = {v.by for v in heard if v.start < start}
        by = ""
        if draft.tags:
            pass
        elif teller in voices and len(voices) == 1:
            by = teller
        elif not voices and len(before) == 1 and any(v.reports for v in heard if v.by in before):
            by = next(iter(before))
        elif signature and (signature.signs or not before):
            by = signature.by
        result.append(replace(draft, claims=joined((), tuple(replace(c, by=by) for c in draft.claims))) if by else draft)
    return result


def _signature(drafts: Sequence[Draft], heard: Sequence[Voice]) -> Voice | None:
    """Give the voice that ends an article, with a sentence about no place or no more than that it told the rest."""
    last = heard[-1] if heard else None
    if last is None or not last.reports or not (last.signs or last.placeless):
        return None
    return last if all(d.claims[0].start < last.start for d in drafts) else None
