"""What a place is to an event: where it happened, over where, where it came from, or who speaks.

"Kyiv said", "claims from Kyiv" and "Moscow's forces" name voices and doers; "launched from Kursk"
an origin. Only `at` and `over` are places of the incident (`incidents.ROLES`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words
from mapper.gazetteer.morphology import is_adjective
from mapper.incidents import DRAWN_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.naming.toponyms import Mention

__all__ = ["assign", "comes_from"]

_NEAR = 60
#: What stands between a name and its verb: "Moscow, which did not comment, maintains".
_ASIDE = re.compile(r"^,\s[^,.;:]{3,60},(?=\s)")
#: How adjectives end that streets are called by.
_STREET = ("ій", "ої", "ою", "ой")
#: What is too large to be told of as where someone was, rather than at home.
_WIDE = frozenset({"country", "region", "admin1"})


def assign(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    speaker: tuple[int, int],
    lang: str = "en",
    *,
    tells: bool = True,
    told: bool = False,
) -> list[str]:
    """Give each mention of a clause its role; `""` for a doer, which is no place of the event.

    Parameters
    ----------
    text
        The article; `start` and `end` cut the clause out of it.
    mentions
        The places in the clause, in order.
    speaker
        The characters of the article that name the claimant; empty if they begin where they end.
    tells
        Whether the clause tells an event: "Two were taken to a hospital in X after a drone attack".
    told
        Whether its paragraph has told one at a town: "Debris fell on a camp in X. A tourist from Y was hurt."
    """
    roles: list[str] = []
    for index, mention in enumerate(mentions):
        role = _own_role(text, start, end, mention, speaker, lang)
        goes_on = role in {"at", "unsaid"} or (not role and mention.kind != "country" and roles[-1:] in (["at"], ["over"]))
        # No list goes on behind who tells: "according to the rescuers of Sumy Oblast, in Sumy a drone ..."
        last = mentions[index - 1] if index and not mentions[index - 1].start < speaker[1] <= mention.start else None
        if mention.role != "institution" and "origin" in roles and _is_origin_too(text, roles, mentions, index, lang):
            role = "origin"
        elif last and (
            (roles[-1] and _together(lang).fullmatch(text, last.end, mention.end))
            or (goes_on and _listed(gap := text[last.end : mention.start], lang) and (roles[-1] or gap.strip()))
        ):
            role = roles[-1]
        roles.append(role)
    # "A resident of Belgorod was killed in Golovchino": his home is where it happened only if no other town is told.
    towns = (role for role, mention in zip(roles, mentions, strict=True) if mention.kind not in _WIDE)
    home = "speaker" if any(role in DRAWN_ROLES for role in towns) or (told and not tells) else "at"
    # "A drone flying to Chonhar was shot down over Henichesk": it never came where it was bound for.
    bound = "origin" if any(role in DRAWN_ROLES or role == "unsaid" for role in roles) else "at"
    care = home if tells else "speaker"
    return ["at" if r == "unsaid" else bound if r == "bound" else home if r == "home" else care if r == "care" else r for r in roles]


def comes_from(text: str, start: int, mention: Mention, lang: str) -> bool:
    """Tell whether help is said to come from a place, in a sentence from `start` on: "rescuers from Poltava"."""
    return _pattern(lang, "comes_from_patterns").search(text[max(start, mention.start - _NEAR) : mention.start]) is not None


def _own_role(text: str, start: int, end: int, mention: Mention, speaker: tuple[int, int], lang: str) -> str:
    before, after = text[max(start, mention.start - _NEAR) : mention.start], text[mention.end : min(end, mention.end + _NEAR)]
    at_home = mention.role != "institution" and _pattern(lang, "home_patterns").search(before)
    where = mention.role != "institution" and _after(lang, "where_after_patterns").match(after)
    bound = _pattern(lang, "bound_patterns").search(before)
    if where and (bound or (_pattern(lang, "origin_patterns").search(before) and not _pattern(lang, "at_patterns").search(before))):
        where = None  # "a drone from the direction of Kursk hit a depot", "a bus on its way to Sumy was hit"
    says = speaker[0] <= mention.start < speaker[1]
    at_place = says and speaker == (mention.start, mention.end) and _pattern(lang, "at_patterns").search(before)
    if at_place and not _said_at(lang).search(before):
        says = False  # "In Myrhorod, he said, debris hit a house"
    if not where and not at_home and (mention.role == "institution" or says):
        return "speaker"
    if where or _pattern(lang, "struck_patterns").search(before):
        return "at"
    if at_home or _pattern(lang, "news_from_patterns").search(before) or _after(lang, "news_after_patterns").match(after):
        return "home"
    if bound:
        return "bound"
    # "From Kyiv it is reported", "the mayor told of the strike on Kyiv"
    reported = _pattern(lang, "reported_from_patterns").search(before) or _pattern(lang, "told_of_patterns").search(before)
    if _pattern(lang, "speaker_patterns").search(before) or (not reported and _after(lang, "voice_after_patterns").match(after)):
        return "speaker"
    if _pattern(lang, "care_patterns").search(before) or _is_of_care(text[start : mention.start], after, lang):
        return "care"
    if _pattern(lang, "not_there_patterns").search(before):
        return ""  # "It hit X, and not Y, as was reported."
    done_by = _pattern(lang, "doer_before_patterns").search(before) and not _has_street(mention, before, lang)
    if _forces(lang).match(after) or done_by or _attacks(mention, before, after, lang):
        return ""
    over, at = _pattern(lang, "over_patterns").search(before), _pattern(lang, "at_patterns").search(before)
    # A doer has no word of place before it: "Kyiv launched" is one, "in Kyiv" none.
    if _after(lang, "doer_after_patterns").match(after) and not at:
        return ""
    origin = _pattern(lang, "origin_patterns").search(before)
    if over and not (origin and origin.start() < over.start()):  # "launched from the airspace over X"
        return "over"
    # "from the areas of X" is an origin, though "of X" alone says where.
    if origin and (not at or (origin.start() < at.start() and mention.km is None)):
        return "origin"
    if at:
        return "at"
    # A country without a word of place before it is a party, not a place; so is a capital that wants or refuses.
    return "" if mention.kind == "country" or _is_government(mention.text, after, lang) else "unsaid"


def _has_street(mention: Mention, before: str, lang: str) -> bool:
    """Tell whether a street is told to be one of a town, whose name no street bears: "вулицею Дружківки", not "Садовой"."""
    streets = Vocabulary.load(lang).table("places")["street_patterns"]
    own = is_adjective(mention.text) or mention.text.endswith(_STREET)
    return bool(streets) and not own and _pattern(lang, "street_patterns").search(before) is not None


def _is_of_care(before: str, after: str, lang: str) -> bool:
    """Tell whether those hurt are treated at a place: "two of the wounded are at Dnipro's Mechnikov hospital"."""
    treated = _hospital(lang).match(after) or _after(lang, "care_after_patterns").match(after)
    return treated is not None and Vocabulary.load(lang).holds("places", "cared_patterns", before)


def _attacks(mention: Mention, before: str, after: str, lang: str) -> bool:
    """Tell whether a country is the subject behind a verb whose object comes next: "Am Abend griff Russland die Ukraine an"."""
    vocabulary = Vocabulary.load(lang)
    if not vocabulary.table("places")["attacking_before_patterns"]:
        return False
    party = mention.kind == "country" or vocabulary.pattern("claims", "governments").fullmatch(mention.text)
    attacking = party and _pattern(lang, "attacking_before_patterns").search(before)
    return bool(attacking) and _after(lang, "attacked_after_patterns").match(after) is not None


def _is_government(name: str, after: str, lang: str) -> bool:
    """Tell whether a capital stands for its government: "the strikes showed that Moscow did not want peace"."""
    vocabulary = Vocabulary.load(lang)
    speaks = vocabulary.pattern("claims", "governments").fullmatch(name)
    return bool(speaks) and vocabulary.pattern("places", "government_after_patterns").match(_ASIDE.sub(" ", after).lstrip()) is not None


def _is_origin_too(text: str, roles: Sequence[str], mentions: Sequence[Mention], index: int, lang: str) -> bool:
    """Tell whether nothing but names stands between a place and the last origin: "from Kursk and Cape Chauda (Crimea)"."""
    last = len(roles) - 1 - roles[::-1].index("origin")
    return _names_only(lang).fullmatch(text, mentions[last].end, mentions[index].start) is not None


@cache
def _names_only(lang: str) -> re.Pattern[str]:
    places = Vocabulary.load(lang).table("places")
    small = alternatives([*places["between"], *places["separators"], *places["list_filler_patterns"]])
    return re.compile(rf"(?:[\s,()/–—-]+|(?<!\w)(?i:{small})(?!\w)|(?<!\w)[A-ZА-ЯЁІЇЄҐ][\w'’.-]*)*")


def _listed(gap: str, lang: str) -> bool:
    return bool(_gap(lang).fullmatch(gap))


@cache
def _gap(lang: str) -> re.Pattern[str]:
    places = Vocabulary.load(lang).table("places")
    filler = alternatives(places["list_filler_patterns"])
    again = rf"(?:{alternatives(places['list_prepositions'])}\s+)?"
    return re.compile(
        rf"(?:\s*\(\d[^()]{{0,20}}\))?(?:(?:\s*,\s*|\s+{alternatives(places['separators'])}\s+){again}|\s|{filler})*", re.IGNORECASE
    )


@cache
def _together(lang: str) -> re.Pattern[str]:
    """Match from the end of a place to that of another beside it: "Досталось Никополю с Марганцем"."""
    return re.compile(rf"\s+{alternatives(Vocabulary.load(lang).table('places')['together_patterns'])}", re.IGNORECASE)


@cache
def _pattern(lang: str, key: str) -> WordList:
    places = Vocabulary.load(lang).table("places")
    between = alternatives(places["between"])
    return words(rf"{pattern}\s+(?:{between}\s+){{0,5}}[«\"“„*]*$" for pattern in places[key])


@cache
def _after(lang: str, key: str) -> re.Pattern[str]:
    comma = ",?" if key == "where_after_patterns" else ""
    return re.compile(rf"{comma}\s+{alternatives(Vocabulary.load(lang).table('places')[key])}(?!\w)", re.IGNORECASE)


@cache
def _hospital(lang: str) -> re.Pattern[str]:
    places = Vocabulary.load(lang).table("places")
    possessive, nouns = alternatives(places["possessive_patterns"]), alternatives(places["care_nouns"])
    word = rf"(?!{alternatives(places['list_prepositions'])}\s)[\w-]+"
    return re.compile(rf"(?:{possessive})?\s+(?:{word}\s+){{0,3}}?{nouns}(?!\w)", re.IGNORECASE)


@cache
def _said_at(lang: str) -> WordList:
    """Match a verb of speech right before a place that says it: "утверждают в Москве"."""
    vocabulary = Vocabulary.load(lang)
    speech, at = alternatives(vocabulary.table("claims")["speech"]), alternatives(vocabulary.table("places")["list_prepositions"])
    return words([rf"{speech}\s+{at}\s+$"])


@cache
def _forces(lang: str) -> re.Pattern[str]:
    vocabulary = Vocabulary.load(lang)
    forces, possessive = alternatives(vocabulary.table("claims")["forces"]), alternatives(vocabulary.table("places")["possessive_patterns"])
    return re.compile(rf"{possessive}\s+(?:[\w-]+\s+){{0,3}}{forces}(?!\w)", re.IGNORECASE)
