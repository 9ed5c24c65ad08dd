"""The weapon of an attack that another sentence names: "A strike hit the village. The enemy used a multiple rocket launcher."."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction import deeds
from mapper.extraction.vocabulary import Vocabulary

if TYPE_CHECKING:
    from mapper.extraction.drafts import Draft
    from mapper.taxonomy import Taxonomy

__all__ = ["armed"]


def armed(attack: Draft, text: str, taxonomy: Taxonomy, lang: str) -> Draft | None:
    """Give an attack of unknown kind the weapon that a sentence says was used; None where it says none.

    Examples
    --------
    >>> from mapper.taxonomy import Taxonomy
    >>> from mapper.extraction.drafts import Draft
    >>> unknown = {"actor": None, "target": None, "when": None, "places": (), "claims": (), "tags": (), "section": 0, "heading": False}
    >>> attack = Draft(type="strike", weapons=(), **unknown)
    >>> armed(attack, "The enemy used a Shahed drone, preliminary data show.", Taxonomy.load(), "en").type
    'drone_strike'
    """
    if attack.weapons or attack.tags or attack.type != taxonomy.type_of("strike", ""):
        return None
    if not Vocabulary.load(lang).holds("targets", "used_patterns", text) or deeds.is_hypothetical(text, lang):
        return None
    named = deeds.weapons(text, taxonomy, lang)
    kind = taxonomy.type_of("strike", named[0]) if len(named) == 1 else ""
    return replace(attack, type=kind, weapons=named) if kind else None
