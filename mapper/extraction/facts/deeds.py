"""What happened: the action and the weapon that a clause tells, and so its type in the taxonomy.

Words alone are not enough: "cyberattack" and "strike a deal" are no strikes, "would strike" and
"was not hit" did not happen, and "since August" is background.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from mapper.extraction.facts import casualties, counts
from mapper.extraction.facts.destroying import is_of_a_target
from mapper.extraction.facts.supposing import without_supposed
from mapper.extraction.wording.numbers import number_pattern
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import Lexicon, WordList, alternatives

if TYPE_CHECKING:
    from mapper.taxonomy import Taxonomy

__all__ = [
    "Deed",
    "actor",
    "armed",
    "counts_attacks",
    "elliptic",
    "find",
    "has_damage",
    "has_evidence",
    "has_harm",
    "is_accident",
    "is_at_sea",
    "is_background",
    "is_denial",
    "is_from_the_air",
    "is_hypothetical",
    "is_of_debris",
    "is_on_open_ground",
    "is_reaction",
    "is_rehearsal",
    "is_total",
    "target",
    "weapons",
    "without_exclusions",
]


#: How many clauses are kept, each of which is asked about several times while it is read.
_CLAUSES = 64
#: What is done between troops, and to none who is shot by himself.
_FOUGHT = frozenset({"capture", "combat"})
#: What others condemn, fear and discuss.
_REACTED_TO = frozenset({"strike", "sabotage"})
#: How many characters before the name of a weapon that was struck the verb may begin.
_BEFORE_HIT = 90
#: How many characters before its weapon, and how many words in all, an entry without a verb has.
_BEFORE_WEAPON, _ELLIPTIC_WORDS = 25, 14
#: How many characters before an action "not a single" may begin.
_BEFORE_NONE = 40
#: How many words may stand before the weapon that an item begins with.
_BEFORE_FALLING = 2
#: How many characters before "downed" the word for debris may begin.
_BEFORE_DEBRIS = 60
#: What flies, and with boats what no saboteur lays; an attack with drones and missiles is of neither kind.
_FLYING = frozenset({"drone", "missile", "bomb", "artillery"})
_UNLAID = _FLYING | {"naval"}
_FLOWN = frozenset({"drone", "missile", "bomb"})
#: What a charge that somebody laid is told with, and the lists of its words and of what it is laid to.
_BLASTS = frozenset({"explode", "strike"})
_LAID = ("charge_patterns", "line_patterns")
_MIXED = frozenset({"drone", "missile"})
_SHELLED = frozenset({"drone", "artillery"})
_ANYTHING = re.compile(r".+", re.DOTALL)
#: Between a weapon and the verb that it is the subject of.
_BESIDE = re.compile(r"[»”\"]? (?:[\w-]+ ){0,2}[«„“\"]?")
#: The same, or a colon, or who says it: "A new explosion: a glide bomb tore up a road", "A drone, he said, exploded".
_BESIDE_OR_AFTER = re.compile(r"[»”\":]?(?:, [^,.;:]{3,60},)? (?:[\w-]+ ){0,2}[«„“\"]?")
#: An adjective that two others are joined to, in a Slavic language.
_COMPOUND = re.compile(r"(?<![\w-])([а-яёіїєґ]{3,}[оеє])-([а-яёіїєґ]{4,})(?![\w-])", re.IGNORECASE)
#: What stands between the name or the time that heads an item and what it tells.
_HEADS = re.compile(r"[:–—•-]\s|\d\s|,\s")
#: The end of a quotation, and what stops its clause.
_CLOSED = re.compile(r"[“”»\"]([,.;]|$)")
#: How many words a name in quotation marks has at most.
_NAME_WORDS = 3
_QUOTATION = re.compile(r'["“”„«»]')


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that a clause tells, with its weapons in the order of the text.

    `start` and `end` are the characters of its action in the clause.
    """

    type: str
    action: str
    weapons: tuple[str, ...]
    start: int
    end: int


def find(clause: str, taxonomy: Taxonomy, lang: str = "en") -> Deed | None:
    """Find what a clause says has happened; None where it tells no event.

    Examples
    --------
    >>> from mapper.taxonomy import Taxonomy
    >>> find("Russian drones struck a house in Sumy.", Taxonomy.load()).type
    'drone_strike'
    >>> find("He said Russia would have the right to strike countries.", Taxonomy.load())
    """
    vocabulary = Vocabulary.load(lang)
    told = _CLOSED.sub(_stop_first, _affirmed(without_exclusions(clause, lang), lang))
    if is_hypothetical(clause, lang) or not told.strip():
        return None
    found = [(action, match) for action, names in _lexicon(taxonomy, "actions", lang).in_(told) if (match := _first(names, told, lang))]
    # "Russia launched 85 drones, 60 of them were shot down": who counts first what was launched tells the attack.
    if (
        len(found) > 1
        and found[0][0] == "intercept"
        and found[1][1].start() < found[0][1].start()
        and counts.find(clause, lang).launched is not None
    ):
        found = found[1:]
    # "debris of downed drones": what fell, not what was shot down.
    fell = found and found[0][0] == "intercept" and _is_of_debris(told, found[0][1], lang)
    if fell and (len(found) > 1 or _effect(told, taxonomy, lang)):
        found = found[1:]
    named = weapons(told, taxonomy, lang)
    if found and found[0][0] == "explode" and (named[:1] == ("naval",) or _went_off(told, found[0][1], taxonomy, lang)):
        found = [("strike", found[0][1]), *found[1:]]  # "A glide bomb exploded in the outskirts.", "A sea mine blew a hole in a ship."
    if [action for action, _ in found] == ["explode"] and (did := _done_by_air(told, found[0][1], taxonomy, lang)):
        found = [("strike", did)]  # "The town heard a blast, for a drone reached the plant."
    if [action for action, _ in found] == ["strike", "explode"] and _BESIDE.fullmatch(told, found[1][1].end(), found[0][1].start()):
        found = found[1:]  # "An explosion ripped through a garage."
    if found and found[0][0] == "intercept" and is_of_a_target(clause, lang):
        found = [("strike", found[0][1])]  # "A drone destroyed a house."
    # "Explosions were heard, the air defence is at work": what it works on is not said.
    if [action for action, _ in found] == ["intercept", "explode"] and not named and not counts.find(clause, lang).known:
        found = found[1:]
    if found and found[0][0] == "intercept" and named and "naval" not in named and _gets_through(clause, lang):
        found = [("strike", found[0][1])]
    # "They shot dead captured soldiers near X": no place was taken; "A general was shot at in X": and nobody fought.
    if len(found) > 1 and found[-1][0] == "execute" and (found[0][0] in _FOUGHT or (found[0][0] == "strike" and not named)):
        found = found[-1:]
    # "A sniper hit an angler", "The drone flew into the airspace of X": what else is told by a part of it.
    if len(found) > 1 and found[0][0] == "strike" and found[-1][0] == "execute" and _is_within(found[0][1], found[-1][1]):
        found = found[-1:]
    # "They pushed towards X but were driven back": no place was taken.
    if [action for action, _ in found[:2]] == ["capture", "combat"] and _is_within(found[0][1], found[1][1]):
        found = found[1:]
    # "They drove off a group of saboteurs": nothing was sabotaged.
    if [action for action, _ in found[:2]] == ["sabotage", "combat"] and found[1][1].start() < found[0][1].start() < found[1][1].end():
        found = found[1:]
    # "Drones set a refinery on fire": no sabotage.
    if found and found[0][0] == "sabotage" and (_UNLAID & set(named) or _tells_of_debris(told, lang)):
        found = found[1:] if len(found) > 1 and found[1][0] == "strike" else [("strike", found[0][1]), *found[1:]]
    if not found and (named or _tells_of_debris(told, lang)) and (match := _effect(told, taxonomy, lang) or _falling(told, taxonomy, lang)):
        found = [("explode" if named[:1] == ("mine",) else "strike", match)]
    found = _on_the_front(found, told, vocabulary) if not named else found
    # A charge exploded on the rails: laid by somebody.
    if found and found[0][0] in _BLASTS and not _UNLAID & set(named) and all(vocabulary.holds("sabotage", k, told) for k in _LAID):
        found = [("sabotage", found[0][1]), *found]
    if found and found[0][0] in _REACTED_TO and is_reaction(clause, lang):
        return None
    for action, match in found:
        weapon = "naval" if action == "strike" and _is_hit_at_sea(told, clause, lang) else _chief(named)
        if action == "strike" and weapon != "naval" and _is_mixed(told, taxonomy, lang) and (kind := taxonomy.type_of(action, "")):
            return Deed(kind, action, named, match.start(), match.end())
        if kind := taxonomy.type_of(action, weapon):
            return Deed(kind, action, named, match.start(), match.end())
    return None


def _is_within(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether an expression is a part of another that goes on."""
    return other.start() <= one.start() and one.end() < other.end()


def _stop_first(closed: re.Match[str]) -> str:
    """Put the stop before the mark: "„Der Feind hat Poltawka besetzt“, heißt es" ends as it does without a quotation.

    A name in quotation marks stays as it is: "из «Смерчей»."
    """
    before = closed.string[: closed.start()]
    opened = max(before.rfind(mark) for mark in '«„“"»')
    if opened >= 0 and len(before[opened:].split()) <= _NAME_WORDS:
        return closed.group()
    return (closed[1] or ".") + " " * len(closed[1])


#: "FPV – into a bus": what a weapon did, without a verb.
_DASHED = re.compile(r"\w*[»”\"]?\s[–—]\s")


def elliptic(rest: str, taxonomy: Taxonomy, lang: str, *, headed: bool = False) -> Deed | None:
    """Find what an entry of a bulletin tells without a verb after its place: "X — mortars, artillery", "X: drone at a bus".

    Below a place that stands alone, `headed`, a target tells that it is no alert: "X. A cruise missile at a gas plant.".
    """
    told = _affirmed(without_exclusions(rest, lang), lang)
    armed = [one for one in _armed(told, taxonomy, lang) if one[2] in _FLYING]
    if not armed or armed[0][0] > _BEFORE_WEAPON or len(rest.split()) > _ELLIPTIC_WORDS or is_hypothetical(rest, lang):
        return None
    named = tuple(weapon for _, _, weapon in armed)
    aimed = _upon_target(lang).match(told, armed[-1][1])
    if (
        "artillery" not in named
        and not aimed
        and not casualties.find(told, lang).known
        and not (headed and (target(rest, lang) or _DASHED.match(told, armed[0][1])))
    ):
        return None  # "Sumy: a drone" is an alert.
    kind = taxonomy.type_of("strike", "" if _is_mixed(told, taxonomy, lang) else _chief(named))
    return Deed(kind, "strike", named, armed[0][0], armed[0][1]) if kind else None


def _on_the_front(found: list[tuple[str, re.Match[str]]], told: str, vocabulary: Vocabulary) -> list[tuple[str, re.Match[str]]]:
    """Read an attack without a weapon on a stretch of the front as one of infantry: "Lyman sector: 12 attacks near Zarichne"."""
    pressed = vocabulary.pattern("front", "pressed_patterns")
    if (found and found[0][0] != "strike") or not vocabulary.holds("front", "sector_patterns", told):
        return found
    match = found[0][1] if found else pressed.search(told)
    return [("combat", match)] if match and pressed.fullmatch(match.group()) else found


def _first(names: WordList, told: str, lang: str) -> re.Match[str] | None:
    """Give the first word for an action that is not said to have been none: "no clashes, but two strikes", "has not fallen"."""
    no = Vocabulary.load(lang).pattern("exclusions", "not_patterns")
    told_of = (m for m in names.finditer(told) if not _is_none(told, m.start(), lang))
    return next((m for m in told_of if not no.search(m.group())), None)


def _is_none(told: str, start: int, lang: str) -> bool:
    """Tell whether there was none of what begins at a character: "not a single new strike"."""
    return _before("exclusions", "none_patterns", lang).search(told, max(0, start - _BEFORE_NONE), start) is not None


def _is_undone(told: str, start: int, lang: str) -> bool:
    """Tell whether what begins at a character was not done: "Not one of the drones reached the city", "did not explode"."""
    return _before("casualties", "negated", lang).search(told, max(0, start - _BEFORE_NONE), start) is not None


@cache
def _before(table: str, key: str, lang: str) -> re.Pattern[str]:
    """Match a word of a list at the end of a text."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table(table)[key])}\s+$", re.IGNORECASE)


def _affirmed(told: str, lang: str) -> str:
    """Blank out what is said not to have happened: all of a clause, or what stands before or after its "but"."""
    vocabulary = Vocabulary.load(lang)
    if not vocabulary.holds("exclusions", "negation_patterns", _unquoted(told)):
        return told
    but = vocabulary.pattern("clauses", "but").search(told)
    parts = (told[: but.start()], told[but.start() :]) if but else (told,)
    negated = (vocabulary.holds("exclusions", "negation_patterns", _unquoted(part)) for part in parts)
    return "".join(" " * len(part) if no else part for part, no in zip(parts, negated, strict=True))


def _effect(told: str, taxonomy: Taxonomy, lang: str) -> re.Match[str] | None:
    """Give what a weapon did, whatever the verb: "A glide bomb ruined three houses", "Three were hurt by drones"."""
    vocabulary = Vocabulary.load(lang)
    if has_harm(told, lang):
        return vocabulary.pattern("targets", "harm").search(told)
    violence = vocabulary.pattern("targets", "violence_patterns").finditer(told)
    if did := next((m for m in violence if not _is_undone(told, m.start(), lang)), None):
        return did
    after = vocabulary.pattern("targets", "did_patterns")
    if done := next((m for _, end, weapon in _armed(told, taxonomy, lang) if weapon != "mine" and (m := after.match(told, end + 1))), None):
        return done
    return _ANYTHING.search(told) if casualties.find(told, lang).hurt else None


def _gets_through(clause: str, lang: str) -> bool:
    """Tell whether an attack that is being repelled hurt people, and nothing is counted: "As drones were repelled, a man was hurt"."""
    return casualties.find(clause, lang).hurt and not counts.find(clause, lang).known


def _is_of_debris(told: str, downed: re.Match[str], lang: str) -> bool:
    """Tell whether what is said to have been shot down is what debris is of: "Reste einer abgeschossenen Drohne"."""
    debris = Vocabulary.load(lang).pattern("targets", "debris").search(told, max(0, downed.start() - _BEFORE_DEBRIS))
    return debris is not None and debris.start() < downed.start()


def _went_off(told: str, verb: re.Match[str], taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether what exploded is a weapon that flies, named right beside the verb, and no charge that somebody laid."""
    laid = Vocabulary.load(lang).pattern("targets", "any_bomb_patterns")
    gaps = (
        (told[end : verb.start()] if end <= verb.start() else told[verb.end() : start])
        for start, end, weapon in _armed(told, taxonomy, lang)
        if weapon in _FLOWN and not laid.fullmatch(told, start, end)
    )
    return any(_BESIDE_OR_AFTER.fullmatch(gap) for gap in gaps)


def _done_by_air(told: str, verb: re.Match[str], taxonomy: Taxonomy, lang: str) -> re.Match[str] | None:
    """Give what a weapon that flies did in another part of a sentence than that which tells of a blast."""
    laid = Vocabulary.load(lang).pattern("targets", "any_bomb_patterns")
    armed = [one for one in _armed(told, taxonomy, lang) if one[2] in _FLOWN and not laid.fullmatch(told, *one[:2])]
    if not armed or has_harm(told[: verb.end()], lang):
        return None
    violence = Vocabulary.load(lang).pattern("targets", "violence_patterns").finditer(told)
    beside = (m for m in violence if m.end() <= verb.start() or m.start() >= verb.end())
    return next((m for m in beside if any(_BESIDE.fullmatch(told, end, m.start()) for _, end, _ in armed)), None)


def _is_hit_at_sea(told: str, clause: str, lang: str) -> bool:
    """Tell whether a ship was hit on the open sea: an attack there is a naval one, whatever the weapon."""
    return is_at_sea(told, lang) and counts.find(clause, lang).launched is None  # "Missiles were launched from ships in the Black Sea."


def _falling(told: str, taxonomy: Taxonomy, lang: str) -> re.Match[str] | None:
    """Give the weapon of an item without a verb: "Artillery on Bilozerka", "Nikopol: mortars, no casualties"."""
    armed = _armed(told, taxonomy, lang)
    head = _HEADS.split(told[: armed[0][0]])[-1] if armed else ""
    counted = _counted(lang).search(head.rstrip(' «„“"'))
    if not armed or len(head[: counted.start() if counted else None].split()) > _BEFORE_FALLING:
        return None
    before = told[: armed[0][0]].strip(' «„“"')
    begins = not before or _counted(lang).search(before)
    falls = _upon(lang).match(told, armed[-1][1]) or (begins and _upon_target(lang).match(told, armed[-1][1]))
    return _ANYTHING.search(told, *armed[0][:2]) if falls or casualties.find(told, lang).known else None


@cache
def _counted(lang: str) -> re.Pattern[str]:
    """Match the number of weapons, with what they are like, at the end of a text: "Ночью шесть", "две баллистические"."""
    adjective = alternatives(Vocabulary.load(lang).table("claims")["before_teller_patterns"])
    return re.compile(rf"(?<!\w){number_pattern(lang)}(?:\s+{adjective})?$", re.IGNORECASE)


@cache
def _upon(lang: str) -> re.Pattern[str]:
    """Match the place that a weapon is said to have come down on, behind how many: "«шахеди», вісім штук, по Одесі"."""
    upon = alternatives(Vocabulary.load(lang).table("targets")["upon_patterns"])
    return re.compile(rf"[»”\"]?(?:, [\w.: -]{{3,30}},)? (?i:{upon}) (?:[\w-]+ )?[^\W\d_a-zà-ÿа-яёіїєґ]")


@cache
def _upon_target(lang: str) -> re.Pattern[str]:
    """Match what a weapon is said to have come down on: "«Геранями» по энергообъекту в Нежине", "Ракетой по порту"."""
    targets = Vocabulary.load(lang).table("targets")
    upon, target = alternatives(targets["upon_patterns"]), alternatives(targets["patterns"])
    return re.compile(rf"[»”\"]?(?: [—–-])? {upon} (?:[\w-]+ ){{0,2}}?{target}(?!\w)", re.IGNORECASE)


def _chief(weapons: tuple[str, ...]) -> str:
    """Give the weapon that an event is called by: the first named, but what was shelled, with drones too, was shelled."""
    return "artillery" if _FLYING & set(weapons) == _SHELLED else weapons[0] if weapons else ""


def _is_mixed(told: str, taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether an attack is of no one kind: "missiles and 60 drones", "shelling and drone attacks"."""
    flying = [(start, end, weapon) for start, end, weapon in _armed(told, taxonomy, lang) if weapon in _FLYING]
    named = {weapon for _, _, weapon in flying}
    joined = any(_and(lang).fullmatch(told, one[1], other[0]) for one, other in pairwise(flying))
    return named >= _MIXED or len(named) > len(_MIXED) or joined or _is_compound(told, taxonomy, lang)


def _is_compound(told: str, taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether one adjective is made of two kinds of weapons: "ракетно-дроновий удар", "мінометно-артилерійський" of one."""
    halves = ([weapons(half, taxonomy, lang)[:1] for half in match.groups()] for match in _COMPOUND.finditer(told))
    return any(one and other and one != other and {*one, *other} <= _FLYING for one, other in halves)


def _is_hit(told: str, weapon: re.Match[str], lang: str) -> bool:
    """Tell whether a weapon is what was struck, and not what it was struck with: "the crew destroyed two howitzers and a mortar"."""
    hit = _hit(lang)
    return bool(hit and hit[1].fullmatch(weapon.group()) and hit[0].search(told, max(0, weapon.start() - _BEFORE_HIT), weapon.start()))


@cache
def _hit(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Match what stands before the name of a weapon that was struck, and such names, in a language that has words for it."""
    table = Vocabulary.load(lang).table("targets")
    if not table["struck_patterns"]:
        return None
    before, names = (alternatives(table[key]) for key in ("struck_patterns", "struck_weapons_patterns"))
    return re.compile(rf"(?<!\w){before}$", re.IGNORECASE), re.compile(names, re.IGNORECASE)


@cache
def _and(lang: str) -> re.Pattern[str]:
    """Match what stands between two weapons of one attack: "drones and artillery", "drones, mortars and a Grad", "ракетно-бомбовий"."""
    joint = alternatives(Vocabulary.load(lang).table("clauses")["weapon_joints"])
    comma = r"" if joint == alternatives(()) else r"|,"
    return re.compile(rf"[»”\"]?(?:[\s-]\w+){{0,2}}(?:\s+{joint}{comma})\s+(?:[\w-]+,?\s+){{0,3}}[«“„\"]?|-", re.IGNORECASE)


@lru_cache(maxsize=_CLAUSES)
def _unquoted(clause: str) -> str:
    return _QUOTATION.sub("", clause)


@lru_cache(maxsize=_CLAUSES)
def without_exclusions(clause: str, lang: str = "en") -> str:
    """Blank out what holds an action's word and is no action of this clause, or only supposed; characters keep their places."""
    told = without_supposed(clause, lang) or clause
    return Vocabulary.load(lang).pattern("exclusions", "patterns").sub(lambda m: " " * len(m.group()), told)


def is_rehearsal(title: str, lang: str = "en") -> bool:
    """Tell whether a title is that of an exercise, which attacks nobody: "Reservists rehearse a drone attack"."""
    vocabulary = Vocabulary.load(lang)
    real = vocabulary.holds("exclusions", "done_patterns", title) or casualties.find(title, lang).hurt
    return vocabulary.holds("exclusions", "rehearsal_patterns", title) and not real


@lru_cache(maxsize=_CLAUSES)
def is_hypothetical(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks of what may happen, might have happened or is only rehearsed, supplied or planned."""
    vocabulary, told = Vocabulary.load(lang), _unquoted(clause)
    if vocabulary.holds("exclusions", "hypothetical_patterns", told):
        return without_supposed(clause, lang) is None
    if not vocabulary.holds("exclusions", "topical_patterns", told):
        return False
    # "Drones hit a plant that makes missiles": done, whatever else the sentence speaks of.
    done = vocabulary.holds("exclusions", "done_patterns", told) or casualties.find(clause, lang).hurt
    return not (done or has_harm(clause, lang))


def is_accident(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks of what happens without any war: "A man died in a fire caused by a faulty heater."."""
    return Vocabulary.load(lang).holds("exclusions", "accident_patterns", clause)


@lru_cache(maxsize=_CLAUSES)
def is_denial(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause denies an event: "the General Staff denied the capture of Pokrovsk"."""
    return Vocabulary.load(lang).holds("exclusions", "denial_patterns", _unquoted(clause))


@lru_cache(maxsize=_CLAUSES)
def is_reaction(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks about attacks and tells none: who condemned, feared or discussed them, or got used to them."""
    vocabulary = Vocabulary.load(lang)
    if not vocabulary.holds("exclusions", "reaction_patterns", clause) or vocabulary.holds("exclusions", "done_patterns", clause):
        return False
    return not (casualties.find(clause, lang).hurt or has_harm(clause, lang) or counts.find(clause, lang).known)


@lru_cache(maxsize=_CLAUSES)
def is_background(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks of earlier times rather than of the news, which "the largest attack since the war began" is."""
    vocabulary = Vocabulary.load(lang)
    if not vocabulary.holds("exclusions", "background_patterns", clause):
        return False
    news = vocabulary.pattern("exclusions", "ranked_patterns").sub(lambda m: " " * len(m.group()), clause)
    return news is clause or vocabulary.holds("exclusions", "background_patterns", news)


def is_at_sea(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks of a ship on the open sea: "The tanker was on its way to X in the Black Sea"."""
    vocabulary = Vocabulary.load(lang)
    return vocabulary.holds("targets", "ships_patterns", clause) and vocabulary.holds("targets", "at_sea_patterns", clause)


def has_evidence(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause names a target or damage, so that an action's word means what it says."""
    vocabulary = Vocabulary.load(lang)
    return any(vocabulary.pattern("targets", key).search(clause) for key in ("patterns", "damage"))


def has_damage(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause speaks of damage."""
    return bool(Vocabulary.load(lang).pattern("targets", "damage").search(clause))


def has_harm(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause tells as news what was done to a target: "пошкоджено дві оселі"."""
    vocabulary = Vocabulary.load(lang)
    told = vocabulary.pattern("targets", "harm").search(clause) and vocabulary.pattern("targets", "patterns").search(clause)
    return bool(told) and not vocabulary.pattern("exclusions", "negation_patterns").search(clause)


def is_of_debris(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause tells what debris did, without naming what it is of."""
    return bool(Vocabulary.load(lang).pattern("targets", "debris").search(clause))


def is_on_open_ground(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause says that debris came down where nothing stands, and hit nothing: "The wreckage fell in a field."."""
    falls = is_of_debris(clause, lang) and Vocabulary.load(lang).pattern("targets", "open_ground_patterns").search(clause)
    return bool(falls) and not has_harm(clause, lang) and not casualties.find(clause, lang).hurt


def _tells_of_debris(told: str, lang: str) -> bool:
    """Tell whether a clause is about debris of weapons; "Trümmer" and "wreckage" are as well those of houses."""
    vocabulary = Vocabulary.load(lang)
    debris = vocabulary.pattern("targets", "debris")
    return bool(debris.search(told) if vocabulary.table("targets")["debris_only_of_weapons"] else debris.match(told))


def is_from_the_air(clause: str, taxonomy: Taxonomy, lang: str = "en") -> bool:
    """Tell whether all that a clause says of the weapon is that it came from the air: "Luftangriff", of bombs unless more is told."""
    air = Vocabulary.load(lang).pattern("targets", "air_patterns")
    if not air.holds(clause):
        return False
    bombs = next((names for weapon, names in _lexicon(taxonomy, "weapons", lang).in_(clause) if weapon == "bomb"), None)
    return bombs is not None and all(air.fullmatch(m.group()) for m in bombs.finditer(clause))


def counts_attacks(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause counts the attacks on an area: "The enemy shelled the region 31 times"."""
    return bool(Vocabulary.load(lang).pattern("counts", "attacks_patterns").search(clause))


def is_total(clause: str, lang: str = "en") -> bool:
    """Tell whether a clause counts all fights of a front: "134 combat engagements have taken place"."""
    return bool(Vocabulary.load(lang).pattern("counts", "total_patterns").search(clause))


def target(clause: str, lang: str = "en") -> str | None:
    """Name what was hit, in the words of the clause."""
    match = Vocabulary.load(lang).pattern("targets", "patterns").search(clause)
    return match.group() if match else None


def actor(clause: str, deed: Deed, lang: str = "en") -> str | None:
    """Name the country whose weapon or forces did it, if the words before the action say so."""
    if deed.action == "intercept":
        return None
    nearest = None
    for name, listed in _actors(lang).in_(clause):
        for match in listed.finditer(clause):
            if match.end() <= deed.end and (nearest is None or match.start() > nearest[0]):
                nearest = (match.start(), name)
    return nearest[1] if nearest else None


@cache
def _actors(lang: str) -> Lexicon:
    return Lexicon(Vocabulary.load(lang).table("actors").items())


@lru_cache(maxsize=_CLAUSES)
def weapons(told: str, taxonomy: Taxonomy, lang: str) -> tuple[str, ...]:
    """Give the weapons in the order in which they are named; of two that share a word, the one with more words for it."""
    return tuple(weapon for _, _, weapon in _armed(told, taxonomy, lang))


def armed(told: str, taxonomy: Taxonomy, lang: str) -> list[int]:
    """Give where weapons are named, each time, in the order of the text."""
    return sorted({m.start() for _, names in _lexicon(taxonomy, "weapons", lang).in_(told) for m in names.finditer(told)})


@lru_cache
def _lexicon(taxonomy: Taxonomy, kind: Literal["actions", "weapons"], lang: str) -> Lexicon:
    return Lexicon((name, by_lang.get(lang, ())) for name, by_lang in getattr(taxonomy, kind).items())


def _armed(told: str, taxonomy: Taxonomy, lang: str) -> list[tuple[int, int, str]]:
    """Give where each weapon is named first."""
    found: list[tuple[int, int, str]] = []
    broad: list[tuple[int, int, str]] = []
    any_weapon = Vocabulary.load(lang).pattern("targets", "any_weapon_patterns")
    for weapon, names in _lexicon(taxonomy, "weapons", lang).in_(told):
        if named := [m for m in names.finditer(told) if not (_is_hit(told, m, lang) or _is_none(told, m.start(), lang))]:
            exact = next((m for m in named if not any_weapon.fullmatch(m.group())), None)
            first = exact or named[0]
            (found if exact else broad).append((first.start(), -first.end(), weapon))
    joint = _and(lang)
    beside = [b for b in broad if any(joint.fullmatch(told, *span) for f in found for span in ((-f[1], b[0]), (-b[1], f[0])))]
    found = [*found, *beside] or broad  # "drone attacks and shelling"
    listed: list[tuple[int, int, str]] = []
    end = 0
    for start, minus_end, weapon in sorted(found, key=lambda one: (*one[:2], one[2] != "naval")):  # "a drone boat"
        if start >= end:
            listed.append((start, -minus_end, weapon))
            end = -minus_end
    return listed
