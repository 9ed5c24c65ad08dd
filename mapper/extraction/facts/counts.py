"""How many drones, missiles and bombs were launched, intercepted, hit and lost, as a sentence says it.

Those lost went off the radar, were suppressed by electronic warfare or fell by themselves: they are no part of those
intercepted. Where one number stands for both ("shot down or suppressed"), all of it is intercepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from mapper.extraction.facts.destroying import is_of_a_target
from mapper.extraction.wording.numbers import number_pattern, parse, stated, without_days
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, literals, of_small, small, words
from mapper.incidents import PROJECTILES

__all__ = ["Counts", "find", "share"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of projectiles; None is unknown, and a bound ("more than 20") gives the number that is said."""

    launched: int | None = None
    intercepted: int | None = None
    hit: int | None = None
    lost: int | None = None

    @property
    def known(self) -> bool:
        """Whether any is said."""
        return self.launched is not None or self.hit is not None or self.met

    @property
    def met(self) -> bool:
        """Whether it is said how many of those launched did not get through."""
        return self.intercepted is not None or self.lost is not None


_NOTHING = Counts()

#: How long the two halves of an aside are at most that counts a part.
_LONGEST_ASIDE = 40

#: How many characters from a number the verb is looked for that has it alone.
_BESIDE = 40
#: What stands behind a number that ends what is said, if need be before the prefix of its verb: "schoss 80 ab."
_ENDS = re.compile(r'(?:\s+[^\W\d]{2})?\s*(?:[.,;!»”"]|$)')
#: What may stand between a number and the word that they were lost: "40 decoy drones disappeared", "21 – lost".
_BEFORE_LOST = r"(?:-\w+)?\s+(?:[—–-]\s+)?(?:[\w-]+\s+){0,2}?"


@lru_cache(maxsize=2048)
def find(sentence: str, lang: str = "en") -> Counts:
    """Read the counts out of one sentence; different projectiles of one verb are added up.

    Examples
    --------
    >>> find("It destroyed and intercepted 23 Ukrainian drones overnight.")
    Counts(launched=None, intercepted=23, hit=None, lost=None)
    >>> find("Air defences shot down 50 of 70 drones and two missiles.")
    Counts(launched=70, intercepted=52, hit=None, lost=None)
    >>> find("Russia launched 10 missiles and 30 drones at Kyiv, of which 35 were shot down.")
    Counts(launched=40, intercepted=35, hit=None, lost=None)
    >>> find("Of 140 drones launched, 88 were downed and 41 were lost in location.")
    Counts(launched=140, intercepted=88, hit=None, lost=41)
    """
    reading, sentence = _words(lang), without_days(sentence, lang)
    if not reading.trigger.holds(sentence):
        return Counts(launched=reading.sent(sentence)) if reading.upon.search(sentence) else _NOTHING
    told = reading.without_parts(small(sentence))
    groups = reading.in_the_air(told, reading.groups(told))
    if is_of_a_target(sentence, lang):
        return _NOTHING
    if not groups:
        return Counts(intercepted=1) if reading.is_one_downed(told) else _NOTHING
    found = {kind: reading.counted(told, kind, groups) for kind in PROJECTILES}
    totals = {kind: total for kind, (total, _) in found.items()}
    if totals["launched"] is None:
        totals["launched"] = found["intercepted"][1]
    if rest := reading.all_but.search(told):
        # "Of 29 drones, all but three were downed."
        before = (q.number for q in groups if not q.bare and q.end <= rest.start())
        totals["launched"] = totals["launched"] or (stated(rest["whole"], lang) if rest["whole"] else next(before, None))
        totals["intercepted"] = totals["launched"] and max(0, totals["launched"] - stated(rest["number"], lang))
    if totals["launched"] is None and totals["intercepted"]:
        totals["launched"] = reading.whole_of(told, groups, totals["intercepted"])
    if totals["intercepted"] is None and totals["lost"] and reading.is_part_downed(told, groups, totals["lost"]):
        totals["intercepted"], totals["lost"] = totals["lost"], None
    if totals["intercepted"] is None:
        totals["intercepted"] = totals["launched"] if reading.every.search(told) else reading.tally(told, groups)
    return Counts(**totals)


def share(entry: str, lang: str = "en") -> int | None:
    """Read how many an entry of a list counts over its place, which names no deed.

    Examples
    --------
    >>> share("26 drones over the Bryansk region;"), share("15 over Crimea"), share("It was a quiet night over Crimea.")
    (26, 15, None)
    """
    reading, told = _words(lang), small(entry)
    groups = reading.groups(told)
    counted = [q for q in groups if not q.bare or reading.is_share(told, q)]
    return sum(q.number for q in counted) if counted else None


def placed(entry: str, lang: str = "en") -> int | None:
    """Read how many an entry counts that says no more than where, whose places are left out of it: "16 – Belgorod region;".

    Examples
    --------
    >>> placed("16 –       ;"), placed("of them 12 over      , nine over       "), placed("12 shells hit       ")
    (16, 21, None)
    """
    if not _placed(lang).fullmatch(entry):
        return None
    told = [parse(m.group(), lang).best for m in _number(lang).finditer(entry)]
    return sum(n for n in told if n) or None


@cache
def _number(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?<!\d:){number_pattern(lang)}(?!\w|:\d)", re.IGNORECASE)


@cache
def _placed(lang: str) -> re.Pattern[str]:
    """Match what no more than counts, where the names of its places are left out: "Most, 43, were over"."""
    vocabulary = Vocabulary.load(lang)
    counts, places = vocabulary.table("counts"), vocabulary.table("places")
    said = [*counts["of_them_patterns"], *counts["tally_patterns"], *places["list_filler_patterns"]]
    small = alternatives([*said, *places["over_patterns"], *places["list_prepositions"], *places["separators"]])
    return re.compile(rf"(?:[^\w:]|:(?=\s)|(?<!\w){small}(?!\w)|{_number(lang).pattern})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number of projectiles, or what is said as one ("10 missiles and 30 drones").

    `bare` if it names no projectile, `vague` if it is none that was counted: "several drones".
    """

    number: int
    whole: int | None
    start: int
    end: int
    bare: bool
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    lang: str
    trigger: WordList
    quantity: re.Pattern[str]
    article: WordList
    single: re.Pattern[str]
    one_more: re.Pattern[str]
    one_before: re.Pattern[str]
    first: re.Pattern[str]
    joint: re.Pattern[str]
    far_joint: re.Pattern[str]
    respectively: re.Pattern[str]
    before_respective: re.Pattern[str]
    further: re.Pattern[str]
    auxiliary: re.Pattern[str]
    verbs: dict[str, WordList]
    participles: WordList
    adjectives: WordList
    before_participle: re.Pattern[str]
    noted: WordList
    active: re.Pattern[str]
    passive: re.Pattern[str]
    bare: re.Pattern[str]
    either: re.Pattern[str]
    before_lost: re.Pattern[str]
    lost_next: re.Pattern[str]
    elliptic: re.Pattern[str]
    listed: re.Pattern[str]
    parted: re.Pattern[str]
    of_them: re.Pattern[str]
    of_which: re.Pattern[str]
    before_share: re.Pattern[str]
    another: re.Pattern[str]
    parts: WordList
    target: re.Pattern[str]
    part_aside: re.Pattern[str]
    tallied: WordList
    every: WordList
    all_but: re.Pattern[str]
    where: re.Pattern[str]
    each: re.Pattern[str]
    places: re.Pattern[str]
    upon: re.Pattern[str]

    def without_parts(self, sentence: str) -> str:
        """Leave out what counts some of them before the verb of all: "40 drones, including 25 Shaheds, were shot down"."""
        aside = self.part_aside.search(sentence)
        if aside is None or any(verbs.search(sentence, 0, aside.end()) for verbs in self.verbs.values()):
            return sentence
        return f"{sentence[: aside.start()]} {sentence[aside.end() :]}"

    def groups(self, sentence: str) -> list[_Quantity]:
        """Find the quantities of a sentence, those that one "and" or comma joins added up."""
        found: list[_Quantity] = []
        for match in self.quantity.finditer(sentence):
            if self.article.fullmatch(match["number"]) and (match["units"] or not self.auxiliary.match(sentence, match.end())):
                continue  # "eine wurde abgefangen" counts, "eine Drohne" does not
            if not match["units"] and self.first.search(sentence, max(0, match.start() - _BESIDE), match.start()):
                continue  # "the first two were shot down at nine"
            number = stated(match["number"], self.lang)
            of = match["whole"] or match["after"]
            whole = stated(of, self.lang) if of else None
            vague = match["number"] in Vocabulary.load(self.lang).table("numbers")["vague"]
            last = found[-1] if found else None
            one = _Quantity(number, whole, match.start(), match.end(), bare=not match["units"], vague=vague)
            one = self._with_single(sentence, one, last.end if last else 0)
            respective = last and last.bare and one.bare and self.joint.fullmatch(sentence, last.end, one.start)
            follows = self.auxiliary.match(sentence, one.end) or self.of_them.match(sentence, one.end)
            if last and respective and "," not in sentence[last.end : one.start] and follows:
                # "40 drones and 6 missiles were launched; 30 and 4 were shot down", "30 and 4 of them were shot down"
                found[-1] = replace(last, number=last.number + number, end=one.end)
            elif last and respective and (said := self.respectively.match(sentence, one.end)):
                # "430 drones and 18 missiles were launched. Shot down were 405 and 14 respectively."
                found[-1] = _Quantity(last.number + number, None, last.start, said.end(), bare=True)
            elif last and respective and (said := self.before_respective.search(sentence, 0, last.start)):
                # "430 drones and 18 missiles were launched, shot down were respectively 405 and 14"
                found[-1] = _Quantity(last.number + number, None, said.start(), one.end, bare=True)
            elif last and last.bare and one.bare and self.respectively.fullmatch(sentence, last.end, one.start - 1):
                found[-1] = replace(last, number=last.number + number, end=one.end)  # "405 beziehungsweise 14"
            elif last and not last.bare and not one.bare and self._is_joined(sentence, last, one):
                wholes = [w for w in (last.whole, whole) if w is not None]
                found[-1] = _Quantity(last.number + number, sum(wholes) if wholes else None, last.start, one.end, bare=False)
            else:
                found.append(one)
        return found

    def sent(self, sentence: str) -> int | None:
        """Give how many a sentence without a verb says came down upon a place: "Eight missiles on Kharkiv", "three on a plant"."""
        full = (q for q in self.groups(small(sentence)) if not q.bare and self.upon.match(sentence, q.end))
        return sum(q.number for q in full) or None

    def _with_single(self, sentence: str, one: _Quantity, since: int) -> _Quantity:
        """Add one of another kind, which no number counts: "142 drones and a ballistic missile", "a missile and 105 drones"."""
        if one.bare or one.vague:
            return one
        if before := self.one_before.search(sentence, max(since, one.start - 2 * _BESIDE), one.start):
            one = replace(one, number=one.number + 1, start=before.start())
        more = self.one_more.match(sentence, one.end)
        if more is None or any(verbs.match(sentence, more.end() + 1) for verbs in self.verbs.values()):
            return one
        return replace(one, number=one.number + 1, end=more.end())

    def is_one_downed(self, sentence: str) -> bool:
        """Tell whether one thing was shot down, which its article or no number counts: "air defence shot down a drone over X"."""
        verbs = [v for v in self._verbs(sentence, "intercepted") if not self.adjectives.fullmatch(sentence, *v)]
        for match in self.single.finditer(sentence) if verbs else ():
            one = _Quantity(1, None, match.start(), match.end(), bare=False)
            inside = any(one.start < start and end < one.end for start, end in verbs)
            had = any(end <= one.start and self.active.fullmatch(sentence, end, one.start) for _, end in verbs)
            if not inside and (had or any(self._is_subject(sentence, one, start, end) for start, end in verbs)):
                return True
        return False

    def _is_joined(self, sentence: str, one: _Quantity, other: _Quantity) -> bool:
        gap = sentence[one.end : other.start]
        parted = "," in gap and (self.auxiliary.match(sentence, other.end) or self.lost_next.match(sentence, other.end))
        parted = parted or self.verbs["hit"].match(sentence, other.end + 1)  # "downed 55 drones and 11 drones struck eight locations"
        if self.joint.fullmatch(gap):
            return not parted
        # "two rockets of the Uragan system made in X and 12 drones"
        told = [m.start() for verbs in self.verbs.values() for m in verbs.finditer(sentence)]
        beside = any(one.end <= at < other.end + _BESIDE for at in told)
        return bool(self.far_joint.fullmatch(gap)) and bool(told) and min(told) < one.end and not beside

    def counted(self, sentence: str, kind: str, groups: list[_Quantity]) -> tuple[int | None, int | None]:
        """Give the number that verbs of one kind have for object or subject, and the whole that it is a part of."""
        verbs = self._verbs(sentence, kind)
        if not verbs:
            return None, None
        full = [q for q in groups if not q.bare and not (q.vague and kind == "hit")]
        if kind == "launched" and all(self.noted.fullmatch(sentence, *verb) for verb in verbs):
            full = [q for q in full if not self._is_downed_next(sentence, q)]
        if kind == "lost" and (gone := [q for q in groups if self._is_lost(sentence, q, verbs)]):
            return sum(q.number for q in gone), next((q.whole for q in gone if q.whole is not None), None)
        bares = (q for q in groups if full and q.bare and kind == "hit")
        if some := next((q for q in bares if self._is_part_of_it(sentence, q, full[0], verbs)), None):
            return some.number, None
        total = next((q for q in full if self.parted.search(sentence, 0, q.start)), None) if kind == "intercepted" else None
        behind = [q for q in groups if total and q.start > total.end]
        if total and any(self._is_of_downed(sentence, total, verb, behind) for verb in verbs):
            return total.number, None
        had = (
            q
            for q in behind
            if total and q.bare and any(total.end < end and self.active.fullmatch(sentence, end, q.start) for _, end in verbs)
        )
        if total and (part := next((q for q in behind if self._is_beside(sentence, q, verbs)), None) or next(had, None)):
            # "of the 112 drones launched it shot down 68", "von den 85 Drohnen fing die Luftabwehr 52 ab"
            return part.number, total.number
        # "74 abgewehrte Drohnen": the verb stands inside
        found = [q for q in full if any(q.start < start and end < q.end for start, end in verbs)]
        found = found or [q for q in full if any(end <= q.start and self.active.fullmatch(sentence, end, q.start) for _, end in verbs)]
        if not found:
            found = [q for q in full if any(self._is_subject(sentence, q, start, end) for start, end in verbs)]
        if not found and kind != "launched":
            bare = [q for q in groups if q.bare]
            found = [q for q in bare if any(q.end <= start and self._opens_or_has(sentence, q, start) for start, _ in verbs)][:1]
            found = found or [q for q in bare if self.of_which.search(sentence, 0, q.start) and self._is_beside(sentence, q, verbs)][:1]
        if not found and kind == "intercepted":
            # "219 drones were launched, shot down were 197 of them", "120 drones were launched, the air defence downed 80."
            after = (q for q in groups if q.bare and (self.of_them.match(sentence, q.end) or (full and self._stops(sentence, q, full))))
            found = [q for q in after if any(sentence[end : q.start] == " " for _, end in verbs)][:1]
            if not found:
                # a report that begins with it: "Збито 251, ще 23 втрачено."
                begins, end = verbs[0]
                after = (q for q in groups if q.bare and q.start == end + 1 and _ENDS.match(sentence, q.end))
                found = [q for q in after if begins == 0][:1]
        if not found:
            return None, None
        if kind == "launched":
            found += self._more(sentence, full, found[-1])
        elif kind == "intercepted":
            found += self._further(sentence, groups, found)
        wholes = [q.whole for q in found if q.whole is not None]
        whole = sum(wholes) if wholes else None
        if kind == "launched" and whole is not None:
            return whole, whole
        return self._sum(sentence, found), whole

    def _is_of_downed(self, sentence: str, total: _Quantity, verb: tuple[int, int], behind: list[_Quantity]) -> bool:
        """Tell whether a whole is of those shot down: "of the 85 drones downed, 43 were over X", not "of 112 drones, downed were 95"."""
        start, end = verb
        beside = start == total.end + 1 and bool(behind) and "," in sentence[end : behind[0].start]
        return beside or total.start < start < total.end

    def in_the_air(self, sentence: str, groups: list[_Quantity]) -> list[_Quantity]:
        """Leave out numbers of what was hit, and parts of them: "Five cars were damaged, two of them destroyed."."""
        kept: list[_Quantity] = []
        ground = False
        for one in groups:
            ground = one.bare and (ground or self.target.match(sentence, one.end + 1) is not None)
            if not ground:
                kept.append(one)
        return kept

    def is_part_downed(self, sentence: str, groups: list[_Quantity], number: int) -> bool:
        """Tell whether a part of those launched was "suppressed", and no other shot down: "Nine drones, seven of them suppressed"."""
        part = next((q for q in groups if q.bare and q.number == number), None)
        if part is None or not (self.of_them.match(sentence, part.end) or self.of_which.search(sentence, 0, part.start)):
            return False
        lost = list(self.verbs["lost"].finditer(sentence))
        return all(self.verbs["intercepted"].fullmatch(m.group()) for m in lost)

    def whole_of(self, sentence: str, groups: list[_Quantity], part: int) -> int | None:
        """Give how many there were in all, where no verb says so: "118 drones overnight, 101 of them shot down"."""
        first, *others = groups
        ones = (q for q in others if q.bare and q.number == part)
        told = next((q for q in ones if self.of_them.match(sentence, q.end) or self.of_which.search(sentence, 0, q.start)), None)
        if (
            told is None
            or first.bare
            or first.vague
            or first.number < part
            or any(end <= told.start for _, end in self._verbs(sentence, "intercepted"))
        ):
            return None
        return first.number

    def _sum(self, sentence: str, quantities: list[_Quantity]) -> int:
        """Add up quantities, one that was counted over each of several places as often: "nine each over A and B"."""
        return sum(q.number * self._places(sentence, q) for q in quantities)

    def _places(self, sentence: str, quantity: _Quantity) -> int:
        """Give over how many places a quantity was counted."""
        listed = self.places.match(sentence, quantity.end) if self.each.search(sentence, 0, quantity.start) else None
        return 1 + len(self.joint.findall(listed["names"])) if listed else 1

    def _opens_or_has(self, sentence: str, quantity: _Quantity, start: int) -> bool:
        """Tell whether a number without its noun is what a verb is said of: "19 were downed", at the head "Twelve shot down"."""
        opens = quantity.start == 0 and sentence[quantity.end : start] == " "
        return opens or self.bare.fullmatch(sentence, quantity.end, start) is not None

    def _stops(self, sentence: str, quantity: _Quantity, full: list[_Quantity]) -> bool:
        """Tell whether a number has no noun of its own: "it downed 71 in the south", "it downed 101 and suppressed 48 drones"."""
        goes_on = quantity.end < full[-1].start and self.joint.match(sentence, quantity.end)
        return bool(goes_on) or self._ends(sentence, quantity.end)

    def _ends(self, sentence: str, at: int) -> bool:
        """Tell whether a number ends what is said, but for where it was: "shot down 71 in the south"."""
        return bool(_ENDS.match(sentence, at) or self.where.match(sentence, at))

    def _is_beside(self, sentence: str, quantity: _Quantity, verbs: list[tuple[int, int]]) -> bool:
        """Tell whether a number stands right behind a verb, or is what it says was done to."""
        return any(
            sentence[end : quantity.start] == " " or (quantity.end <= start and self.passive.fullmatch(sentence, quantity.end, start))
            for start, end in verbs
        )

    def _is_part_of_it(self, sentence: str, quantity: _Quantity, all_of_it: _Quantity, verbs: list[tuple[int, int]]) -> bool:
        """Tell whether a number before a verb is a part of those counted before: "ten drones attacked X, two of them hit a shop"."""
        if quantity.start < all_of_it.end or quantity.number > all_of_it.number:
            return False
        of_them = self.of_them.match(sentence, quantity.end)
        end = of_them.end() if of_them else quantity.end
        return any(sentence[end:start] == " " for start, _ in verbs)

    def _is_downed_next(self, sentence: str, quantity: _Quantity) -> bool:
        """Tell whether a number stands right before what says that they were shot down: "The ministry counted 42 drones destroyed"."""
        downed = self.verbs["intercepted"].match(sentence, quantity.end + 1)
        return downed is not None and self.participles.fullmatch(downed.group()) is not None

    def _further(self, sentence: str, groups: list[_Quantity], found: list[_Quantity]) -> list[_Quantity]:
        """Give the shares of other places: "31 drones were shot down over A, 19 over B and another three over C"."""
        shares = [q for q in groups if q.bare and q.start > found[-1].end and self.is_share(sentence, q)]
        if not shares or self._sum(sentence, shares) == self._sum(sentence, found):
            return []
        of_all = self.of_them.match(sentence, found[-1].end)  # "20 of them over A, 12 over B"
        told = sentence[of_all.end() if of_all else found[-1].end : shares[0].start]
        listed = ":" not in told and all(self.listed.search(sentence, 0, q.start) for q in shares)
        if not listed or self.parts.search(told):
            return []  # "45 drones were shot down, including 12 over A and 10 over B"
        more = any(self.another.search(sentence, 0, q.start) for q in shares)
        placed = more or self.elliptic.search(told) or self.before_share.search(sentence, 0, shares[0].start)
        return shares if placed else []

    def is_share(self, sentence: str, quantity: _Quantity) -> bool:
        """Tell whether a number is told of a place: "19 over B"."""
        return bool(self.elliptic.match(sentence, quantity.end) or self.before_share.search(sentence, 0, quantity.start))

    def tally(self, sentence: str, groups: list[_Quantity]) -> int | None:
        """Give the number that those shot down have risen to: "The number of downed drones has risen to eight."."""
        said = self.tallied.search(sentence)
        after = (q.number for q in groups if said and said.end() < q.start <= said.end() + _BESIDE)
        return next(after, None)

    def _is_lost(self, sentence: str, quantity: _Quantity, verbs: list[tuple[int, int]]) -> bool:
        """Tell whether a number stands before the word that they were lost, and no other verb has it."""
        for start, end in verbs:
            near = self.before_lost.fullmatch(sentence, quantity.end, start)
            if near or (not quantity.bare and self._is_subject(sentence, quantity, start, end)):
                return not self.verbs["intercepted"].search(sentence, quantity.end, start)
        return False

    def _verbs(self, sentence: str, kind: str) -> list[tuple[int, int]]:
        """Give where the verbs of one kind stand: "suppressed" is a loss if it stands alone, one word with "shot down or" before it."""
        found = [m.span() for m in self.verbs[kind].finditer(sentence)]
        if kind == "hit":
            return found
        downed = [m.span() for m in self.verbs["intercepted"].finditer(sentence)]
        if kind == "launched":  # "repelled an attack of four drones"; "hits by 29 drones were recorded"
            hits = [m.end() for m in self.verbs["hit"].finditer(sentence)]
            found = [(s, e) for s, e in found if not (self.noted.fullmatch(sentence, s, e) and any(end < s for end in hits))]
            return [(s, e) for s, e in found if not any(s < end and start < e for start, end in downed)]
        lost = [
            (start, end)
            for start, end in (m.span() for m in self.verbs["lost"].finditer(sentence))
            if not any(
                self.either.fullmatch(sentence, to, start) or self.either.fullmatch(sentence, end, since)
                for since, to in downed
                if not (since < end and start < to)
            )
        ]
        return lost if kind == "lost" else [(s, e) for s, e in downed if not any(s < end and start < e for start, end in lost)]

    def _more(self, sentence: str, full: list[_Quantity], last: _Quantity) -> list[_Quantity]:
        """Give what a verb has besides, further on: "with 142 drones from Kursk, as well as with five missiles"."""
        more: list[_Quantity] = []
        for one in full:
            if one.start > last.end and one.whole is None and self.further.search(sentence, last.end, one.start):
                told = sentence[last.end : one.start]
                if told.endswith(": ") or any(verbs.search(told) for verbs in self.verbs.values()):
                    break  # "551 targets: 18 missiles and 533 drones"
                more.append(one)
        return more

    def _is_subject(self, sentence: str, quantity: _Quantity, start: int, end: int) -> bool:
        if quantity.end > start:
            return False
        if self.passive.fullmatch(sentence, quantity.end, start):
            return True
        stands = self.before_participle.fullmatch(sentence, quantity.end, start)
        return bool(stands and self.participles.fullmatch(sentence, start, end))


@cache
def _words(lang: str) -> _Words:
    vocabulary = Vocabulary.load(lang)
    counts = vocabulary.table("counts")
    number = number_pattern(lang)
    units = rf"{alternatives(counts['units'])}(?!\w)"
    whole = rf"\s+{alternatives(counts['of'])}\s+(?P<whole>{number})"
    of = rf"(?:{alternatives(counts['before_units'])}\s+)?"
    after = rf"\s+{alternatives(counts['of_after'])}\s+(?P<after>{number})"
    # "On 11 November a drone hit a house.": a date counts nothing
    months = literals(vocabulary.table("dates")["months"])
    quantity = rf"(?P<number>{number})(?!\s+{months}(?!\w))(?:{whole})?(?:\s+{of}(?P<units>{units})[»”\"]?(?:{after})?)?"
    joints = alternatives(counts["joints"])
    upon, target = (alternatives(vocabulary.table("targets")[key]) for key in ("upon_patterns", "patterns"))
    another = alternatives(counts["another"])
    named = r"(?:\s[«“„\"][^»”“\"]{2,20}[»”“\"])"
    after_single = [*vocabulary.table("places")["list_prepositions"], *counts["beside"], *counts["of"], *counts["joints"]]
    article = alternatives(counts["articles"])
    one = rf"{article}\s+" if counts["articles"] else ""
    single = rf"{alternatives(counts['one_more'])}(?!\w)(?:{named}|\s[\w-]*\d[\w-]*)?"
    casualties = vocabulary.table("casualties")
    of_them = alternatives(counts["of_them_patterns"])
    each = alternatives(casualties["each"])
    place = r"[^\W\d]\w*(?:\s+[^\W\d]\w*)?"
    return _Words(
        lang=lang,
        trigger=words([verb for kind in PROJECTILES for verb in counts[kind]]),
        quantity=of_small(quantity),
        article=words(counts["articles"]),
        single=of_small(rf"(?<!\w){one}{alternatives(counts['single_units'])}(?!\w)"),
        one_more=of_small(
            rf"[»”\"]?{named}?(?:,|\s+{joints})\s+(?:{article}\s+)?{single}"
            rf"(?=(?:\s+[^\W\d]{{2}})?\s*(?:[,.;:)»”—–-]|$)|\s{alternatives(after_single)}\s)"
        ),
        first=of_small(rf"(?<!\w){alternatives(counts['first_patterns'])}\s+$"),
        one_before=of_small(rf"(?<![\w-]){one}{single}(?:,|\s+{joints})\s+$"),
        joint=of_small(rf"[»”\"]?,?\s*(?:{joints}|,)\s+"),
        far_joint=of_small(rf"[»”\"]?(?:\s+[«“„\"]?[^\W\d][\w./-]*[»”\"]?){{0,8}}?(?:,|,?\s+{joints})\s+"),
        respectively=of_small(rf",?\s+{alternatives(counts['respectively'])}(?!\w)"),
        before_respective=of_small(rf"(?<!\w){alternatives(counts['respectively'])},?\s+$"),
        further=of_small(rf"(?<!\w){joints}\s+(?:\w+\s+)?$"),
        auxiliary=of_small(rf"\s+{alternatives([*counts['auxiliaries'], r'(?!)'])}(?!\w)"),
        verbs={kind: words(counts[kind]) for kind in PROJECTILES},
        participles=words(counts["participles"]),
        adjectives=words(counts["adjectives"]),
        before_participle=of_small(alternatives(counts["before_participle_patterns"])),
        noted=words(counts["noted"]),
        active=of_small(alternatives(counts["active_between_patterns"])),
        passive=of_small(alternatives(counts["passive_between_patterns"])),
        bare=of_small(alternatives(counts["bare_between_patterns"])),
        either=of_small(rf"\s*(?:/|\s{alternatives(counts['either'])}\s+(?:[^\W\d]\w*\s)?)\s*"),
        before_lost=re.compile(_BEFORE_LOST),
        lost_next=of_small(rf"{_BEFORE_LOST}{alternatives(counts['lost'])}(?!\w)"),
        listed=of_small(rf"(?:,|;|(?<!\w){joints})\s+(?:{another}\s+)?(?:{each}\s+)?(?:{alternatives(counts['share_before_patterns'])})?$"),
        of_them=of_small(rf"\s+{of_them}(?!\w)"),
        of_which=of_small(rf"(?<!\w){of_them}\s+(?:[^\W\d]\w*\s+){{0,5}}?$"),
        before_share=of_small(rf"(?<!\w){alternatives(counts['share_before_patterns'])}$"),
        another=of_small(rf"(?<!\w){another}\s+$"),
        parts=words(casualties["part_patterns"]),
        target=of_small(rf"{alternatives(vocabulary.table('targets')['patterns'])}(?!\w)"),
        part_aside=of_small(
            rf",\s+{alternatives(casualties['part_patterns'])}\s[^.;:]{{0,{_LONGEST_ASIDE}}}?{number}[^,.;:]{{0,{_LONGEST_ASIDE}}},\s"
        ),
        tallied=words(counts["tallied_patterns"]),
        every=words(counts["all_patterns"]),
        all_but=of_small(rf"(?<!\w){alternatives(counts['all_but_patterns'])}\s+(?P<number>{number})(?:,?{whole})?"),
        where=of_small(rf"\s+{alternatives(vocabulary.table('places')['list_prepositions'])}\s+(?!\d)"),
        each=of_small(rf"(?<!\w){each}\s+$"),
        places=of_small(rf"(?:\s+\S+){{0,4}}?\s+(?P<names>{place}(?:,\s+{place})*\s+{joints}\s+[^\W\d]\w*)"),
        upon=re.compile(rf"[»”\"]?\s(?i:{upon})\s(?:[^\W\d_a-zà-ÿа-яёіїєґ]|(?i:{target})(?!\w))"),
        parted=of_small(rf"(?<!\w){alternatives(counts['of'])}\s+(?:\w+\s+)?$"),
        elliptic=of_small(alternatives(counts["elliptic_patterns"])),
    )
