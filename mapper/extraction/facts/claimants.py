"""Who says it: the ministry, the governor, the mayor whose word a sentence gives.

A claimant is found beside a verb of speech or after "according to". "The ministry" and "he" are
the last claimant that they can mean; a bare role followed by a name ("according to the acting
mayor" … "Artem Kobzar said") is one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from mapper.extraction.facts import asides, casualties
from mapper.extraction.facts.voices import CAPITALISED, NAME, Voices, introduced_in, without_adjectives
from mapper.extraction.wording.numbers import number_pattern
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, literals, words
from mapper.gazetteer.morphology import is_adjective, is_common, is_finite_verb, is_given_name, is_living, is_surname
from mapper.gazetteer.names import cues, is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    _Read = Callable[[str, re.Match[str], Vocabulary], tuple[str, int]]

__all__ = ["Attribution", "Voices", "author", "find"]

_MOST_WORDS = 12
#: How many characters from a verb of speech its claimant is looked for, and how many verbs of a sentence are tried.
_REACH, _MOST_VERBS = 400, 12
#: How long a line may be that names no more than an office and a person.
_LINE = 80
#: How much of a line a person and his office are that says nothing else.
_ALL_OF_IT = 0.75
#: Of how many words an office and a name are at most.
_TITLED = 4
#: How many names a person has at most.
_NAMES = 3
#: What is shorter is no noun that tells, whatever the dictionary says: "и" of "и. о. губернатора".
_SHORTEST_NOUN = 3
#: How many characters may stand between a place that speaks and its verb: "Kyiv has repeatedly said".
_BESIDE = 20
#: "Robert Brovdi («Madyar»), the commander", "Robert «Madyar» Brovdi": what else somebody is called
_ALSO_CALLED = re.compile(
    r"(?<=[^\W\d_]) \([«\"„“]?[A-ZА-ЯІЇЄҐ][\w’'-]*[^\WA-ZА-ЯІЇЄҐ](?: [\w’'-]+)?[»\"”“]?\)(?=,?\s+\S)"
    r"|(?<=[^\W\d_])\s[«\"„“][A-ZА-ЯІЇЄҐ][\w’'-]+[»\"”“](?=\s[A-ZА-ЯІЇЄҐ])"
)
#: What a sentence without a verb of speech may hold that names its claimant.
_SIGNED = re.compile(r"^[^:]{2,160}:\s|^[^:]{2,80}\d:\d\d\)?(?::|\s[–—-])\s|:$|\s[–—-]\s+[^–—]{3,60}$|\)[.!?]?$")
_QUOTED = re.compile(r'["“”«»„]')
#: "призначений Москвою Леонід Пасічник", "поставленный оккупантами Владимир Сальдо"
_PUT_IN_OFFICE = re.compile(r"^[а-яёіїєґ]{5,} (?=[\w-]+ [A-ZА-ЯЁІЇЄҐ])(?:[а-яёіїєґ]+ )?")
#: What opens and closes a name in quotation marks: "канал «Суспільне»", "die Zeitung „Kommersant“", "»Wedomosti«".
_NAME_MARKS = (("«", "»"), ("„", "“"), ("»", "«"))
_GAP = re.compile(r"\s{2,}")
_COMMA = re.compile(r",\s+")
#: Between the ends of a way.
_WAY = re.compile(r"\s[–—-]\s")
#: What another word governs and so speaks of nothing itself: "(під керівництвом) Ізюмської окружної прокуратури".
_GOVERNED = re.compile(r"(?:[А-ЯІЇЄҐ][а-яіїєґ’'-]+(?:ої|ого)\s+|(?:[А-ЯЁ][а-яё-]+(?:ой|ей)\s+)(?:[а-яё-]+(?:ой|ей)\s+)*[а-яё]+[ыи](?!\w))")
#: An account of somebody, at the end of a text.
_ACCOUNT = re.compile(r"(?<!\w)(?:сообщени|повідомленн|заяв|сводк|зведенн|звіт|отч[её]т|пост|публ[иі]кац|рел[иі]з)\w*\s+$", re.IGNORECASE)
#: A word that may be a verb.
_LOWER = re.compile(r"(?<![\w-])[а-яё]{3,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence: `by` as named in the text, `status` one of `incidents.CLAIM_STATUSES`.

    `start` and `end` are the characters of the sentence that name the claimant, so that a place in
    them ("Kyiv said") is not taken for the place of an incident.
    """

    by: str
    status: str
    start: int
    end: int


def find(sentence: str, voices: Voices, lang: str = "en", places: Collection[str] = ()) -> Attribution | None:
    """Find the claimant of one sentence; None where it speaks with the article's own voice.

    Parameters
    ----------
    places
        Names in the sentence that are places; alone before a verb of speech ("Kyiv says") they stand
        for their government.
    """
    vocabulary = Vocabulary.load(lang)
    sentence = _ALSO_CALLED.sub(_unless_of_an_office, sentence)
    passed_on = None
    triggered = _trigger(lang).search(sentence) or _SIGNED.search(sentence) or _is_line(sentence, vocabulary)
    for pattern, read in _patterns(lang) if triggered else ():
        for match in islice(pattern.finditer(sentence), _MOST_VERBS):
            if read is _before and (_is_silent(sentence, match, vocabulary) or _is_passed_on(sentence, match.end(), passed_on, vocabulary)):
                continue
            phrase, start = read(sentence, match, vocabulary)
            if vocabulary.pattern("claims", "silent_patterns").search(phrase):
                continue  # "He declined to comment on media reports."
            if read is _before and _goes_on_silent(sentence, start + len(phrase), match.start(), vocabulary):
                continue
            # "..., said Syniehubov", "Syniehubov said": a word that opens a sentence has its capital from that, unless it is a surname
            named = read is _before and (start > 0 or is_surname(phrase)) and phrase not in places
            beside = (read in {_after, _whole, _heading, _posting, _signature} or named) and bool(vocabulary.table("claims")["names_alone"])
            phrase = _without_place(phrase, places, vocabulary)
            if read is _before:
                phrase, start = _behind_places(sentence, phrase, start, places, vocabulary)
            if read is _before and _GOVERNED.match(phrase) and not _is_account_of(sentence, start):
                continue  # "Під керівництвом Ізюмської прокуратури розпочато слідство, повідомляє поліція"
            if read in {_credited, _heading, _introducing, _posting, _signature} and phrase in places:
                continue  # "Харьков за сутки: ..."
            if read is _after:
                phrase = _surname_of(phrase, voices)
            if (
                read is _whole
                and phrase in _ends(places)
                and (casualties.find(sentence, lang).hurt or not _may_speak_alone(phrase, vocabulary))
            ):
                continue  # "SLOWJANSK: Drei Gleitbomben trafen ein Wohngebiet.", "Kyiv: two dead": the place of an entry
            if read is _before and phrase in places and match.start() - start - len(phrase) > _BESIDE:
                continue  # "У Сумах загинули двоє людей, повідомив мер": a place of the sentence, not its voice
            alone = beside and (_is_name_alone(phrase, vocabulary) or _is_quoted(sentence, phrase, start))
            speaks = _can_speak(phrase, voices, vocabulary, places) or alone
            # "..., reported the fishermen", "The fishermen reported": right beside the verb anybody may speak.
            apart = read is _before and "," in sentence[start + len(phrase) : match.start()]
            if not speaks and (read not in {_after, _before, _subject, _whole} or apart or not _may_tell(phrase, vocabulary)):
                continue
            verb = match.group()
            status = "claimed"
            if vocabulary.pattern("claims", "confirming").search(verb):
                status = "confirmed"
            elif vocabulary.pattern("claims", "denying").search(verb):
                status = "denied"
            relays = vocabulary.pattern("claims", "relaying_verb_patterns").fullmatch(verb.strip())
            if relays or vocabulary.pattern("claims", "relaying_patterns").fullmatch(phrase):
                # "As Ukrinform reports, the governor said so": who passes on what another says.
                passed_on = passed_on or (phrase, status, start)
                continue
            _hear_credited(sentence, start + len(phrase), voices, vocabulary)
            return Attribution(voices.hear(phrase, vocabulary), status, start, start + len(phrase))
    if passed_on:
        phrase, status, start = passed_on
        _hear_credited(sentence, start + len(phrase), voices, vocabulary)
        return Attribution(voices.hear(phrase, vocabulary), status, start, start + len(phrase))
    if aside := asides.find(sentence, voices, lang, places):
        phrase, start = aside
        return Attribution(voices.hear(phrase, vocabulary), "claimed", start, start + len(phrase))
    return None


def author(title: str, voices: Voices, lang: str, places: Collection[str]) -> Attribution | None:
    """Find whose post or report a title says that it is: "Belgorod governor's post of June 19", "ранковий звіт Олега Григорова"."""
    vocabulary = Vocabulary.load(lang)
    for pattern in _authored(lang):
        if (match := pattern.search(title)) and (who := _trimmed(match[1], 0, vocabulary)[0]):
            name = NAME.search(who)
            surname = voices.is_surname(who) or vocabulary.pattern("claims", "surname_patterns").fullmatch(who)
            alone = CAPITALISED.fullmatch(who) is not None and who not in places and surname
            named = name is not None and not any(place in who for place in places)
            if alone or named or vocabulary.pattern("claims", "reporting_patterns").search(who):
                start = match.start(1) + match[1].index(who)
                return Attribution(voices.hear(who, vocabulary), "claimed", start, start + len(who))
    return None


@cache
def _authored(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w){one}") for one in Vocabulary.load(lang).table("claims")["author_patterns"])


def _unless_of_an_office(called: re.Match[str]) -> str:
    """Blank out a nickname; what stands in quotation marks after a noun is the name of a unit or an office: "командир «Азову»"."""
    before = called.string[: called.start()].rpartition(" ")[2]
    nickname = "(" in called.group() or is_given_name(before)
    return " " * len(called.group()) if nickname else called.group()


def _is_account_of(sentence: str, start: int) -> bool:
    """Tell whether what tells is an account of whom a phrase names: "В сообщении Главного управления разведки говорится"."""
    return _ACCOUNT.search(sentence, max(0, start - _BESIDE), start) is not None


def _is_silent(sentence: str, verb: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Tell whether somebody is said to have said nothing: "The authorities have not commented.", "Kyiv has confirmed none of this."."""
    begin, end = max(0, verb.start() - _BESIDE), verb.end() + len(" nothing")
    return vocabulary.pattern("claims", "silent_patterns").search(sentence, begin, end) is not None


def _goes_on_silent(sentence: str, begin: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether what looks like a verb of speech is what somebody was silent on: "The ministry did not comment on the report."."""
    silent = vocabulary.pattern("claims", "silent_patterns").search(sentence, begin, end)
    return silent is not None and not vocabulary.pattern("places", "separators").search(sentence, silent.end(), end)


def _is_passed_on(sentence: str, end: int, passed_on: tuple[str, str, int] | None, vocabulary: Vocabulary) -> bool:
    """Tell whether behind the verb that ends at a character stands who passes on what is told: "Drones hit X, writes «Radio Y»"."""
    if passed_on is None or end > passed_on[2]:
        return False
    between = sentence[end : passed_on[2]].strip(' «"“„')
    return not between or vocabulary.pattern("claims", "articles").fullmatch(between) is not None


def _is_quoted(sentence: str, phrase: str, start: int) -> bool:
    """Tell whether a phrase is a name in quotation marks, such as that of a channel: "writes «Crimean Wind»"."""
    named = len(phrase.split()) <= _NAMES and phrase[:1].isupper()
    return named and sentence[start - 1 : start] in {"«", "„", "“"} and sentence[start + len(phrase) :][:1] in {"»", "“", "”"}


def _hear_credited(sentence: str, end: int, voices: Voices, vocabulary: Vocabulary) -> None:
    """Remember whom else a line of credits names: "Source: Astra; governor Vladimir Vladimirov; Ministry of Defence"."""
    if not vocabulary.pattern("claims", "credit_patterns").match(sentence):
        return
    for piece in re.split(r"[;,]", sentence[end:]):
        phrase, _ = _trimmed(piece, 0, vocabulary)
        if NAME.search(phrase) and _can_speak(phrase, voices, vocabulary, ()):
            voices.hear(phrase, vocabulary)


def _without_place(phrase: str, places: Collection[str], vocabulary: Vocabulary) -> str:
    """Leave out the place that a claimant's name runs into: "laut Filaschkin Druschkiwka"; "Gebietsverwaltung Sumy" is one name."""
    if not vocabulary.table("claims")["links"]:
        return phrase
    for place in places:
        name = phrase.removesuffix(f" {place}")
        words = name.split()
        if name != phrase and all(w[:1].isupper() for w in words) and not vocabulary.pattern("claims", "roles").fullmatch(words[-1]):
            return name
    return phrase


def _behind_places(sentence: str, phrase: str, start: int, places: Collection[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Leave out where a claimant is: "In Chapayevsk, Samara region, residents told of explosions", "In Sumy, mayor Kobzar"."""
    if led := _placed(phrase, places, vocabulary.lang):
        return phrase[led:], start + led
    place = next((p for p in places if phrase.startswith(f"{p} ")), None)
    if place is None or not _located(vocabulary.lang).search(sentence, max(0, start - _BESIDE), start):
        return phrase, start
    while place:
        rest = phrase[len(place) :].lstrip()
        office = vocabulary.pattern("claims", "roles").match(phrase)
        if not vocabulary.pattern("claims", "roles").search(rest) or (office and office.end() > len(place)):
            break  # "у Центрі національного спротиву", which has the name of a village
        phrase, start = rest, start + len(phrase) - len(rest)
        place = next((p for p in places if phrase.startswith(f"{p} ")), None)
    return phrase, start


def _placed(phrase: str, places: Collection[str], lang: str) -> int:
    """Give where who tells begins behind where something was, and a comma; 0 if none is told before: "In Sumy, mayor Kobzar"."""
    within = _at(lang).match(phrase)
    at = within.end() if within else 0
    named = (at + len(place) for place in places if within and phrase.startswith(place, at))
    behind = (_COMMA.match(phrase, end) for end in named)
    return next((comma.end() for comma in behind if comma), 0)


@cache
def _at(lang: str) -> re.Pattern[str]:
    return re.compile(rf"{alternatives(Vocabulary.load(lang).table('places')['list_prepositions'])}\s+", re.IGNORECASE)


def _ends(places: Collection[str]) -> set[str]:
    """Give names of places, and the ends of the ways among them: "on the road Sumy – Konotop" is not told by Konotop."""
    return {end for place in places for end in (place, *_WAY.split(place))}


@cache
def _located(lang: str) -> re.Pattern[str]:
    """Match a word of place at the end of a text."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table('places')['list_prepositions'])}\s+$", re.IGNORECASE)


def _is_line(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence may be no more than an office and a name."""
    if len(sentence) > _LINE:
        return False
    named = vocabulary.pattern("claims", "persons").search(sentence) and NAME.search(sentence)
    return bool(named) or (len(sentence) <= _LINE // 2 and is_cyrillic(sentence) and _is_sign(sentence.rstrip(". "), vocabulary))


@cache
def _trigger(lang: str) -> WordList:
    claims = Vocabulary.load(lang).table("claims")
    keys = ("speech", "denying", "confirming", "according_to", "own_words", "own_account", "behind_the_claimant")
    return words([word for key in keys for word in claims[key]])


@cache
def _patterns(lang: str) -> tuple[tuple[WordList | re.Pattern[str], _Read], ...]:
    """Give the patterns of attribution in the order in which they are tried, each with what reads its phrase."""
    claims = Vocabulary.load(lang).table("claims")
    speech = alternatives([*claims["speech"], *claims["denying"]])
    opening = alternatives(claims["verb_first_opening_patterns"])
    about = alternatives(claims["about"])
    before, after = alternatives(claims["verb_first_before_patterns"]), alternatives(claims["verb_first_after_patterns"])
    return (
        # "Russian troops have by their own account": who does it says it
        (words([*claims["own_account"], *claims["behind_the_claimant"]]), _subject),
        (re.compile(rf"(?<!\w){alternatives(claims['according_to'])}\s+", re.IGNORECASE), _after),
        # "..., said Oleh Syniehubov, the regional head."
        (re.compile(rf"{opening}(?i:{speech})\s+{after}"), _after),
        (words([*claims["speech"], *claims["denying"]]), _before),
        (re.compile(rf"{before}(?i:{speech})\s+{after}"), _after),
        # "in his words": the claimant heard last
        (words(claims["own_words"]), _pronoun),
        # a name before a colon, or after a dash at the end
        (re.compile(r"^(?!«)(?:[^:.;!?\"«»]|(?<![^\W\d_]{2})\.|«[^«»:.;!?]{2,40}»){2,80}(?=:\s)"), _whole),
        (re.compile(rf"^[^:.;!?\"«»]{{2,60}}?(?=\s{about}\s[^:.;!?\"«»]{{2,60}}:\s)"), _heading),
        # a person with an office, and the time that is told of: "Oleh Kiper, the governor, on the past day: In Odesa, ..."
        (re.compile(rf"^[^:.;!?—–\"«»]{{4,120}}?(?=,?\s{about}\s[^:.;!?\"«»]{{2,60}}:\s)"), _signature),
        # with the time of the post: "Lysak, 08:15: ...", "Oleh Syniehubov (09:40) — ..."
        (re.compile(r"^[^:.;!?\"«»()]{2,80}?(?=(?:,? |,? \()\d{1,2}[:.]\d\d\)?(?::|\s[–—-])\s)"), _posting),
        (re.compile(r"(?<=^«)[A-ZА-ЯЁІЇЄҐ][^»]{2,30}(?=»:\s)"), _heading),
        (re.compile(r"(?<=\s[–—-]\s)(?:[^–—.:;!?]|(?<=[\s.][^\W\d_])\.){2,80}(?=[.!]?$)"), _whole),
        # "... shot down: the air force on the night" in a title
        (re.compile(rf"(?<=[:—–]\s)[^—–.:;!?]{{2,80}}(?=\s(?:[–—-]\s)?{about}\s)"), _whole),
        # "The governor, Oleh Kiper, on the past day:", at the end of a line
        (re.compile(r"^(?:[^:;!?\"«»()]|\([^()]*\)){4,160}(?=:$)"), _introducing),
        # a person, with the office in brackets, before a colon at the end of a line
        (re.compile(r"^[^:;!?()\"«»]{4,60}\([^():]{4,60}\)(?=:$)"), _bracketed),
        # "Governor Oleh Kiper — on the past day."
        (re.compile(rf"^[^:;!?—–\"«»]{{4,120}}(?=\s[—–]\s{about}\s)"), _signature),
        # a line that is no more than an office and a name
        (re.compile(r"^[^.!?:;\"«»()]{4,80}(?=[.:]?$)"), _signature),
        # in brackets at the end: "Two dead, 13 wounded (Oleksandr Prokudin)."
        (re.compile(r"(?<=\s\()(?:[^()\d:;]|\d(?=\d{0,2}-)){3,80}(?=\)[.!?]?$)"), _credited),
    )


def _whole(sentence: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give a phrase that stands alone; empty unless it is a name, a role, or both: "Mayor Ihor Terekhov"."""
    phrase, start = _trimmed(match.group(), match.start(), vocabulary)
    if any(pattern.search(match.group(), len(phrase)) for pattern in (vocabulary.pattern("claims", "verbs"), _number(vocabulary.lang))):
        return "", start  # "Kostiantynivka was shelled: a man died", "Wounded are three medics: ..."
    if vocabulary.pattern("places", "list_prepositions").match(phrase):
        return "", start  # "Near Kupiansk: two drones hit a house."
    told = introduced_in(phrase, vocabulary)
    role = vocabulary.pattern("claims", "roles")
    if told and len(told[0]) < _ALL_OF_IT * len(phrase):
        if told[1] + len(told[0]) == len(phrase) and role.search(phrase, 0, told[1]) and len(phrase.split()) <= _MOST_WORDS // 2:
            return phrase, start  # "Foreign Ministry spokesman Heorhii Tykhyi: ..."
        return told[0], start + told[1]  # "Governor Vitalii Kim listed the damage: ..."
    listed = phrase.split()
    name, _, office = phrase.partition(", ")
    if start == match.start() and NAME.fullmatch(office) and CAPITALISED.fullmatch(name) and is_cyrillic(name) and is_adjective(name):
        return office, start + len(name) + len(", ")  # "Калужский, Владислав Шапша: ...", of governors told of before
    if start == match.start() and office and NAME.fullmatch(name) and (role.search(office) or _is_headed(name, office, vocabulary)):
        return phrase, start  # "— Oleh Kiper, head of the region", "Oleksandr Bohomaz, Bryansk region: ..."
    short = len(listed) <= _MOST_WORDS // 2
    titled = bool(listed) and len(listed) <= _TITLED and CAPITALISED.fullmatch(listed[-1]) and role.search(phrase)
    named = NAME.fullmatch(phrase) or (CAPITALISED.fullmatch(phrase) and _is_surname(phrase, vocabulary))
    # "The headquarters of the Krasnodar region: ...", or after a dash at the end
    beside = match.start() == 0 or sentence[: match.start()].rstrip(" –—-").endswith((",", "»", "”", '"'))
    ends_alone = match.start() > 0
    ends = ends_alone and phrase[:1].isupper()  # "..., – Sumy regional prosecutor's office"
    bare = without_adjectives(phrase)  # "Мониторинговый канал «Exilenova»: ..."
    said = sentence[: match.start()].rstrip(" –—-")
    victims = ends_alone and any(vocabulary.holds("casualties", key, said) for key in ("killed", "injured"))
    people = not victims and _names_people(bare, vocabulary.lang)  # and not "Погиб один человек — водитель Иван Петров"
    is_office = (beside or (ends_alone and people)) and short and role.match(bare)
    is_office = is_office or (beside and ends and short and role.search(phrase))
    # "– head of the Kherson city administration Yaroslav Shanko", "— управляющий портом Андрей Егоров"
    in_office = any(vocabulary.pattern("claims", "persons").match(one) for one in (phrase, bare))
    titled_so = in_office or (people and is_given_name(" ".join(listed[-2:-1])))
    person = titled_so and NAME.fullmatch(" ".join(listed[-2:]))
    before = sentence[match.start() : start].strip().lower()  # "The mayor: ..."
    article = vocabulary.pattern("claims", "articles").fullmatch(before) if before else None
    if (article or not before) and (titled or named or is_office or person or role.fullmatch(phrase)):
        return phrase, start
    if article and beside and short and _ends_in_office(phrase, vocabulary):
        return phrase, start
    return "", start


def _ends_in_office(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the last words of a phrase are what tells of attacks: "(The) regional governor", "21st Brigade's press service"."""
    again = ("persons", "reporting_patterns", "office_again_patterns")
    tails = [phrase, *(phrase[m.end() :] for m in re.finditer(r"\s", phrase))]
    return any(vocabulary.pattern("claims", key).fullmatch(tail) for tail in tails for key in again)


def _heading(sentence: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give whose account a sentence is headed as before a colon, an office, a surname or a paper: "Syniehubov on the night: ..."."""
    phrase = match.group()
    if vocabulary.pattern("places", "list_prepositions").match(phrase):
        return "", 0  # "In Derhachi on Friday: two were hurt."
    last = phrase.rpartition(" ")[2]
    named = CAPITALISED.fullmatch(last) or vocabulary.pattern("claims", "roles").fullmatch(last)
    office = named and vocabulary.pattern("claims", "reporting_patterns").search(phrase)
    alone = CAPITALISED.fullmatch(phrase) and is_surname(phrase)
    one = sentence.startswith("«") or alone or office or NAME.fullmatch(phrase)
    return (phrase, match.start()) if one and not vocabulary.pattern("claims", "verbs").search(phrase) else ("", 0)


def _surname_of(phrase: str, voices: Voices) -> str:
    """Give the surname of a known person that a phrase begins with, or all of it: "laut Hanscha Gleitbomben"."""
    first, _, rest = phrase.partition(" ")
    return first if rest and voices.is_surname(first) and not voices.knows(rest.split()[0]) and "," not in phrase else phrase


def _may_speak_alone(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name of a place before a colon is as well that of a government or of an official."""
    return any(vocabulary.pattern("claims", key).fullmatch(name) for key in ("governments", "official_patterns"))


def _is_surname(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word that stands alone may be a surname; a common word is one only if an official bears it: "Слюсар"."""
    if not is_cyrillic(word) or not is_common(word) or is_surname(word):
        return True
    return vocabulary.pattern("claims", "official_patterns").fullmatch(word) is not None


def _introducing(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give who is said to tell all that comes after a colon, or a person who is named before it and nothing else."""
    if NAME.fullmatch(match.group()):
        return match.group(), match.start()
    stop = vocabulary.pattern("claims", "introducing_patterns").search(match.group())
    return _trimmed(match.group()[: stop.start()], match.start(), vocabulary) if stop else ("", match.start())


def _signature(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give a line that names a person with an office and says nothing else: "Governor Oleh Kiper", "Oleh Kiper, the governor:"."""
    phrase = match.group().strip()
    told = introduced_in(phrase, vocabulary)
    if told and len(told[0]) < _ALL_OF_IT * len(phrase):
        return "", 0  # "Oleh Syniehubov, head of the region, summed up Monday"
    # "Der Bürgermeister rief einen Trauertag aus.", "У Мелітополі вибухнуло авто посадовця."
    begin = vocabulary.pattern("claims", "articles").match(phrase) or _at(vocabulary.lang).match(phrase)
    names = NAME.search(phrase, begin.end() if begin else 0) and not vocabulary.pattern("claims", "verbs").search(phrase)
    is_one = len(phrase.split()) <= _MOST_WORDS // 2 + 2 and vocabulary.pattern("claims", "persons").search(phrase)
    return (phrase, match.start()) if told or (names and is_one) or _is_sign(phrase, vocabulary) else ("", 0)


def _is_sign(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence is but an office, with what it is of, or an official's surname: "Прокуратура области.", "Гладков."."""
    if vocabulary.pattern("claims", "official_patterns").fullmatch(phrase) or (CAPITALISED.fullmatch(phrase) and is_surname(phrase)):
        return True
    office = without_adjectives(phrase)
    role = vocabulary.pattern("claims", "roles").match(office)
    areas = {*cues()["admin1"]["after"], *cues()["by_adjective"]["regions"], *cues()["quarters"]["of_city"]}
    return role is not None and all(word.isupper() or word.istitle() or word in areas for word in office[role.end() :].split())


def _posting(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give a person, a surname or an office that heads a post with its time: "Генштаб ВСУ к 22:00: ..."."""
    phrase = re.sub(rf"\s+(?:{alternatives(vocabulary.table('places')['list_prepositions'])}|[a-zа-яёіїєґ]{{1,2}})$", "", match.group())
    alone = CAPITALISED.fullmatch(phrase) and is_surname(phrase)
    office = vocabulary.pattern("claims", "reporting_patterns").match(phrase) and len(phrase.split()) <= _TITLED
    return (phrase, match.start()) if alone or office or NAME.fullmatch(phrase) or introduced_in(phrase, vocabulary) else ("", 0)


def _credited(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give who is named in brackets behind what he tells: a person, an office, or both."""
    begin = _leading(vocabulary.lang).match(match.group())
    start = begin.end() if begin else 0  # "(data of the police)"
    phrase = match.group()[start:].strip()
    listed = phrase.split()
    is_one = len(listed) <= _MOST_WORDS // 2 + 2 and not vocabulary.pattern("claims", "verbs").search(phrase)
    named = NAME.fullmatch(phrase) and len(listed) <= _NAMES
    return (phrase, match.start() + start) if is_one and (named or vocabulary.pattern("claims", "roles").search(phrase)) else ("", 0)


def _bracketed(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give a person whose office stands in brackets."""
    name, _, office = match.group().partition("(")
    return (
        (match.group(), match.start()) if NAME.fullmatch(name.strip()) and vocabulary.pattern("claims", "roles").search(office) else ("", 0)
    )


def _subject(sentence: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give who a clause says did something: what stands before, up to its verb or behind it."""
    start = max(sentence.rfind(mark, 0, match.start()) for mark in ",;:") + 1
    verbs = list(vocabulary.pattern("claims", "verbs").finditer(sentence, start, match.start()))
    cuts = [start, *(m.end() for m in verbs), match.start()]
    ends = [*(m.start() for m in verbs), match.start()]
    pieces = [(sentence[a:b], a) for a, b in zip(cuts, ends, strict=False) if sentence[a:b].strip()]
    if not pieces:
        return _before(sentence, match, vocabulary)
    # "Dem Gouverneur, Oleh Kiper, zufolge": between commas; "die Russen dem Projekt DeepState zufolge": behind another noun
    piece, begin = pieces[-1]
    dative = re.search(r"(?<=[\w)] )dem ", piece)
    return _trimmed(piece[dative.start() :], begin + dative.start(), vocabulary) if dative else _trimmed(piece, begin, vocabulary)


def _pronoun(_: str, match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give a pronoun."""
    return str(vocabulary.table("claims")["pronouns"][0]), match.start()


def _before(sentence: str, verb: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the phrase that ends where the verb begins, and where it starts."""
    end = verb.start()
    far = max(0, end - _REACH)
    head = sentence[:end].rstrip(" ,–—-")
    quotes = [m.end() for m in _QUOTED.finditer(head, far)]
    start = quotes[-1] if quotes and not _in_name(vocabulary.lang).search(_adverbs(vocabulary.lang).sub("", head), far) else far
    pieces = list(re.finditer(r"(?:[^,;:()–—]|(?<=\d):(?=\d))+", head[start:]))
    # "Oleh Kiper, the governor, on Telegram wrote": where it was said is no part of who says it.
    while len(pieces) > 1 and not _trailing(vocabulary.lang).sub("", pieces[-1].group()):
        head = head[: start + pieces.pop().start()].rstrip(" ,–—-")
    if not pieces:
        return "", start
    while len(pieces) > 1 and _is_said_of(pieces[-2].group(), pieces[-1].group(), vocabulary):
        head = head[: start + pieces.pop().start()].rstrip(" ,–—-(")
    begin = pieces[-1].start()
    if len(pieces) > 1 and _is_headed(pieces[-2].group(), pieces[-1].group(), vocabulary):
        begin = pieces[-2].start()
        named = re.match(r"\s*", head[start + begin :])
        return head[start + begin :].strip(), start + begin + (named.end() if named else 0)
    if len(pieces) > 1 and NAME.fullmatch(name := pieces[-1].group().strip()) and not vocabulary.pattern("claims", "persons").match(name):
        role = pieces[-2].group().strip()
        openers = rf"{alternatives(vocabulary.table('claims')['openers'])}(?!\w)"
        opens = re.match(openers, role, re.IGNORECASE) and vocabulary.pattern("claims", "roles").search(role)
        if len(role.split()) <= _MOST_WORDS and opens:
            begin = pieces[-2].start()
    elif len(pieces) > 1 and _is_introduced(pieces[-2].group(), pieces[-1].group(), vocabulary):
        begin = pieces[-2].start()
        if len(head[start + begin :].split()) > _MOST_WORDS and NAME.fullmatch(pieces[-2].group().strip()):
            head = head[: start + pieces[-2].end()]  # a name, and an office of many words
    elif joint := _joined(head, start + begin, vocabulary):
        begin = joint - start
    return _trimmed(head[start + begin :], start + begin, vocabulary)


def _joined(head: str, begin: int, vocabulary: Vocabulary) -> int:
    """Give where who speaks begins behind what was done, or 0: "Drones struck a school and Governor Oleh Hryhorov said ..."."""
    for joint in vocabulary.pattern("places", "separators").finditer(head, begin + 1):
        persons = vocabulary.pattern("claims", "persons").search(head, joint.end())
        done = persons and vocabulary.pattern("exclusions", "done_patterns").search(head, begin, joint.start())
        if done and NAME.search(head, joint.end()):
            return joint.end()
    return 0


def _after(sentence: str, opening: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the phrase that begins where "according to" ends, and where it starts."""
    start = opening.end()
    tail = sentence[start : start + _REACH]
    stops = alternatives(vocabulary.table("claims")["stops"])
    end_of_sentence = r"(?<![\s.][^\W\d_])(?<!\d)(?<![IVX][IVX])\.(?:\s|$)"  # and not that of "the 79. Brigade", "the III. Korps"
    placed = _leading(vocabulary.lang).match(tail)  # "написал на своей странице во «ВКонтакте» губернатор"
    stop = re.compile(rf"[,;:!?()\"“”–—](?:\W|$)|(?<!\s)»(?!\s+[A-ZА-ЯІЇЄҐ])|{end_of_sentence}|\s{stops}(?:\s|[.,]|$)|$").search(
        f" {tail}", placed.end() if placed else 0
    )
    end = stop.start() - 1 if stop else len(tail)
    # "according to the governor, Oleh Syniehubov": the name goes with the role
    more = re.match(r",\s*([^,;:.!?]+)", tail[end:])
    if more and _is_headed(tail[:end], more[1], vocabulary):
        return tail[: end + more.end()].strip(), start
    is_role = more and NAME.fullmatch(tail[:end].strip()) and vocabulary.pattern("claims", "roles").search(more[1])
    if more and (NAME.fullmatch(more[1].strip()) or is_role):
        end += more.end()
    return _trimmed(tail[:end], start, vocabulary)


def _trimmed(phrase: str, start: int, vocabulary: Vocabulary) -> tuple[str, int]:
    marked = len(phrase) - len(phrase.lstrip("*_# "))
    leading = _leading(vocabulary.lang).match(phrase, marked)
    begin = leading.end() if leading else marked
    if verb := vocabulary.pattern("claims", "verbs").search(phrase, begin + 1):
        phrase = phrase[: verb.start()]
    phrase = phrase[:begin] + _up_to_verb(phrase[begin:], vocabulary.lang)
    if number := _number(vocabulary.lang).search(phrase, begin + 1):
        phrase = phrase[: number.start()]
    phrase = _trailing(vocabulary.lang).sub("", _as_one_name(phrase[begin:], vocabulary))
    phrase = _GAP.sub(" ", _account(vocabulary.lang).sub("", phrase))
    phrase += next((closing for opening, closing in _NAME_MARKS if opening in phrase and closing not in phrase), "")
    if "(" in phrase and ")" not in phrase:
        phrase = phrase.partition("(")[0].rstrip()
    return phrase, start + begin


def _as_one_name(phrase: str, vocabulary: Vocabulary) -> str:
    """Cut a phrase where it goes on to what is said, in a language that writes its nouns with a capital.

    After the first noun only links ("der", "von") and the adjectives behind them may be lower case:
    "Militärverwaltung der Stadt" of "Militärverwaltung der Stadt ums Leben".
    """
    links = vocabulary.table("claims").get("links", ())
    end, linked, named = len(phrase), True, False
    for word in re.finditer(r"[^\W\d_][\w'’.-]*", phrase) if links else ():
        lower = word.group()[0].islower()
        if lower and named and word.group() not in links and not linked:
            end = word.start()
            break
        linked, named = lower, named or not lower
    kept = phrase[:end].rstrip()
    while links and kept.rpartition(" ")[2] in links:
        kept = kept.rpartition(" ")[0]
    return kept


@cache
def _number(lang: str) -> re.Pattern[str]:
    """Match a number that follows a name: "nach Behördenangaben drei Zivilisten"."""
    return re.compile(rf"(?<=\s)(?!\d+\.\s[^\W\d_]){number_pattern(lang)}", re.IGNORECASE)


@cache
def _leading(lang: str) -> re.Pattern[str]:
    vocabulary = Vocabulary.load(lang)
    listed, months = alternatives(vocabulary.table("claims")["leading"]), literals(vocabulary.table("dates")["months"])
    date = rf"[0-3]?\d\.?\s{months}(?:\s20\d\d(?:\sг(?:ода|\.)|\sр(?:оку|\.))?)?"  # "On the morning of 28 January the police reported"
    return re.compile(rf"\s*[\"“„«]?(?:(?:{listed}|{date})\s+)*[\"“„«]?", re.IGNORECASE)


@cache
def _trailing(lang: str) -> re.Pattern[str]:
    vocabulary = Vocabulary.load(lang)
    listed, months = alternatives(vocabulary.table("claims")["trailing"]), literals(vocabulary.table("dates")["months"])
    date = rf"[0-3]?\d\.?\s{months}(?:\s20\d\d)?"  # "the police on 28 January reported"
    return re.compile(rf"(?:(?:[\s,]+|(?=['’]s ))(?:{listed}|{date}))*[\s,.;\"”“»]*$", re.IGNORECASE)


@cache
def _account(lang: str) -> re.Pattern[str]:
    """Match the end of a compound that says whose account it is: "nach Behördenangaben" is the word of the "Behörden"."""
    return re.compile(rf"(?<=[^\W\d_]{{3}}){alternatives(Vocabulary.load(lang).table('claims')['account_endings'])}$")


@cache
def _adverbs(lang: str) -> re.Pattern[str]:
    """Match the words behind a name that go with the verb: "the «Suspilne» channel also"."""
    return re.compile(rf"(?<=[»”\"“])(?:\s+{alternatives(Vocabulary.load(lang).table('claims')['trailing'])})+$", re.IGNORECASE)


def _can_speak(phrase: str, voices: Voices, vocabulary: Vocabulary, places: Collection[str]) -> bool:
    count = len(phrase.split())
    if not phrase or count > _MOST_WORDS:
        return False
    if vocabulary.pattern("claims", "pronouns").fullmatch(phrase):
        return bool(voices.last)
    if vocabulary.pattern("claims", "no_claimant_patterns").match(phrase):
        return False
    if count == 1 and (phrase in places or voices.heard(phrase) or vocabulary.pattern("claims", "surname_patterns").fullmatch(phrase)):
        return True
    if voices.is_body(phrase, vocabulary):
        return True
    name, _, office = phrase.partition(", ")
    listed = vocabulary.pattern("claims", "roles").search(phrase) or NAME.fullmatch(_PUT_IN_OFFICE.sub("", phrase))
    return bool(listed) or _is_headed(name, office, vocabulary)


def _may_tell(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase names people, or what people have founded, who hold no office: "местные рыбаки", "the port"."""
    if len(phrase.split()) > _MOST_WORDS or vocabulary.pattern("claims", "no_claimant_patterns").match(phrase):
        return False
    return _teller(vocabulary.lang).match(phrase) is not None or _names_people(phrase, vocabulary.lang)


@cache
def _teller(lang: str) -> re.Pattern[str]:
    """Match the beginning of who may speak without an office: "the fishermen", "судоходная компания", "die Hafenleitung"."""
    teller = alternatives(Vocabulary.load(lang).table("claims")["teller_patterns"])
    before = alternatives(Vocabulary.load(lang).table("claims")["before_teller_patterns"])
    return re.compile(rf"(?:{before} ){{0,2}}{teller}(?!\w)", re.IGNORECASE)


def _up_to_verb(phrase: str, lang: str) -> str:
    """Cut a phrase before a verb of its own: "Взрывы слышали жители города" is what somebody says, and nobody who does."""
    verb = next((m for m in _LOWER.finditer(phrase) if is_finite_verb(m.group(), lang)), None)
    return _joint(lang).sub("", phrase[: verb.start()]) if verb else phrase


@cache
def _joint(lang: str) -> re.Pattern[str]:
    """Match a word that joins two parts of a sentence, at the end of a text: "областная полиция и" "просит"."""
    return re.compile(rf"\s+{alternatives(Vocabulary.load(lang).table('places')['separators'])}\s+$", re.IGNORECASE)


def _names_people(phrase: str, lang: str) -> bool:
    """Tell whether a phrase begins with a noun for people, and adjectives before it: "местные рыбаки", "владельца завода"."""
    noun = next((word for word in phrase.split() if not (is_cyrillic(word) and is_adjective(word))), "")
    return len(noun) >= _SHORTEST_NOUN and is_living(noun, lang)


def _is_name_alone(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase is one capitalised word, such as a surname, or letters: "said Syniehubov", "сообщили в КТК"."""
    long = len(phrase) > _SHORTEST_NOUN or phrase.isupper()
    return long and bool(CAPITALISED.fullmatch(phrase)) and not vocabulary.pattern("claims", "no_claimant_patterns").match(phrase)


def _is_headed(name: str, office: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a clause tells of a person which office is theirs: "Serhii Tiurin, who heads the Khmelnytskyi region"."""
    return bool(NAME.fullmatch(name.strip()) and vocabulary.pattern("claims", "heading_patterns").fullmatch(office.strip()))


def _is_said_of(name: str, clause: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a clause says something besides of who speaks: "Volodymyr Saldo, whom Moscow put in charge of the region, said".

    So does "the 77th Brigade, which holds this sector, said", and not "the drone hit a mayor, who said".
    """
    relative = vocabulary.pattern("claims", "relative_patterns").match(clause.lstrip())
    if not relative or len(clause.split()) == 1 or _is_headed(name, clause, vocabulary):
        return False
    other = clause.lstrip()[relative.end() :].strip()
    if len(other.split()) <= _MOST_WORDS // 2 and _ends_in_office(other, vocabulary):
        return False  # "Smoke rose over the refinery, which the General Staff says it hit"
    named = NAME.search(name)
    if named and named.end() == len(name.rstrip()):
        return True
    office = vocabulary.pattern("claims", "roles").search(name)
    alone = CAPITALISED.fullmatch(name.strip())
    return bool(alone or office) and len(name.split()) <= _MOST_WORDS and not casualties.find(name, vocabulary.lang).known


@cache
def _apposition(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{alternatives(Vocabulary.load(lang).table('claims')['apposition_articles'])}\s")


@cache
def _in_name(lang: str) -> re.Pattern[str]:
    """Match quotation marks that are part of a name: "the «Suspilne» channel"."""
    offices = alternatives(Vocabulary.load(lang).table("claims")["quoted_offices"])
    return re.compile(rf"[\"“„«»](?:[A-ZА-ЯІЇЄҐ]|{offices} )[\w\s-]{{2,30}}[\"”»“«](?:\s[A-ZА-ЯІЇЄҐ][\w’'-]+){{0,3}}$")


def _is_introduced(first: str, second: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name stands beside what it is: "Vitalii Kim, the governor", "the state railway company, Ukrzaliznytsia"."""
    role = vocabulary.pattern("claims", "roles")
    first = _leading(vocabulary.lang).sub("", first, count=1)
    named = NAME.fullmatch(first.strip()) or (CAPITALISED.fullmatch(first.strip()) and _apposition(vocabulary.lang).match(second))
    if named and role.search(second):
        return True
    if not CAPITALISED.fullmatch(second.strip()) or len(first.split()) > _MOST_WORDS // 2 or casualties.find(first, vocabulary.lang).known:
        return False  # "The driver and a passenger were hurt, Shanko said"
    # "Russian forces captured Kupiansk, Reuters reported": they are no apposition of it.
    behind, end = _behind_office(vocabulary.lang), len(first.rstrip())
    return any(behind.fullmatch(first, m.end(), end) for m in role.finditer(first))


@cache
def _behind_office(lang: str) -> re.Pattern[str]:
    """Match what may stand between an office and the comma before the name of who holds it: "the head of the region, Syniehubov"."""
    return re.compile(rf"{alternatives(Vocabulary.load(lang).table('claims')['behind_office_patterns'])}?", re.IGNORECASE)
