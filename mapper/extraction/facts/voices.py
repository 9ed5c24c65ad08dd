"""The claimants of an article so far, by which "the ministry", "he" and a bare surname are told.

"The ministry" and "he" are the last claimant that they can mean, "Kobzar" is whom the text has introduced with an office,
and a bare role followed by a name ("according to the acting mayor" … "Artem Kobzar said") is one person.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mapper.extraction.wording.stems import skeleton, skeletons
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words
from mapper.gazetteer.morphology import is_adjective, is_surname
from mapper.gazetteer.names import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["CAPITALISED", "NAME", "Voices", "introduced_in", "without_adjectives"]

NAME = re.compile(r"(?<![\w'’])[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]*(?:\s+(?:al-|von |de |van )?[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]+)+")
CAPITALISED = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]+")
#: The persons of how many sentences are kept: an article is asked for all of them before it is read.
_SENTENCES = 512
#: How many letters of its skeleton the last part of a compound has that may stand for all of it.
_SHORTEST_PART = 3
#: Of how many words an office at most is that names nobody.
_BARE = 4
#: Of how many words a noun and the name of the area behind it are: "Region Dnipropetrowsk".
_PAIR = 2
#: How far before the name of a person his office may begin.
_OFFICE = 70
_CUT = re.compile(r"[,.;:()–—]")
_GENITIVE = re.compile(r"(?:['’]s?)?\.?$")


class Voices:
    """The claimants of an article so far, and the persons whom it has introduced.

    One article at a time, sentence by sentence in its order.
    """

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._introduced: dict[str, str] = {}
        self._body = ""

    @property
    def last(self) -> str:
        """The claimant heard last, or `""`."""
        return self._heard[-1] if self._heard else ""

    def heard(self, word: str) -> bool:
        """Tell whether a word is part of the name of an earlier claimant."""
        said = skeleton(word)
        return any(said in skeletons(earlier).split() for earlier in self._heard)

    def is_body(self, phrase: str, vocabulary: Vocabulary) -> bool:
        """Tell whether a phrase names a body of people, or stands for the one that the text has named: "the group"."""
        again = vocabulary.pattern("claims", "office_again_patterns").fullmatch(phrase)
        return bool(again and self._body) or _body(vocabulary.lang).search(phrase) is not None

    def knows(self, word: str) -> bool:
        """Tell whether a word is the surname of somebody whom the text has named in full, or of an earlier claimant."""
        return self.is_surname(word) or self.heard(word)

    def is_surname(self, word: str) -> bool:
        """Tell whether a word is the surname of somebody whom the text has named in full."""
        return skeleton(word) in self._introduced

    def introduce(self, sentence: str, vocabulary: Vocabulary, places: Collection[str] = ()) -> None:
        """Remember the persons whom a sentence that names `places` names in full, each with his office if it is told beside the name.

        And the first body of people with a name: "the Atesh movement".
        """
        if not self._body and (body := _body(vocabulary.lang).search(sentence)):
            self._body = body.group()
        for surname, phrase, _ in _persons(sentence, vocabulary):
            named = NAME.search(phrase)
            if named and any(place in " ".join(named.group().split()[-2:]) for place in places):
                continue  # "Новоолександрівка Донецької області"
            if len(phrase) > len(self._introduced.get(surname, "")):
                self._introduced[surname] = phrase

    def hear(self, phrase: str, vocabulary: Vocabulary) -> str:
        """Take a claimant's phrase, give the claimant it means, and remember it; `""` if it means none."""
        if vocabulary.pattern("claims", "pronouns").fullmatch(phrase):
            return self.last
        if self.last and self._stands_for_last(phrase, vocabulary):
            asks = vocabulary.pattern("claims", "inquiry_patterns").fullmatch(phrase)
            if asks and " " in self.last and not self.heard(phrase):
                # "Investigators" of an article that named the office which investigates are those of that office.
                self._heard[-1] = f"{phrase}, {self.last}"
            return self.last
        phrase = self._in_full(phrase)
        by = self._meant(phrase, vocabulary)
        if by in self._heard:
            self._heard.remove(by)
        self._heard.append(by)
        return by

    def _in_full(self, phrase: str) -> str:
        """Give the fullest form of a name that the text tells: "Prokudin", "Oleksandr Prokudin, the governor"."""
        known = self._introduced.get(skeleton(phrase.rsplit(maxsplit=1)[-1]), "")
        if " " not in phrase:
            return known if known and CAPITALISED.fullmatch(phrase) and not self.heard(phrase) else phrase
        return known if NAME.fullmatch(phrase) and skeletons(phrase) in skeletons(known) else phrase

    def _stands_for_last(self, phrase: str, vocabulary: Vocabulary) -> bool:
        """Tell whether a word such as "the ministry" means who was heard last; "investigators" do not mean the General Staff."""
        if not vocabulary.pattern("claims", "nameless_patterns").fullmatch(phrase):
            return False
        inquiry = vocabulary.pattern("claims", "inquiry_patterns").fullmatch(phrase)
        return not inquiry or bool(vocabulary.pattern("claims", "investigating_patterns").search(self.last))

    def _meant(self, phrase: str, vocabulary: Vocabulary) -> str:
        role = vocabulary.pattern("claims", "roles")
        office = next((one for one in _offices(vocabulary.lang) if one.fullmatch(phrase)), None)
        single = len(phrase.split()) == 1
        many = vocabulary.pattern("claims", "many_patterns").fullmatch(phrase)
        said = skeletons(phrase)
        for earlier in reversed(self._heard):
            heard = skeletons(earlier)
            if said == heard or (office and office.search(earlier) and NAME.search(earlier)):
                return earlier
            if many and earlier != self.last:
                continue
            if single and said in heard.split() and (role.fullmatch(phrase) or CAPITALISED.fullmatch(phrase)):
                return earlier
            if single and role.fullmatch(phrase) and _is_end_of_compound(said, heard):
                return earlier
            # "Artem Kobzar" after "acting mayor": the name joins the role that had none.
            if earlier == self.last and _is_a_nameless_role(earlier, vocabulary) and _names_a_person(phrase, role):
                self._heard.remove(earlier)
                return f"{phrase}, {earlier}"
            # "Prokudin" or "Oleksandr Prokudin" after "governor Oleksandr Prokudin"
            if _names_a_person(phrase, role) and heard.endswith(said):
                return earlier
        return self._in_office(phrase, vocabulary) or phrase

    def _in_office(self, phrase: str, vocabulary: Vocabulary) -> str:
        """Give whom named before an office without a name may mean: "Yevgeny Balitsky" … "the governor", "the SBU" … "the agency"."""
        if vocabulary.pattern("claims", "office_again_patterns").fullmatch(phrase):
            return next((one for one in reversed(self._heard) if not self.is_person(one)), self._body)
        if vocabulary.pattern("claims", "official_again_patterns").fullmatch(phrase):
            return next((one for one in reversed(self._heard) if self.is_person(one)), self.last)
        office = vocabulary.pattern("claims", "office_again_patterns").fullmatch(phrase.rpartition(" ")[2])  # "the leader's press office"
        bare = len(phrase.split()) <= _BARE and not office and _is_a_nameless_role(phrase, vocabulary)
        if bare and self.is_person(self.last):
            return "" if _has_another_office(self.last, phrase, vocabulary) else self.last
        # "the head of the region", though an office has spoken since he was named
        local = vocabulary.pattern("claims", "local_patterns")
        heads = (one for one in reversed(self._heard) if self.is_person(one) and local.search(one))
        one = next(heads, "") if bare and local.fullmatch(phrase) else ""
        return "" if _has_another_office(one, phrase, vocabulary) else one

    def is_person(self, claimant: str) -> bool:
        """Tell whether a claimant is somebody whom the text names in full."""
        names = (_GENITIVE.sub("", name) for name in NAME.findall(claimant))
        return any(skeleton(name.split()[-1]) in self._introduced for name in names)


def introduced_in(sentence: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """Give the one person with an office whom a sentence names, and where; None if there is none or more than one."""
    told = [one for one in _persons(sentence, vocabulary) if vocabulary.pattern("claims", "persons").search(one[1])]
    return told[0][1:] if len(told) == 1 else None


def _persons(sentence: str, vocabulary: Vocabulary) -> tuple[tuple[str, str, int], ...]:
    """Give the surname of each person whom a sentence names in full, the name with the office beside it, and where that begins."""
    return _persons_in(sentence, vocabulary.lang)


@lru_cache(maxsize=_SENTENCES)
def _persons_in(sentence: str, lang: str) -> tuple[tuple[str, str, int], ...]:
    return tuple(_named(sentence, Vocabulary.load(lang)))


def _named(sentence: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, int]]:
    persons, prepositions = vocabulary.pattern("claims", "persons"), vocabulary.pattern("places", "list_prepositions")
    nouns = bool(vocabulary.table("claims")["links"])  # with a capital, as names are
    names = list(NAME.finditer(sentence))
    offices = bool(names) and persons.holds(sentence)
    for match in names:
        phrase, start = _GENITIVE.sub("", match.group()), match.start()
        if lead := vocabulary.pattern("claims", "leading").match(phrase):
            phrase, start = phrase[lead.end() + 1 :], start + lead.end() + 1  # "Wie Gouverneur Kim mitteilt", "As Mayor Kim said"
            if not NAME.fullmatch(phrase):
                continue  # "Die Staatsanwaltschaft", "A Russian"
        if (leave := vocabulary.pattern("claims", "leave_patterns").match(phrase)) and NAME.fullmatch(
            name := phrase[leave.end() :].lstrip()
        ):
            phrase, start = name, match.end() - len(match.group()[leave.end() :].lstrip())  # "Ваш Вячеслав Гладков"
        if phrase.split()[-1].isupper():
            continue  # "The SBU"
        first, _, rest = phrase.partition(" ")
        goes_on = sentence[match.end() : match.end() + 2].strip().islower()
        if (
            goes_on
            and persons.fullmatch(first)
            and is_cyrillic(rest)
            and is_adjective(rest)
            and not (is_surname(rest) or rest.endswith("ий"))
        ):
            continue  # "Глава Николаевской областной администрации"
        if nouns and len(phrase.split()) == _PAIR and vocabulary.pattern("claims", "no_claimant_patterns").match(phrase):
            continue  # "der Leiter der Region Dnipropetrowsk"
        surname, end = skeleton(phrase.split()[-1]), start + len(phrase)
        behind = _behind(vocabulary.lang).match(sentence, end)
        before = [m.start() for m in persons.finditer(sentence, max(0, start - _OFFICE), start)] if offices else []
        if behind and (
            (offices and persons.search(behind[1])) or vocabulary.pattern("claims", "heading_patterns").fullmatch(behind[1].strip())
        ):
            phrase = f"{phrase}, {behind[1].strip()}"
        elif before and not _CUT.search(sentence, before[0], start):
            phrase, start = sentence[before[0] : end], before[0]
        is_somebody = offices and persons.search(phrase)
        if is_somebody or not (
            nouns
            or prepositions.match(phrase)
            or vocabulary.pattern("claims", "roles").search(phrase)
            or vocabulary.pattern("claims", "no_claimant_patterns").match(phrase)
        ):
            yield surname, phrase, start


@cache
def _behind(lang: str) -> re.Pattern[str]:
    """Match what stands behind the name of a person."""
    articles = alternatives(Vocabulary.load(lang).table("claims")["articles"])
    return re.compile(rf",\s+(?:{articles}\s+)?([^,.;:()]{{3,90}})")


@cache
def _body(lang: str) -> re.Pattern[str]:
    """Match a body of people with its name: "the Atesh movement", "движение «Атеш»"."""
    claims = Vocabulary.load(lang).table("claims")
    kind, article = alternatives(claims["body_patterns"]), alternatives(claims["leading"])
    name = r"[A-ZА-ЯЁІЇЄҐ][\w’'-]+"
    return re.compile(rf"(?<!\w)(?:(?!(?i:{article})\s){name}\s+(?i:{kind})(?!\w)|(?i:{kind})\s+(?:{name}|«[^»]{{2,30}}»|„[^“]{{2,30}}“))")


def without_adjectives(phrase: str) -> str:
    """Leave out the adjectives before a noun, in a language that declines them so: "местные жители", "областная прокуратура"."""
    while (first := phrase.partition(" "))[2] and is_cyrillic(first[0]) and is_adjective(first[0].lower()):
        phrase = first[2]
    return phrase


def _has_another_office(earlier: str, phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether somebody is told to have another office than a phrase says, or to be no person."""
    if any(office.search(earlier) and not office.fullmatch(phrase) for office in _offices(vocabulary.lang)):
        return True
    held = [m.group() for m in vocabulary.pattern("claims", "roles").finditer(earlier)]
    return bool(held) and not any(vocabulary.pattern("claims", "head_patterns").fullmatch(one) for one in held)


@cache
def _offices(lang: str) -> tuple[WordList, ...]:
    """Give a pattern for each office that has several names: the mayor is the head of the city."""
    listed: Iterable[list[str]] = Vocabulary.load(lang).table("claims")["offices"]
    return tuple(words(one) for one in listed)


def _is_end_of_compound(said: str, heard: str) -> bool:
    """Tell whether a word is the last part of one that was heard: "Ministerium", "Verteidigungsministerium"; "штаб", "оперштаб"."""
    return len(said) >= _SHORTEST_PART and any(word.endswith(said) for word in heard.split())


def _names_a_person(phrase: str, role: WordList) -> bool:
    return bool(NAME.fullmatch(phrase)) and len(phrase.split()) <= 4 and not role.search(phrase)


def _is_a_nameless_role(phrase: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.pattern("claims", "persons").search(phrase)) and not NAME.search(phrase)
