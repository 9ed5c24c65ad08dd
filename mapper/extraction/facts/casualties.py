"""How many were killed and injured, as a sentence says it.

"No casualties" is zero, silence is unknown, "at least two" is a low bound. A part of a number
("including three firefighters") is not added to it; of the parts the children are told. And a figure that was "later revised to 34" is
kept beside the new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache, reduce
from typing import TYPE_CHECKING

from mapper.extraction.facts import children
from mapper.extraction.wording.numbers import UNKNOWN, ZERO, Amount, number_pattern, parse, without_days
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, literals, of_small, small, words
from mapper.incidents import CASUALTIES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Casualties", "find", "further", "grown", "of_kind"]


@dataclass(frozen=True, slots=True)
class Casualties:
    """The killed and the injured; both unknown where nothing is said.

    `corrects` are the figures that the same sentence says were given before; `update` tells that a
    figure takes the place of those told so far; `body` that the killed is one whose body was found,
    who may be among those counted already; `part` that the injured are those in hospital, who may be too;
    `more` and `more_killed` that the injured, the killed are others than those told of before ("five more").
    The children are a part of the killed and of the injured; `children_told_before` are a part of those
    that an earlier sentence tells of.
    """

    killed: Amount = UNKNOWN
    injured: Amount = UNKNOWN
    corrects: Casualties | None = None
    update: bool = False
    body: bool = False
    part: bool = False
    more: bool = False
    more_killed: bool = False
    children_killed: int | None = None
    children_injured: int | None = None
    children_told_before: int | None = None

    @property
    def known(self) -> bool:
        """Whether either is said, or how many of them were children."""
        return self.killed.known or self.injured.known or (self.children_killed, self.children_injured) != (None, None)

    @property
    def hurt(self) -> bool:
        """Whether anybody is said to have been killed or injured."""
        return any(amount.known and amount != ZERO for amount in (self.killed, self.injured))


_NOTHING = Casualties()
#: How many characters from people the verb that has them is looked for.
_BESIDE = 40
#: How many characters from a toll its number is looked for, where nothing says that it has risen to it.
_NEAR_TOLL = 80
_STOP = re.compile(r"(?<!\d)\.|[;!?]")
_PART = re.compile(r"[^,.;:!?–—]+")
#: What says that nobody was hurt.
_UNHURT = ("none_patterns", "none_killed_patterns", "none_injured_patterns", "none_of_them_patterns")
#: How many words at most tell that those right before them were killed or hurt.
_VERB_WORDS = 3
_ASIDE = re.compile(r",[^,.;!?\d]{3,100},\s")
_WHO = re.compile(r"\s[^\W\d][\w'’-]+\s")
#: What stands between people and what befell them, and how long a word beside a verb is: "who was seriously", "has".
_HURT_NEXT = re.compile(r"(?:,?\s+[\w'’-]+){0,4},?\s+")
_AUXILIARY = 5
_DASH = re.compile(r"\s[–—-]\s")
_NEAR_STOP = re.compile(r"[.,;:!?–—]")
_FAR_STOP = re.compile(r"[.;:!?]|,(?=.*,.*,)")


@lru_cache(maxsize=2048)
def find(sentence: str, lang: str = "en") -> Casualties:
    """Read the casualties out of one sentence.

    Examples
    --------
    >>> find("Russian drone strikes have killed at least two people and wounded 12.").killed
    Amount(low=2, best=None, high=None)
    >>> find("The ministry had no reports of damage or casualties.").injured
    Amount(low=0, best=0, high=0)
    >>> find("The strike killed 30 people, a figure later revised to 34.").killed.best
    34
    """
    reading = _Words.load(lang)
    if not reading.trigger.holds(sentence):
        return _with_children(_NOTHING, sentence, {}, lang)
    vocabulary = Vocabulary.load(lang)
    sentence = vocabulary.pattern("casualties", "silence_patterns").sub(_blank, without_days(sentence, lang))
    sentence = reading.quoted.sub(r"\1", _without_children(sentence, vocabulary))
    sentence = reading.of_whole.sub(lambda m: m["whole"] + " " * len(m["part"]), sentence)
    # "None of the 13 sailors was hurt": nobody whom these words name was.
    spared = reading.spared(sentence)
    affirmed = vocabulary.pattern("casualties", "none_injured_patterns").sub(_blank, spared)
    affirmed = vocabulary.pattern("casualties", "none_patterns").sub(_blank, affirmed)
    affirmed = vocabulary.pattern("casualties", "none_killed_patterns").sub(reading.alive, affirmed)
    found = reading.read(affirmed)
    if dead := _ordinal(sentence, "ordinal_patterns", vocabulary):
        found = replace(found, killed=Amount.exactly(dead), update=True, body=False)
    elif (found.injured.low or 1) == 1 and (hurt := _ordinal(sentence, "ordinal_injured_patterns", vocabulary)):
        found = replace(found, injured=Amount.exactly(hurt), update=True, part=False)
    if vocabulary.holds("casualties", "none_patterns", sentence):
        return replace(found, killed=_first(found.killed, ZERO), injured=_first(found.injured, ZERO))
    if vocabulary.holds("casualties", "none_killed_patterns", sentence):
        found = replace(found, killed=_first(found.killed, ZERO))
    if not found.injured.low and (spared != sentence or vocabulary.holds("casualties", "none_injured_patterns", sentence)):
        # Where nobody was hurt, nobody was killed.
        found = replace(found, killed=_first(found.killed, ZERO), injured=_first(found.injured, ZERO))
    return found


def further(sentence: str, kind: str, lang: str) -> Casualties:
    """Read a toll that leaves out what befell them, which the sentence before has told: "A man was wounded in X. Two more — in Y."."""
    said = _further(lang).match(sentence)
    return of_kind(kind, parse(said["number"], lang) if said else UNKNOWN)


@cache
def _further(lang: str) -> re.Pattern[str]:
    vocabulary = Vocabulary.load(lang)
    people, filler = (alternatives(vocabulary.table("people")[key]) for key in ("nouns", "filler"))
    another, at = alternatives(vocabulary.table("counts")["another"]), alternatives(vocabulary.table("places")["list_prepositions"])
    return re.compile(
        rf"{another}\s+(?P<number>{number_pattern(lang)})(?:\s+(?:{filler}\s+)?{people})?\s+(?:[—–-]\s+)?{at}\s", re.IGNORECASE
    )


def grown(sentence: str, kind: str, lang: str) -> Casualties:
    """Read what the toll of the sentence before has grown to: "Two were wounded. By midnight there were five of them."."""
    reading = _Words.load(lang)
    said = reading.last_grown(small(sentence))
    return replace(of_kind(kind, reading.grown_to(said)), update=True) if said else _NOTHING


def of_kind(kind: str, amount: Amount) -> Casualties:
    """Give a toll of killed alone, or of injured alone."""
    return Casualties(killed=amount) if kind == "killed" else Casualties(injured=amount)


def _ordinal(sentence: str, key: str, vocabulary: Vocabulary) -> int | None:
    """Give the toll that one more of the dead, or of the wounded, makes: "the body of a fourth victim was found"."""
    said = vocabulary.pattern("casualties", key).search(sentence)
    ordinals = vocabulary.table("casualties").get("ordinals", {})
    return next((ordinals[word] for word in said.group().lower().split() if word in ordinals), None) if said else None


def _without_children(sentence: str, vocabulary: Vocabulary) -> str:
    """Blank out what says of children alone that none was hurt: "12 were wounded. There are no children among them."."""
    children = [vocabulary.pattern("children", number) for number in ("one", "several")]
    if not any(words.holds(sentence) for words in children):
        return sentence
    unhurt = [vocabulary.pattern("casualties", key) for key in _UNHURT]

    def said(part: re.Match[str]) -> str:
        of_children = any(words.holds(part[0]) for words in children) and any(words.holds(part[0]) for words in unhurt)
        return _blank(part) if of_children else part[0]

    return _PART.sub(said, sentence)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _sum(one: Amount, other: Amount) -> Amount:
    ends = ((getattr(one, end), getattr(other, end)) for end in ("low", "best", "high"))
    return Amount(*(None if a is None or b is None else a + b for a, b in ends))


def _with_children(toll: Casualties, sentence: str, counted: Mapping[str, tuple[int, int]], lang: str) -> Casualties:
    """Add how many of them were children; more than there were in all is a misreading."""
    found = children.find(sentence, counted, lang)
    for kind in CASUALTIES:
        amount: Amount = getattr(toll, kind)
        most = amount.best if amount.high is None else amount.high
        if most is not None and found.get(kind, 0) > most:
            del found[kind]
    if not found:
        return toll
    return replace(
        toll,
        children_killed=found.get("killed"),
        children_injured=found.get("injured"),
        children_told_before=found.get(children.TOLD_BEFORE),
    )


def _first(one: Amount, other: Amount) -> Amount:
    return one if one.known else other


@dataclass(frozen=True, slots=True)
class _People:
    """A number of people, or persons named one by one, and where it stands in the sentence."""

    amount: Amount
    start: int
    end: int
    noun: bool
    person: bool = False


def _reached(one: _People) -> _People:
    """Read "rose to 15" as 15, where "to" alone would mean "up to"."""
    return replace(one, amount=_exact(one.amount))


def _exact(amount: Amount) -> Amount:
    return Amount.exactly(amount.high) if amount.low is None and amount.best is None and amount.high else amount


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    lang: str
    trigger: WordList
    verbs: re.Pattern[str]
    ages: re.Pattern[str]
    aged: re.Pattern[str]
    losses: WordList
    listed: re.Pattern[str]
    dated: re.Pattern[str]
    article: re.Pattern[str]
    caused: re.Pattern[str]
    succumbed: WordList
    inverted: re.Pattern[str]
    anew: re.Pattern[str]
    coordinated: re.Pattern[str]
    anew_dead: re.Pattern[str]
    befalling: WordList
    of_whole: re.Pattern[str]
    kin: re.Pattern[str]
    further: WordList
    more: re.Pattern[str]
    people: re.Pattern[str]
    someone: re.Pattern[str]
    none_of_them: WordList
    single: re.Pattern[str]
    number: re.Pattern[str]
    quoted: re.Pattern[str]
    tolls: tuple[tuple[str, WordList], ...]
    part: WordList
    parts: re.Pattern[str]
    made_up: re.Pattern[str]
    before: re.Pattern[str]
    between: re.Pattern[str]
    gap: int
    object_gap: int
    alone: dict[str, re.Pattern[str]]
    negated: WordList
    body: re.Pattern[str]
    care: WordList
    victims: WordList
    risen_from: re.Pattern[str]
    to: re.Pattern[str]
    risen_before: re.Pattern[str]
    revised: re.Pattern[str]
    grown: re.Pattern[str]

    @classmethod
    def load(cls, lang: str) -> _Words:
        return _words(lang)

    def spared(self, sentence: str) -> str:
        """Blank out what says that nobody was hurt where it says so of people: "the driver, alone in the cab, is safe"."""

        def of_people(match: re.Match[str]) -> str:
            before = list(self.someone.finditer(told, max(0, match.start() - _NEAR_TOLL), match.start()))
            near = bool(before) and not _STOP.search(told, before[-1].end(), match.start())
            return _blank(match) if near and not self.verbs.search(told, before[-1].end(), match.start()) else match.group()

        told = small(sentence)
        return self.none_of_them.sub(of_people, sentence)

    def alive(self, match: re.Match[str]) -> str:
        """Blank out that nobody was killed, but not of whom it is said: "Both medics survived, with concussions"."""
        people = self.people.match(small(match.group()))
        kept = people.end() if people and self._people(people, people.string).amount not in {UNKNOWN, ZERO} else 0
        return match.group()[:kept] + " " * (len(match.group()) - kept)

    def _without_makeup(self, match: re.Match[str]) -> str:
        """Blank out of whom those counted before are made up: "Five people – four workers and a customer – were killed"."""
        if self.verbs.search(match["aside"]) or not self.people.search(match["aside"]):
            return match.group()
        return match["whole"] + " " * len(match["aside"])

    def read(self, sentence: str) -> Casualties:
        told = small(self.losses.sub(_blank, sentence))
        told = self.ages.sub(lambda m: m[0] if self._are_counted_by(m) else _blank(m), told)
        if self.part.holds(sentence):
            told = self.parts.sub(_blank, told)
        told = self.made_up.sub(self._without_makeup, told)
        people = [self._people(m, told) for m in self.people.finditer(told)]
        people = self._together(told, [p for p in people if p.amount.known and (p.noun or not self._counts_nobody(told, p))])
        found: dict[str, Amount] = {}
        counted_at: dict[str, tuple[int, int]] = {}
        for kind, toll in self.tolls:
            match = toll.search(told)
            counted = match and (self._before_toll(told, match.start(), people) or self._after_toll(told, match.end(), people))
            if counted:
                found[kind] = counted.amount
                counted_at[kind] = (counted.start, counted.end)
        verbs = [(str(m.lastgroup), m.start(), m.end()) for m in self.verbs.finditer(told)]
        verbs = [one for one in verbs if not self.befalling.fullmatch(told, *one[1:]) or self._befell(told, *one[1:], people)]
        if any(kind == "killed" for kind, _, _ in verbs):
            # "Another of the injured has died."
            verbs = [(k, s, e) for k, s, e in verbs if k == "killed" or not any(p.start <= s and e <= p.end for p in people)]
        verbs = [one for k, one in enumerate(verbs) if not self._died_since(told, one, verbs[k + 1 :], people)]
        last, risen, one_by_one = "", bool(found), set[str]()
        for index, (kind, start, end) in enumerate(verbs):
            before = verbs[index - 1][2] if index else 0
            if kind in found:
                if kind in one_by_one and (more := self._others(told, start, before, people, kind)):
                    found[kind] = _sum(found[kind], more.amount)  # "A boy suffered burns, four adults were hurt."
                continue
            one = (
                self._inverted(told, start, end, people)
                or _of_which(told, people, start, end)
                or self._object(told, end, people)
                or self._subject(told, start, before, people)
            )
            if one := one or self._far_object(told, end, people):
                # "the number of the dead rose to four, of the wounded to 15"
                found[kind] = (_reached(one) if risen else one).amount
                one_by_one |= {kind} if one.person and one.end <= start else set()
                counted_at[kind] = (one.start, one.end)
                last = kind
        for kind, start, end in verbs:
            if kind not in found and self.alone[kind].fullmatch(told, start, end) and not self.negated.search(told, 0, start):
                found[kind] = Amount.exactly(1)
        body = "killed" in found and all(self.body.fullmatch(told, s, e) for kind, s, e in verbs if kind == "killed")
        hurt = [(start, end) for kind, start, end in verbs if kind == "injured"]
        part = bool(self.care.search(told)) and all(self.care.match(told, s, e) or self.victims.match(told, s, e) for s, e in hurt)
        result = Casualties(
            found.get("killed", UNKNOWN),
            found.get("injured", UNKNOWN),
            body=body and any(k == "killed" for k, _, _ in verbs),
            part=part and "injured" in found,
            more=self._are_others(told, counted_at, "injured"),
            more_killed=self._are_others(told, counted_at, "killed"),
        )
        return _with_children(self._revised(told, people, result, last, counted_at), sentence, counted_at, self.lang)

    def _counts_nobody(self, told: str, number: _People) -> bool:
        """Tell whether a number with no noun is that of a day, or the article of what it came from: "starben bei einer Explosion"."""
        of_cause = self.article.fullmatch(told, number.start, number.end) and self.caused.search(told, 0, number.start)
        return bool(of_cause) or self.dated.search(told, 0, number.start) is not None

    def _died_since(self, told: str, verb: tuple[str, int, int], after: list[tuple[str, int, int]], people: list[_People]) -> bool:
        """Tell whether who is said to have been hurt is said to have died next: "A man wounded in Tuesday's shelling died in hospital"."""
        kind, start, end = verb
        died = next((one for one in after if one[0] == "killed"), None)
        one = next((p for p in reversed(people) if p.end <= start), None)
        if kind != "injured" or died is None or one is None or not _HURT_NEXT.fullmatch(told, one.end, start):
            return False
        since = self.succumbed.search(told, max(end, died[1] - _AUXILIARY))
        others = any(end <= p.start < died[1] for p in people) or self._object(told, died[2], people)
        return not others and _STOP.search(told, end, died[1]) is None and since is not None and since.start() <= died[1]

    def _inverted(self, told: str, start: int, end: int, people: list[_People]) -> _People | None:
        """Give the people whom a sentence names behind a verb that opens it: "Killed in the strike on X were two women", "Hurt: a man"."""
        if told[:start].strip(' "“'):
            return None
        return next((p for p in people if p.start >= end and self.inverted.fullmatch(told, end, p.start)), None)

    def last_grown(self, told: str) -> re.Match[str] | None:
        """Give the last of the numbers that a toll is said to have grown to."""
        return next(iter(reversed(list(self.grown.finditer(told)))), None)

    def grown_to(self, grown: re.Match[str]) -> Amount:
        return _exact(parse(grown["number"], self.lang))

    def _befell(self, told: str, start: int, end: int, people: list[_People]) -> bool:
        """Tell whether what befalls things as well is said of people right beside it: "the driver burned", not "the van burned"."""
        return any(
            p.noun and (self.between.fullmatch(told, p.end, start) if p.end <= start else self.before.fullmatch(told, end, p.start))
            for p in people
        )

    def _are_counted_by(self, ages: re.Match[str]) -> bool:
        """Tell whether ages count those before them: "women aged 34 and 51", and not "two women aged 34 and 51"."""
        several = self.aged.search(ages.string, max(0, ages.start() - _BESIDE), ages.end())
        return several is not None and several["number"] is None and several.end() == ages.end()

    def _are_others(self, told: str, counted_at: Mapping[str, tuple[int, int]], kind: str) -> bool:
        return kind in counted_at and self.more.search(told, 0, counted_at[kind][0]) is not None

    def _together(self, told: str, people: list[_People]) -> list[_People]:
        """Add up people of one list: "a man, his wife and two children". "Killed two and wounded three" is no list."""
        runs: list[list[_People]] = []
        for one in people:
            last = runs[-1][-1] if runs else None
            if last and last.noun and one.noun and self.listed.fullmatch(told, last.end, one.start):
                runs[-1].append(one)
            else:
                runs.append([one])
        return [one for run in runs for one in self._added(told, run)]

    def _added(self, told: str, run: list[_People]) -> list[_People]:
        """Make one number of a list, if "and" stands before its last and no two verbs have a part of it each."""
        if len(run) > 1 and self._says_who(told, run):
            # "A couple and their neighbour, a woman of 41, were killed."
            run = [*run[:-2], replace(run[-2], end=run[-1].end)]
        first, last = run[0], run[-1]
        if len(run) == 1 or self._goes_on_anew(told, run):
            return run
        joint = told[run[-2].end : last.start].strip()
        joined = self.kin.match(told, run[-2].end) and last.amount != Amount.exactly(1)  # "a man, his wife and a neighbour"
        if (joint == "," and not joined) or (self.kin.fullmatch(joint) and last.amount == Amount.exactly(1)):
            return run
        before = self.verbs.search(told, max(0, first.start - _BESIDE), first.start)
        after = self.verbs.search(told, last.end, last.end + _BESIDE)
        has = before and self.before.fullmatch(told, before.end(), first.start)
        if has and after and self.between.fullmatch(told, last.end, after.start()):
            # "The driver was killed, his wife and their son were hurt."
            return [first, replace(run[1], amount=reduce(_sum, (one.amount for one in run[1:])), end=last.end)]
        return [replace(first, amount=reduce(_sum, (one.amount for one in run)), end=last.end)]

    def _says_who(self, told: str, run: list[_People]) -> bool:
        """Tell whether the last of a list only says who the one before the comma is, which "and" has ended it with."""
        *others, one, last = run
        if not (last.person and last.amount == Amount.exactly(1) and told[one.end : last.start].strip() == ","):
            return False
        ended = one.person and one.amount != Amount.exactly(1)
        return ended or bool(others and told[others[-1].end : one.start].strip() != ",")

    def _goes_on_anew(self, told: str, run: list[_People]) -> bool:
        """Tell whether a list has others of its own: "killed two and three more"; "the driver and four more people" is one."""
        further = self.further.search(told, run[0].end, run[-1].end)
        return further is not None and not (run[0].person and len(run) == 2)

    def _people(self, match: re.Match[str], told: str) -> _People:
        if match["persons"]:
            number = sum(1 for _ in self.single.finditer(told, *match.span("persons")))
            return _People(Amount.exactly(number), match.start(), match.end(), noun=True, person=True)
        if match["aged"]:
            return _People(Amount.exactly(len(self.number.findall(match["aged"]))), match.start(), match.end(), noun=True)
        if match["pronoun"]:
            return _People(Amount.exactly(1), match.start(), match.end(), noun=False)
        amount = parse(match["number"], self.lang)
        if (two := self.to.split(match["number"], maxsplit=1))[1:] and self.risen_from.search(told, 0, match.start()):
            amount = _exact(parse(two[-1], self.lang))  # "from three to five", "corrected from five to four"
        pair = match["number"].lower() in Vocabulary.load(self.lang).table("numbers")["collective"]
        return _People(amount, match.start(), match.end(), noun=bool(match["noun"]) or pair)

    def _after_toll(self, told: str, end: int, people: list[_People]) -> _People | None:
        after = [p for p in people if end <= p.start and not _STOP.search(told, end, p.start)]
        one = next((p for p in after if p.start <= end + _NEAR_TOLL), None)
        if one is None and (risen := self.revised.search(told, end)):
            # "The number of people killed in the attack on X, Y region, on Friday evening has risen to three"
            one = _told_next(told, risen, after)
        return _reached(one) if one else None

    def _before_toll(self, told: str, start: int, people: list[_People]) -> _People | None:
        """Give the number that a toll has risen to before it is named: "до 33 зросла кількість загиблих"."""
        one = next((p for p in reversed(people) if p.end <= start), None)
        return _reached(one) if one and self.risen_before.fullmatch(told, one.end, start) else None

    def _object(self, told: str, end: int, people: list[_People]) -> _People | None:
        """Give the people right after a verb: "killing at least two"."""
        one = next((p for p in people if p.start >= end), None)
        if one is None or self.before.fullmatch(told, end, one.start):
            return one
        # "Wounded, in the words of the governor, are two power workers."
        aside = _ASIDE.match(told, end, one.start)
        if any(p.noun and p.end <= end and len(told[p.end : end].split()) <= _VERB_WORDS for p in people):
            return None  # "... cost four people their lives, said X, the head of the region"
        plain = aside and not self.verbs.search(told, end, aside.end())
        return one if aside and plain and self.before.fullmatch(told, aside.end() - 1, one.start) else None

    def _others(self, told: str, start: int, before: int, people: list[_People], kind: str) -> _People | None:
        """Give the people of a second verb of a kind, after a person told of with the first; those in care may be the same."""
        # "The father was killed, the son died in hospital": nobody dies twice, but who was hurt may be told of again.
        anew = self.anew_dead if kind == "killed" else self.anew
        # "The driver — with a concussion, the fitter — with shrapnel wounds", "the driver with burns and his wife with a concussion"
        one = next(
            (
                p
                for p in people
                if before <= p.start
                and (
                    (not p.person and self._is_near(told, p, start))
                    or _DASH.fullmatch(told, p.end, start)
                    or (p.end + 1 == start and anew.fullmatch(told, before, p.start))
                )
            ),
            None,
        )
        return None if one is None or self.care.match(told, start) else one

    def _is_near(self, told: str, one: _People, start: int) -> bool:
        """Tell whether people stand before a verb, with a word at most that says who they are: "three foresters have injuries"."""
        return bool((one.noun and self.between.fullmatch(told, one.end, start)) or _WHO.fullmatch(told, one.end, start))

    def _far_object(self, told: str, end: int, people: list[_People]) -> _People | None:
        """Give the people further behind a verb, where the language puts them there and no other verb has them."""
        one = next((p for p in people if p.start >= end), None)
        if one is None or not one.noun or one.start - end > self.object_gap or _NEAR_STOP.search(told, end, one.start):
            return None
        after = self.verbs.search(told, end)
        return one if after is None or (after.start() > one.end and not self.between.fullmatch(told, one.end, after.start())) else None

    def _subject(self, told: str, start: int, before: int, people: list[_People]) -> _People | None:
        """Give the people before a verb: "two people were killed", "two men, aged 30 and 45, have died"."""
        nearest: _People | None = None
        told_of = [one for one in people if one.noun or one.amount != Amount.exactly(1)]
        if len(told_of) == 1 and told_of[0].noun and told_of[0].end <= start and self._goes_on_of(told, told_of[0], start, before):
            return told_of[0]  # "A man was gathering mushrooms when he stepped on a mine and was killed."
        for one in people:
            if one.end > start:
                break
            if self.between.fullmatch(told, one.end, start):
                return one
            nearest = one if one.noun else nearest
        if nearest and nearest.start >= before and start - nearest.end <= self.gap:
            return None if _FAR_STOP.search(told[nearest.end : start]) else nearest
        return None

    def _goes_on_of(self, told: str, one: _People, start: int, before: int) -> bool:
        """Tell whether a verb is a second one of the only people of a sentence: "A woman who ... came under fire and was wounded"."""
        joined = self.coordinated.search(told, one.end, start)
        return joined is not None and one.start >= before and not _STOP.search(told, one.end, start)

    def _revised(
        self, told: str, people: list[_People], found: Casualties, kind: str, counted_at: Mapping[str, tuple[int, int]]
    ) -> Casualties:
        match = self.revised.search(told)
        grown = self.last_grown(told)
        if grown and kind in counted_at and counted_at[kind][0] < grown.start() and self.grown_to(grown) != getattr(found, kind):
            return _corrected(found, kind, self.grown_to(grown))
        if not match:
            return found
        new = _told_next(told, match, people)
        if new and (new.start, new.end) in counted_at.values():
            return replace(found, update=True)  # "The count now stands at two killed and 16 wounded."
        kind = next((of for of, toll in self.tolls if toll.search(told, 0, match.end())), kind)
        kind = kind or ("killed" if found.killed.known else "injured")
        old: Amount = getattr(found, kind)
        new = _reached(new) if new else None
        if new is None or new.amount == old or not old.known:
            return replace(found, update=True)
        return _corrected(found, kind, new.amount)


def _corrected(found: Casualties, kind: str, amount: Amount) -> Casualties:
    corrected = replace(found, corrects=of_kind(kind, getattr(found, kind)), update=True)
    return replace(corrected, killed=amount) if kind == "killed" else replace(corrected, injured=amount)


def _of_which(told: str, people: list[_People], start: int, end: int) -> _People | None:
    """Give the people whose number and noun a word for what befell them stands between, or begins with: "drei getötete Soldaten"."""
    return next((p for p in people if p.noun and p.start < start < p.end and (end < p.end or told[p.end : end].strip())), None)


def _told_next(told: str, revised: re.Match[str], people: list[_People]) -> _People | None:
    """Give the people that words of a revision count: "has risen to three"."""
    after = (p for p in people if p.start >= revised.start() and p.end > revised.end())
    return next((p for p in after if not told[revised.end() : p.start].strip()), None)


@cache
def _words(lang: str) -> _Words:
    vocabulary = Vocabulary.load(lang)
    casualties, nouns = vocabulary.table("casualties"), vocabulary.table("people")
    number, noun = number_pattern(lang), alternatives(nouns["nouns"])
    filler = rf"(?:(?:{alternatives(nouns['filler'])})\s+)"
    person = rf"(?:{alternatives(casualties['one_person_patterns'])})"
    joint = alternatives(casualties["and"])
    kin = alternatives(casualties["kin_patterns"])
    together = alternatives([*casualties["and"], *casualties["together"]])
    aside = alternatives(casualties["aside_patterns"])
    no_people = alternatives(casualties["not_people_patterns"])
    # "a couple in their car": it counts no cars, nor does "two wounded during shelling"
    where = alternatives([*vocabulary.table("places")["list_prepositions"], *casualties["causes"]])
    things = rf"(?:(?!(?:{noun}|{where})\b)[\w«»-]+\s+){{0,2}}?(?!{noun}\b){alternatives(casualties['things'])}"
    # "On day 11 a driver was hurt", "on road 14 two drivers": it counts nobody
    no_count = rf"\d+\s+(?:{alternatives(vocabulary.table('claims')['articles'])}\s|{number}(?![\w-]))"
    # "Three wounded in drone attacks", "a couple by drones": it counts none of these
    hurt = "|".join([*(alternatives(casualties[key]) for key in CASUALTIES), alternatives(vocabulary.table("claims")["stops"])])
    age = rf"\d{{1,3}}(?:\s+{alternatives(casualties['years'])})?"
    aged = rf"{alternatives(casualties['aged_patterns'])}\s+{age}(?:(?:,\s+{age})*\s+{joint}\s+{age})+"
    people = (
        rf"(?P<persons>(?<![\w-]){person}(?:(?:\s*,\s+(?!{kin}\s){person})*\s+{together}\s+{person})?)(?!\w)"
        rf"|(?P<aged>(?<![\w-]){aged})(?!\w)"
        rf"|(?P<pronoun>(?<![\w-]){alternatives(casualties['one_pronoun'])})(?!\w)"
        rf"|(?P<number>(?!{no_count}){number})(?!\s*{no_people}|\s+(?!(?:{hurt})(?!\w)){things})(?:\s+{filler}{{0,4}}(?:(?!{joint}\s)[^\W\d][\w-]*\s+)?(?P<noun>{noun})(?!\w))?"
    )
    listed = rf"(?:{number}(?:\s+{filler}*{noun})?|{person})(?!\w)"
    parts = (
        rf"(?<!\w){alternatives(casualties['part_patterns'])}\s+{filler}*{listed}(?:\s*(?:,|\s{joint})\s+(?:{number}\s+{filler}*{noun}|{person})(?!\w))*"
        rf"|{listed}\s+{filler}*{alternatives(casualties['among_patterns'])}(?!\w)"
        rf"|,\s+{number}\s+{alternatives(casualties['of_them_patterns'])}(?!\w)(?!\s+(?:\w+\s+)?{alternatives(casualties['killed'])}(?!\w))[^,.;]*"
    )
    ages = casualties.get("age_patterns", ())
    dead = alternatives(casualties["killed"])
    hurt_people = rf"(?:{filler}{{0,2}}{alternatives(casualties['injured'])})"
    listed_verbs = {
        "killed": [*casualties["killed"], *casualties["killed_body_patterns"], *casualties["befalling_patterns"]],
        "injured": casualties["injured"],
    }
    verbs = "|".join(rf"(?P<{kind}>{alternatives(listed_verbs[kind])})" for kind in CASUALTIES)
    every = [*listed_verbs["killed"], *casualties["injured"]]
    every += [
        p for key in casualties if key.startswith(("none_", "ordinal_injured")) or key.endswith("_toll_patterns") for p in casualties[key]
    ]
    return _Words(
        lang=lang,
        trigger=words(every),
        verbs=of_small(rf"(?<!\w)(?:{verbs})(?!\w)"),
        ages=of_small(rf"(?<!\d){alternatives(ages)}(?!\w)"),
        aged=of_small(rf"(?<!\w)(?:(?P<number>{number})\s+(?:[\w-]+\s+){{0,2}}?)?{aged}(?!\w)"),
        losses=words(casualties["losses_patterns"]),
        listed=of_small(rf"\s*,\s+(?:{kin}\s+)?|\s*,?\s+{together}\s+(?:(?:{alternatives(casualties.get('further', ()))}|{kin})\s+)?"),
        coordinated=of_small(rf"(?<!\w){joint}\s+(?:{alternatives(vocabulary.table('counts')['auxiliaries'])}\s+){filler}{{0,2}}$"),
        article=of_small(alternatives(vocabulary.table("counts")["articles"])),
        caused=of_small(rf"(?<!\w){where}\s+$"),
        # "on March 10 died"
        dated=of_small(rf"(?<!\w){literals(vocabulary.table('dates')['months'])}\.?\s+$"),
        succumbed=words(vocabulary.table("dates")["aftermath_patterns"]),
        inverted=of_small(rf"(?:\s[^.;:]{{2,90}}?)?(?:\s{alternatives(vocabulary.table('counts')['auxiliaries'])}|:)\s+"),
        anew=of_small(rf"(?:\s+[\w-]+){{0,2}}\s+{joint}\s+(?:{kin}\s+)?"),
        anew_dead=of_small(rf"(?:\s+[\w-]+){{0,4}}(?:,(?:\s+{joint})?|\s+{joint})\s+(?:{kin}\s+)?"),
        befalling=words(casualties["befalling_patterns"]),
        # "Of the 21 wounded, two are on ventilators": 21 were wounded
        of_whole=re.compile(
            rf"(?P<whole>(?<!\w){alternatives(casualties['whole_patterns'])}\s+{number}\s+{hurt_people},?\s+(?:(?!{dead}(?!\w))[\w-]+\s+)?)"
            rf"(?P<part>{number})(?!\w)(?!\s+(?:[\w-]+\s+){{0,4}}?{dead}(?!\w))",
            re.IGNORECASE,
        ),
        kin=of_small(rf",\s+{kin}"),
        further=words(casualties.get("further", ())),
        more=of_small(rf"(?<!\w){alternatives(vocabulary.table('counts')['another'])}\s+$"),
        people=of_small(people),
        someone=of_small(
            rf"(?<!\w)(?:{noun}|{person}|{alternatives(casualties['groups'])}|{alternatives(casualties['one_pronoun'])})(?!\w)"
        ),
        none_of_them=words(casualties["none_of_them_patterns"]),
        single=of_small(person),
        number=re.compile(r"\d{1,3}"),
        # "at least three" wounded
        quoted=re.compile(rf"[\"“„«]({number}(?: [\w-]+){{0,2}})[\"”“»]", re.IGNORECASE),
        tolls=tuple((kind, words(casualties[f"{kind}_toll_patterns"])) for kind in CASUALTIES),
        part=words([*casualties["part_patterns"], *casualties["among_patterns"], *casualties["of_them_patterns"]]),
        parts=of_small(parts),
        made_up=of_small(rf"(?P<whole>(?<![\w-]){number}\s+{filler}{{0,4}}(?:{noun}))(?P<aside>\s[–—]\s[^–—.;:]{{3,120}}\s[–—])(?=\s)"),
        before=of_small(rf"\s*[:–—-]?\s+{filler}{{0,4}}"),
        between=of_small(rf"(?:{aside})?\s+(?:[–—-]\s+)?{filler}{{0,5}}|\s*\([^)]*\)\s+|\s*[–—-]\s+"),
        gap=casualties["gap"],
        object_gap=casualties["object_gap"],
        alone={kind: of_small(alternatives(casualties[f"{kind}_single_patterns"])) for kind in CASUALTIES},
        negated=words(casualties["negated"]),
        body=of_small(alternatives(casualties["killed_body_patterns"])),
        care=words(casualties["care_patterns"]),
        victims=words(casualties["victims_patterns"]),
        risen_before=of_small(rf"\s+{alternatives(casualties['risen_before_patterns'])}\s+"),
        to=of_small(rf"\s{alternatives(vocabulary.table('numbers')['to'])}\s|(?<=\d)[-–—](?=\d)"),
        risen_from=of_small(rf"(?<!\w){alternatives(casualties['risen_from'])}\s+$"),
        revised=of_small(rf"(?<!\w){alternatives(casualties['revised_patterns'])}\s+"),
        grown=of_small(rf"(?<!\w){alternatives(casualties['grown_patterns'])}\s+(?P<number>{number})(?=\s*(?:[.,;:!?)—–]|$))"),
    )
