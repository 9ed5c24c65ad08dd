"""What drafts say of the killed and injured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.extraction.facts.drafts import Draft


def toll(draft: Draft, kind: str) -> list[int | None]:
    """Give the numbers that count, of every claim; `kind` is ``killed`` or ``injured``."""
    return [a.low for c in draft.claims if kind not in c.superseded and (a := getattr(c.casualties, kind)).known]
