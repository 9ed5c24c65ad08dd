"""Which words of a text are names of persons: a title or given name and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.gazetteer.morphology import is_adjective, is_given_name
from mapper.gazetteer.names import fold, is_cyrillic
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from mapper.extraction.naming.passage import Passage

__all__ = ["find_persons"]


def find_persons(p: Passage) -> tuple[set[int], set[str]]:
    """Find the words that belong to names of persons, and the surnames to watch for in the rest of the text."""
    inside: set[int] = set()
    names: set[str] = set()
    for first, last in p.runs():
        start = first
        while (
            start < last
            and p.tokens[start].initial
            and p.tokens[start].lower in p.words.stop
            and p.tokens[start].lower not in p.words.titles
        ):
            start += 1
        titled = start
        while titled < last and p.tokens[titled].lower in p.words.titles:
            titled += 1
        titled = _after_office(p, titled, last)
        has_title = titled > start
        if has_title and titled + 1 < last and _is_town_of_office(p, titled):
            titled += 1
        if has_title and titled + 1 < last and not p.tokens[titled].upper and _is_town(p, titled + 1, last):
            continue  # "Bürgermeister von Charkiw"
        lower_title = start > 0 and p.tokens[start - 1].lower in p.words.titles and p.adjacent(start)
        given = titled + 1 < last and (
            (
                _is_given(p, titled)
                and not _is_long_place(p, titled, last)
                and not _is_hyphened_place(p, titled, last)
                and not (is_adjective(p.tokens[titled].text) and _is_town(p, titled, last))  # "у Белой Берёзки"
            )
            or _is_place_given(p, titled, last)
        )
        if titled >= last or not (has_title or lower_title or given):
            continue
        if not given and (p.strength(titled, last) or (lower_title and not has_title and _any_strong(p, titled, last))):
            continue
        members = range(titled, last)
        inside.update(members)
        names |= {p.tokens[k].lower for k in members if len(p.tokens[k].text) > 2 and not p.strength(k, k + 1)}  # initials are no names
    return inside, names


def _after_office(p: Passage, start: int, last: int) -> int:
    """Pass over an office before a given name where offices are capitalised: "Statthalter Wladimir Saldo"."""
    for k in range(start, last - 1):
        if (p.writes("capitalised_nouns") or is_cyrillic(p.tokens[k].text)) and _is_given(p, k):
            in_a_name = k > start and p.gazetteer.knows(fold(p.text[p.tokens[k - 1].start : p.tokens[k].end]))  # "Зелёный Гай"
            if not in_a_name:
                return k
    return start


def _is_town_of_office(p: Passage, k: int) -> bool:
    """Tell whether a word behind a title is the genitive of a town that every reader knows: "Мер Києва Віталій Кличко"."""
    word = p.tokens[k].text
    known = is_cyrillic(word) and not _is_given(p, k) and p.strength(k, k + 1)
    return known and all(one.via != "name" for one in p.gazetteer.matches(word))


def _is_town(p: Passage, first: int, last: int) -> bool:
    return any(one.rank < GUESSED for one in p.gazetteer.matches(p.text[p.tokens[first].start : p.tokens[last - 1].end]))


def _is_given(p: Passage, k: int) -> bool:
    word = p.tokens[k].lower
    return word in p.words.given or (is_cyrillic(word) and is_given_name(word))


def _is_long_place(p: Passage, first: int, last: int) -> bool:
    """Tell whether a run that begins with a given name is a well-known place ("San Jose", "Virginia Beach")."""
    return any(p.strength(first, end) for end in range(last, first + 1, -1))


def _is_hyphened_place(p: Passage, first: int, last: int) -> bool:
    """Tell whether a run is one word with a hyphen, as names of places are: "у Рай-Олександрівці", "в селе Гора-Подол"."""
    name = p.text[p.tokens[first].start : p.tokens[last - 1].end]
    return last == first + 2 and p.tokens[first + 1].joined and (is_cyrillic(name) or bool(p.gazetteer.matches(name)))


def _any_strong(p: Passage, first: int, last: int) -> bool:
    return any(p.strength(k, last) or p.strength(k, k + 1) for k in range(first, last))


def _is_place_given(p: Passage, first: int, last: int) -> bool:
    """Tell whether the name of a place is a given name here: "Jordan Peterson"."""
    second = p.tokens[first + 1].lower
    known_pair = p.gazetteer.knows(fold(p.text[p.tokens[first].start : p.tokens[first + 1].end]))
    return last - first == 2 and p.tokens[first].lower in p.words.place_given and second in p.words.surnames and not known_pair
