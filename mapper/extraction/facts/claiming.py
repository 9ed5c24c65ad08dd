"""A clause to the claim it makes: its numbers, who says them, and the quote that holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, counts
from mapper.extraction.facts.drafts import DraftClaim
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES, MAX_QUOTE

if TYPE_CHECKING:
    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.wording.sentences import Sentence
    from mapper.extraction.wording.unseen import Seen

__all__ = ["in_whole", "moved", "of_clause"]

_TOLL = frozenset(CASUALTIES)


def of_clause(text: str, sentence: Sentence, clause: str, said: Attribution | None, lang: str) -> tuple[DraftClaim, ...]:
    """Make the claim of a clause, with the one that it corrects before it."""
    end = min(sentence.end, sentence.start + MAX_QUOTE)
    if end < sentence.end:
        # A quote ends with a whole word.
        end = text.rfind(" ", sentence.start, end + 1)
        end = end if end > sentence.start else sentence.start + MAX_QUOTE
    toll = casualties.find(clause, lang)
    outdated = frozenset[str]()
    if toll.corrects is None and (old := Vocabulary.load(lang).pattern("casualties", "outdated_patterns").search(clause)):
        # "11 people were hurt; earlier it had been eight": the newer figure, where it stands before.
        since_then = Vocabulary.load(lang).pattern("casualties", "since_then_patterns")
        parts = [clause[: old.start()]]
        if then := since_then.search(clause[old.end() :]):
            parts.append(clause[old.end() + then.end() :])
        newer = next((one for part in parts if (one := casualties.find(part, lang)).known), None)
        toll, outdated = (newer, outdated) if newer else (toll, _TOLL)
    claim = DraftClaim(
        by=said.by if said else "",
        status=said.status if said else "claimed",
        casualties=toll,
        counts=counts.find(clause, lang),
        quote=text[sentence.start : end],
        start=sentence.start,
        end=end,
        superseded=outdated,
    )
    if toll.corrects is None:
        return (claim,)
    earlier = replace(claim, status="retracted", casualties=toll.corrects, counts=counts.Counts(), superseded=_TOLL)
    return (earlier, claim)


def in_whole(claim: DraftClaim, text: str, shown: Seen) -> DraftClaim:
    """Quote a claim as it stands in the whole text, with what no reader sees."""
    start, end = shown.whole(claim.start, claim.end)
    end = min(end, start + MAX_QUOTE)
    again = tuple(shown.whole(at, at)[0] for at in claim.again)
    return replace(claim, quote=text[start:end], start=start, end=end, again=again)


def moved(claim: DraftClaim, by: int) -> DraftClaim:
    """Give a claim of a part of a text as one of the whole, in which the part begins so many characters on."""
    return replace(claim, start=claim.start + by, end=claim.end + by, again=tuple(at + by for at in claim.again))
