"""The reports that a text is made of: a roundup of several, each with its dateline, greeting, signature or heading, is read as them.

Where nothing says that another report begins, the text is one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, deeds
from mapper.extraction.facts.claimants import Voices
from mapper.extraction.reading import signature
from mapper.extraction.wording.sentences import LINE, Sentence, dateline, head_entries
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.taxonomy import Taxonomy

__all__ = ["headed", "of_text", "opening"]

#: What a dateline has, and a name before a dash in a list has not: the agency, the day, or a town in capitals.
_OF_A_DATELINE = re.compile(r"[A-ZА-ЯІЇЄҐ]{3}|[^(]*(?:\([^)]+\)|\d)")
#: A line longer than this is none that signs.
_SIGNING_CHARACTERS = 140
#: How Markdown marks a heading.
_HEADING = re.compile(r"\s*#{1,6}\s+(\S.*)$")
#: What ends a sentence.
_STOPS = tuple(".!?…:;,»”")
#: What a line may begin with before its first word.
_OPENING = '*_«„“" '
#: What ends a line that only introduces the next.
_INTRODUCES = ":"


def of_text(text: str, named: Sequence[int], taxonomy: Taxonomy, lang: str) -> list[tuple[int, int]]:
    """Give the character spans of the reports of a text that names places at these characters, in their order; they cover it."""
    lines = list(LINE.finditer(text))
    begins = [0]
    apart = not head_entries(text, Vocabulary.load(lang))
    for before, line in pairwise(lines):
        if _begins(line.group(), lang, dated=apart):
            cut = before if before.group().rstrip().endswith(_INTRODUCES) else line
            if cut.start() > begins[-1]:
                begins.append(cut.start())
    begins += _after_signatures(lines, taxonomy, lang)
    begins += _under_headings(text, lines, named, taxonomy, lang)
    return _telling(text, sorted(set(begins)), taxonomy, lang)


def opening(text: str, spans: Sequence[tuple[int, int]], taxonomy: Taxonomy, lang: str) -> str:
    """Give what a digest of these reports begins with, if it tells of no event: "Here is what Friday brought."."""
    (start, end), *others = spans
    below = headed(text, start, end)[1]
    is_digest = any(headed(text, *span)[0] for span in others)
    return text[below:end] if is_digest and not _tells(text, below, end, taxonomy, lang) else ""


def _under_headings(text: str, lines: list[re.Match[str]], named: Sequence[int], taxonomy: Taxonomy, lang: str) -> list[int]:
    """Give where the headings of a digest begin, of which some tell what happened.

    What is told below a heading of no place that is named there goes on with what stands above it.
    """
    headings = [line for line in lines if _heading(line.group())]
    if len(headings) < 2 or not any(deeds.find(_heading(line.group()), taxonomy, lang) for line in headings):
        return []
    ends = [*(line.start() for line in headings[1:]), len(text)]
    return [
        line.start()
        for line, end in zip(headings, ends, strict=True)
        if any(line.start() <= place < end for place in named) or not _tells(text, line.end(), end, taxonomy, lang)
    ]


def headed(text: str, start: int, end: int) -> tuple[str, int]:
    """Give the words of the heading that a report begins with, if any, and where what stands below it begins."""
    line = text[start:end].split("\n", 1)[0]
    told = _heading(line)
    return told, start + len(line) if told else start


def _heading(line: str) -> str:
    """Give the words of a line that is marked as a heading, "## Two killed in Sumy"; an empty text of any other."""
    marked = _HEADING.match(line.rstrip())
    return marked[1].strip(" #*_") if marked else ""


def _telling(text: str, begins: list[int], taxonomy: Taxonomy, lang: str) -> list[tuple[int, int]]:
    """Leave together what tells nothing and what it stands beside: a greeting at the end of a post begins no other."""
    spans: list[tuple[int, int]] = []
    for start, end in zip(begins, [*begins[1:], len(text)], strict=True):
        tells = len(begins) > 1 and _tells(text, start, end, taxonomy, lang)
        # A dateline or a greeting below a heading begins no other.
        if spans and ((not tells and not headed(text, start, end)[0]) or _heading(text[spans[-1][0] : start].strip())):
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return spans


def _tells(text: str, start: int, end: int, taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether a part of a text tells of any event or toll."""
    lines = (line.group() for line in LINE.finditer(text, start, end))
    return any(deeds.find(line, taxonomy, lang) or casualties.find(line, lang).known for line in lines)


def _begins(line: str, lang: str, *, dated: bool) -> bool:
    """Tell whether a line begins as reports do: "KYIV, Ukraine (AP) — ", "Nov 12 (Reuters) - ", if datelines do, "Friends, ..."."""
    vocabulary = Vocabulary.load(lang)
    if vocabulary.pattern("clauses", "greeting_patterns").match(line.lstrip(_OPENING)):
        return True
    length = dateline(line, vocabulary) if dated else 0
    return bool(length) and _OF_A_DATELINE.match(line, 0, length) is not None


def _after_signatures(lines: list[re.Match[str]], taxonomy: Taxonomy, lang: str) -> list[int]:
    """Give where the lines after those begin that sign what stands before them.

    Lines that name who tells what comes next stand before the first report as well, and a signature stands alone.
    """
    named = [k for k, line in enumerate(lines) if _names_a_teller(line, taxonomy, lang)]
    if not named or named[0] == 0 or (len(named) > 1 and named[-1] != len(lines) - 1):
        return []
    return [lines[k + 1].start() for k in named if k + 1 < len(lines)]


def _names_a_teller(line: re.Match[str], taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether a line is no more than the name of an office, or of a person with one, and no sentence."""
    text = line.group().strip()
    if len(text) > _SIGNING_CHARACTERS or " " not in text or text.endswith(_STOPS) or deeds.find(text, taxonomy, lang):
        return False
    found = signature.find(Sentence(text, line.start(), line.end(), 0, 1, heading=True), Voices(), lang)
    vocabulary = Vocabulary.load(lang)
    return found is not None and any(vocabulary.pattern("claims", key).search(found.by) for key in ("roles", "persons"))
