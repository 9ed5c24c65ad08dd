"""The language of a text: by its letters and small words where they show it, else by py3langid, else unknown.

The letters come first because they are surer than any model between Ukrainian and Russian, and because they
cost nothing: the model takes half a second to load, which a single clear text should not wait for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["code", "contradicts", "detect"]

#: What is looked at: enough to tell, and a long article need not be read to its end.
_SAMPLE = 6_000
_FEWEST_LETTERS = 12
#: From this share of the letters on, a second script makes a text a mixed one.
_MIXED_SCRIPTS = 0.3
#: From this share of the telling letters or words on, a second language does.
_MIXED = 0.3
#: So many telling words; of telling letters one is enough, for the other alphabet has no key for it.
_FEWEST_WORDS = 3
#: Length from which on the text is believed rather than its file.
_ENOUGH_TO_CONTRADICT = 200
#: Below this the model is guessing; its probabilities are over all of its 97 languages.
_CONFIDENT = 0.4

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏЀ-ӿ]")
#: Letters that one of the two has and the other has not.
_LETTERS: Mapping[str, re.Pattern[str]] = {"uk": re.compile(r"[іїєґ]"), "ru": re.compile(r"[ыэё]")}
#: Letters of Belarusian, Serbian, Macedonian and the Kazakh and Tatar alphabets.
_FOREIGN_CYRILLIC = re.compile(r"[ўјљњћђџѓќѕәғқңөұүһ]")
#: Small words that tell the languages in Latin letters apart; `other` are those of their neighbours.
_WORDS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:the|and|of|to|were|that|with|by|for|from|have|has|had|been|at|this|which|it|its|his|their|are|is)\b"),
    "de": re.compile(r"\b(?:der|die|das|und|den|dem|ein|eine|einer|einem|nicht|mit|wurden?|sich|auf|ist|bei|nach|auch|zu|im|von)\b"),
    "other": re.compile(
        r"\b(?:la|les?|et|des|une|est|dans|pour|que|sur|avec|los|las|por|para|una|el|y|con|se|di|che|dell?a?|il|per|non|een|het|van|op"
        r"|niet|zijn|voor|de|w|z|na|nie|się|jest|do|przez|com|não|em|och|att|som|på|av|det|og|til|i|ve|bir|și|ale|je|hogy)\b"
    ),
}
_ISO_639_2 = {"eng": "en", "ukr": "uk", "rus": "ru", "ger": "de", "deu": "de"}


def detect(text: str) -> str:
    """Give the ISO 639-1 code of one of `mapper.taxonomy.LANGUAGES`; empty if it is another one, mixed or cannot be told.

    Examples
    --------
    >>> detect("Уночі над областю збили дев'ять дронів."), detect("The drones were shot down over the region.")
    ('uk', 'en')
    >>> detect("Ok 112"), detect("")
    ('', '')
    """
    sample = text[:_SAMPLE]
    latin, cyrillic, other = (len(pattern.findall(sample)) for pattern in (_LATIN, _CYRILLIC, _OTHER))
    letters = latin + cyrillic + other
    if letters < _FEWEST_LETTERS or max(latin, cyrillic) < (1 - _MIXED_SCRIPTS) * letters:
        return ""
    signs = _signs(sample.lower(), cyrillic=cyrillic > latin)
    if signs is None:
        return ""
    best, second = sorted(signs.values(), reverse=True)[:2]
    if best >= (1 if cyrillic > latin else _FEWEST_WORDS):
        if second > _MIXED * best:
            return "" if cyrillic > latin else _by_model(sample)
        found = next(lang for lang, count in signs.items() if count == best)
        return found if found in LANGUAGES else ""
    return _by_model(sample)


def contradicts(text: str, said: str) -> str:
    """Give the language of a text that its file gets wrong; empty if it is right, or the text too short to say.

    Templates of web pages often name the language of their maker, not that of the article.

    Examples
    --------
    >>> contradicts("Уночі над областю збили дев'ять дронів. " * 10, "en")
    'uk'
    """
    if len(text) < _ENOUGH_TO_CONTRADICT or said not in LANGUAGES:
        return ""
    found = detect(text)
    return found if found and found != said else ""


def code(tag: str) -> str:
    """Give the two letters of a language tag, a locale or a three-letter code; empty if it is none.

    Examples
    --------
    >>> code("uk-UA"), code("ru_RU"), code("eng"), code("English")
    ('uk', 'ru', 'en', '')
    """
    first = re.split(r"[-_]", tag.strip().lower())[0]
    if len(first) == 2 and first.isascii() and first.isalpha():
        return first
    return _ISO_639_2.get(first, "")


def _signs(sample: str, *, cyrillic: bool) -> dict[str, int] | None:
    """Count what speaks for each language; None if it is a Cyrillic one that is none of ours."""
    counts = {lang: len(pattern.findall(sample)) for lang, pattern in (_LETTERS if cyrillic else _WORDS).items()}
    if not cyrillic:
        return counts
    if counts["uk"] and "и" not in sample:
        return None  # Belarusian has і and no и; Ukrainian has both
    if len(_FOREIGN_CYRILLIC.findall(sample)) > _MIXED * max(counts.values()):
        return None
    return counts


def _by_model(sample: str) -> str:
    found, probability = _model().classify(sample)
    return str(found) if found in LANGUAGES and probability >= _CONFIDENT else ""


@cache
def _model() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
