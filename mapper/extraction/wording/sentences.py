"""A text to its sections and sentences, each with its character span.

A section is a heading and the paragraphs below it. Sentence boundaries come from sentencex
(Wikimedia, MIT), line by line, so that a heading without a full stop does not run into the paragraph below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import sentencex

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LINE", "Sentence", "dateline", "head_entries", "is_quoted", "split"]

#: A line longer than this is a paragraph even if no full stop ends it.
_HEADING_CHARACTERS = 140

#: A line that is handed to the segmenter in one piece; longer ones are cut at white space.
_LINE_CHARACTERS = 20_000

#: A sentence that is read in one piece; what is longer is no prose, and cut so that reading it takes no longer.
_SENTENCE_CHARACTERS = 2_000

#: The end of a sentence in which an abbreviation is looked for.
_ABBREVIATION_CHARACTERS = 12

#: A line of a text; sentences do not go on from one to the next.
LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\"'»”’“‘«)\]]*\s*$")
#: Words of the name of a town that a report is from.
_CAPITALISED = r"[A-ZÀ-ÞА-ЯІЇЄҐ][\w.'’/-]*"
_CAPITALS = r"[A-ZА-ЯІЇЄҐ]{3,}"
_QUOTATION = re.compile(r"[«„“\"]")
#: The marks of quotations; “ ends one in German and begins one in English.
_MARKS = re.compile(r"[«»„“”\"]")
_OPENING, _EITHER = frozenset("«„"), frozenset('"“')
#: Where a sentence ends inside a quotation.
_STOP = re.compile(r"(?<=[^\W\d_]{2}[.!?…])\s+(?=[«„“\"(]?[A-ZÀ-ÞА-ЯЁІЇЄҐ])")
#: "Tschernihiw. Eine Drohne ...": the same before the first sentence of a text.
_OPENING_DATELINE = re.compile(
    rf"(?:{_CAPITALISED}(?:[ /-]{_CAPITALISED}){{0,2}})(?:\s\([\w/ .]{{2,30}}\))?(?<!\bSt)\.\s+(?=(?:[A-ZÄÖÜ][\w-]*|\d+)\s+[\w-]+\s)"
)
#: A dateline of a town only, or of a day only, with no agency.
_BARE = re.compile(rf"(?P<town>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}}\s[–—-]\s+)|{_CAPITALISED}\.?\s+[0-3]?\d(?:\s[—–-]|\.)\s+")
#: The agency behind the day of a dateline: "INTERFAX.RU – ", "/ТАСС/. ", "(AFD) ".
_AGENCY = r"(?:\([\w/ .-]{2,30}\)|/[\w ]{2,20}/|[A-ZА-ЯІЇЄҐ][\w.-]{1,20}(?:\s[A-ZА-ЯІЇЄҐ][\w-]+){0,2}(?=\s*[–—-]|\.\s))"
#: How many letters of a month its abbreviation has.
_MONTH = 3
_MARKUP = re.compile(r"\s*(?:#{1,6}\s+|>\s*)?")
#: The mark of an entry of a list: a dash, a bullet, a sign, "3)".
_SIGNS = r"\u2010-\u2015\u2022\u2023\u2043\u203c\u2049\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff"
_MARK = re.compile(rf"(?:[*·-]\s+|[{_SIGNS}]+\s*|\d{{1,2}}\)\s+)+")
#: An entry of so few words may be the heading of a list.
_HEADING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a heading, and where it stands: `text` is `article.text[start:end]`.

    `section` counts the headings and times of posting above it, `paragraph` the lines; `item` tells that its line is an
    entry of a list. `whole` is the span of what it is said in: of several sentences of one quotation, all of it with who
    says it.
    """

    text: str
    start: int
    end: int
    section: int
    paragraph: int
    heading: bool
    item: bool = False
    whole: tuple[int, int] = (0, 0)


def split(text: str, vocabulary: Vocabulary) -> list[Sentence]:
    """Cut a text into sentences; nothing but white space and list marks lies between them."""
    sentences: list[Sentence] = []
    section = 0
    heads = head_entries(text, vocabulary)
    for paragraph, line in enumerate(LINE.finditer(text)):
        begin = line.start() + _length(_MARKUP, line.group())
        mark = _length(_MARK, text[begin : line.end()])
        begin += mark
        if posted := _length(_posted(vocabulary.lang), text[begin : line.end()]):
            begin, section = begin + posted, section + 1
        written = dateline(text[begin : line.end()], vocabulary)
        begin += 0 if (heads or mark) and _BARE.fullmatch(text, begin, begin + written) else written
        if not (sentences or mark or heads):
            begin += _length(_opening(vocabulary.lang), text[begin : line.end()])
        body = text[begin : line.end()]
        if not body.strip():
            continue
        heading = len(body) <= _HEADING_CHARACTERS and not _ENDS_A_SENTENCE.search(body)
        heading = heading and not (mark and len(body.split()) > _HEADING_WORDS) and not _goes_on(body)
        heading = heading and not vocabulary.pattern("claims", "credit_patterns").match(body)
        if heading:
            # Under "Details:" a report goes on with what it has told.
            section += not vocabulary.pattern("clauses", "details_patterns").fullmatch(body.strip(" :*_"))
            spans = iter([(0, len(body))])
        else:
            spans = (cut for span in _spans(body, vocabulary) for cut in _short(body, *span))
        for start, end in spans:
            piece = body[start:end]
            trimmed = piece.strip()
            if trimmed:
                at = begin + start + piece.index(trimmed)
                whole = (at, at + len(trimmed))
                for first, last in _in_quotation(trimmed, vocabulary):
                    said = trimmed[first:last]
                    sentences.append(Sentence(said, at + first, at + last, section, paragraph, heading, bool(mark), whole))
    return sentences


def dateline(line: str, vocabulary: Vocabulary) -> int:
    """Give how many characters of a line say no more than where and when a report was written."""
    length = _length(_dateline(vocabulary.lang), line)
    return length if not vocabulary.month.match(line, length) else 0  # "Am 21. November ..."


def head_entries(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether towns before a dash, or days, say what the lines below a lead tell of, and not where they were written.

    "Two people were killed over the day. ¶ KHERSON – Artillery hit the centre. ¶ BERYSLAV – Bombs fell on a school."
    """
    lines = [line[_length(_MARKUP, line) :] for line in LINE.findall(text)]
    lines = [line[_length(_MARK, line) :] for line in lines]
    bare = [_BARE.fullmatch(line, 0, dateline(line, vocabulary)) for line in lines]
    heads = {one.group() for one in bare if one}
    if len(heads) > 1 and not (bare[0] and bare[0]["town"]):
        return True
    # "Nikopol. Eine Drohne traf ein Haus. ¶ Cherson. Artillerie beschoss einen Markt."
    opened = {one.group() for line in lines if (one := _OPENING_DATELINE.match(line))}
    return vocabulary.table("names")["opening_town"] and len(opened) > 1


def _goes_on(line: str) -> bool:
    """Tell whether a line has a whole sentence before its last one: "A drone hit a house in Reni. Odesa RMA"."""
    stop = _STOP.search(line)
    return stop is not None and len(line[: stop.start()].split()) > _HEADING_WORDS


def _length(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0


def _spans(line: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    for offset, piece in _pieces(line):
        start = end = 0
        for segment in _cut_further(sentencex.segment(vocabulary.lang, piece), vocabulary.lang):
            end += len(segment)
            # The segmenter knows few abbreviations of the smaller languages.
            last = max(0, len(segment) - _ABBREVIATION_CHARACTERS)
            short = vocabulary.abbreviation.search(segment, last) and not vocabulary.closing.search(segment, last)
            if end < len(piece) and short:
                continue
            if end < len(piece) and segment.rstrip()[-2:-1].isdigit() and vocabulary.ordinal.match(piece, _last_word(piece, end)):
                continue
            yield offset + start, offset + end
            start = end
        if start < end:
            yield offset + start, offset + end


def _last_word(piece: str, end: int) -> int:
    """Give where the last word of a segment begins."""
    return max(piece.rfind(space, 0, len(piece[:end].rstrip())) for space in " \u00a0\n") + 1


def _cut_further(segments: Iterable[str], lang: str) -> Iterator[str]:
    """Cut before a number, and after an abbreviation that ends a sentence, where the segmenter takes one for the rest of the other."""
    for segment in segments:
        start = 0
        for match in _missed(lang).finditer(segment):
            yield segment[start : match.end()]
            start = match.end()
        yield segment[start:]


def _in_quotation(segment: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Cut the sentences of one quotation, which the segmenter leaves in one piece."""
    start = 0
    if _QUOTATION.search(segment):
        for stop in _STOP.finditer(segment):
            if not vocabulary.abbreviation.search(segment, max(start, stop.start() - _ABBREVIATION_CHARACTERS), stop.start()):
                yield start, stop.start()
                start = stop.end()
    yield start, len(segment)


def is_quoted(text: str, start: int, at: int) -> bool:
    """Tell whether what stands at a place of a text is within a quotation that begins at `start` or behind it."""
    opened = 0
    for mark in _MARKS.findall(text, start, at):
        opened = 1 - opened if mark in _EITHER else opened + (1 if mark in _OPENING else -1)
    return opened > 0


def _short(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for offset, piece in _pieces(line[start:end], _SENTENCE_CHARACTERS):
        yield start + offset, start + offset + len(piece)


def _pieces(line: str, longest: int = _LINE_CHARACTERS) -> Iterator[tuple[int, str]]:
    start = 0
    while len(line) - start > longest:
        cut = line.rfind(" ", start, start + longest) + 1 or start + longest
        yield start, line[start:cut]
        start = cut
    yield start, line[start:]


@cache
def _dateline(lang: str) -> re.Pattern[str]:
    """Match where and when a report was written, not where and when it happened: "KYIV, Nov 22 (Reuters) - "."""
    weapons = alternatives(Vocabulary.load(lang).table("targets")["acronyms"])
    return re.compile(
        rf"(?:(?=[\w .'’/-]{{3,41}}(?:,|\s*\(|\s[—–-])){_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}}(?:,\s*[\w. ]{{3,20}}?){{0,2}}"
        rf"\s*(?:\([\w/ .]{{2,30}}\)\s*[-–—](?=\s+\d)|(?:\([\w/ .]{{2,30}}\)\s*[-–—]|\s[—–-]-?)(?=\s+(?!{weapons})[A-ZА-ЯІЇЄҐ]))\s+)"
        # "Aug 21 - ", "Kyiv. November 6. "
        rf"|(?:{_CAPITALISED}[.,]\s+)?{_CAPITALISED}\.?\s+[0-3]?\d(?:\s*\([\w/ .]{{2,30}}\))?(?:\s[—–-]|\.)\s+(?=[A-ZА-ЯІЇЄҐ])"
        # "MOSCOW, August 5. /TASS/. "
        rf"|{_CAPITALS}(?:[ /]{_CAPITALS}){{0,2}},\s+[\w. ]{{3,20}}?\.\s+"
        rf"(?:/[\w ]{{2,20}}/\.\s+|[\w-]{{2,20}}\.\s+)?(?=[«„“\"]?[A-ZА-ЯІЇЄҐ])"
    )


@cache
def _opening(lang: str) -> re.Pattern[str]:
    """Match the town and the day, and the agency if it is named, that a text begins with: "Москва. 25 января. INTERFAX.RU – "."""
    vocabulary = Vocabulary.load(lang)
    dates = vocabulary.table("dates")
    months = rf"(?:{literals({*dates['months'], *(month[:_MONTH] for month in dates['months'])})}\.?)"
    year = r"(?:,?\s+20\d\d(?:\s+[^\W\d_]{1,5}(?=[.,]))?)?"
    day = rf"(?i:(?:[0-3]?\d\.?\s+{months}|{months}\s+[0-3]?\d){year}|{literals(dates['weekdays'])})"
    town = rf"{_CAPITALISED}(?:(?: ?/ ?|[ -]){_CAPITALISED}){{0,2}}"
    # "Nikopol, 25 January. A drone hit a house." says where it was: only a capital and a town in capitals need no agency.
    capital = rf"(?i:{alternatives(vocabulary.table('claims')['governments'])})(?!\w)"
    seat = rf"(?:{capital}(?: ?/ ?{_CAPITALISED})?|{_CAPITALS}(?: ?/ ?{_CAPITALS})?)"
    ends = r"(?:[.,]|\s*[–—-]|(?=\s*[(/]))\s*"
    forms = [
        rf"{town}[.,]\s+{day}{ends}{_AGENCY}\s*[.:–—-]{{0,2}}\s+",
        rf"{seat}[.,]\s+{day}{ends}",
        rf"{day},\s+{seat}(?:\.|\s[–—-])\s+",
        rf"{town}(?:\.|\s•)\s+(?:\([A-ZА-ЯІЇЄҐ/a-z]{{2,10}}\)|[A-ZА-ЯІЇЄҐ]{{3,8}})\.?\s+",
        rf"{town}\s\([A-ZА-ЯІЇЄҐ/]{{2,10}}\)[.:]?\s+",
        *([_OPENING_DATELINE.pattern] if vocabulary.table("names")["opening_town"] else ()),
    ]
    return re.compile(rf"{alternatives(forms)}(?=[«„“\"]?[A-ZÄÖÜА-ЯІЇЄҐ])")


@cache
def _posted(lang: str) -> re.Pattern[str]:
    """Match the time at which an entry of a live blog was posted."""
    behind = alternatives(Vocabulary.load(lang).table("dates")["posted"])
    return re.compile(
        rf"\s*(?:[*_+]{{1,3}}\s*)?\[?(?:[01]?\d|2[0-3])[:.][0-5]\d\]?(?:\s*(?:{behind}|[ap]\.?m\.?|[A-Z]{{3,4}}))?(?:\s*[*_]{{1,3}}|:|(?<=:\d\d)\.)?(?:\s*[-–—|:])?\s+(?=[*_\"“„«]*[A-ZÄÖÜА-ЯІЇЄҐ])"
    )


@cache
def _missed(lang: str) -> re.Pattern[str]:
    """Match the end of a sentence after a word too long to be short for another, or a particle of a verb, before a number.

    Or one after what is short for "born" and the like, before a capital.
    """
    vocabulary = Vocabulary.load(lang)
    particles = "".join(rf"|(?<=\s{particle})" for particle in vocabulary.table("clauses")["closing_particles"])
    return re.compile(rf"(?:(?<=[^\W\d_]{{4}}){particles})[.!?]\s+(?=\d)|{vocabulary.closing.pattern}")
