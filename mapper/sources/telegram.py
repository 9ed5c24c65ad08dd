"""Telegram's export of a channel as JSON (`result.json`): each message an Article."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from mapper.errors import InputError, Rejected
from mapper.sources.article import Article, Articles
from mapper.sources.dates import FARTHEST
from mapper.sources.decoding import newlines, visible
from mapper.sources.language import detect

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_export", "read_export"]

_LONGEST_TITLE = 160
_REMEDY = "export the channel again from Telegram Desktop as 'Machine-readable JSON'"
#: Of these an address is known from the number of the chat alone.
_CHANNELS = ("public_channel", "private_channel", "public_supergroup", "private_supergroup")
#: Zones lie on quarters of an hour, in minutes.
_QUARTER = 15


def is_export(document: Any) -> bool:
    """Tell whether a JSON document is an export of one chat, or of a whole account."""
    return isinstance(document, dict) and (isinstance(document.get("messages"), list) or bool(_listed(document)))


def read_export(document: Any, path: str) -> Articles:
    """Make articles of the messages of an export, in its order.

    The publisher is the channel, or whom it forwards from: for a forwarded message is no second voice. Service
    messages and those without words are skipped and counted. Dates are on the clock of the computer that made
    the export, as the export has them.

    Parameters
    ----------
    document
        The parsed JSON.

    Raises
    ------
    InputError
        If no message has text.
    """
    chats = [document] if isinstance(document.get("messages"), list) else _listed(document)
    articles: list[Article] = []
    rejected: list[Rejected] = []
    skipped: Counter[str] = Counter()
    number = 0
    for chat in chats:
        found = []
        for message in chat["messages"]:
            number += 1
            fault = _fault(message)
            if fault:
                rejected.append(Rejected(path, number, "", "", fault))
            elif message.get("type") == "service":
                skipped["service message"] += 1
            elif not (text := _text(message)):
                skipped["message without text"] += 1
            else:
                found.append(_article(message, text, chat, path, several=len(chats) > 1))
        articles += _with_languages(found)
    left_out = " and ".join(f"{count} {kind if count == 1 else kind.replace('message', 'messages', 1)}" for kind, count in skipped.items())
    if not articles:
        said = f"no text in its {_messages(number)}" + (f" ({left_out})" if left_out else "") if number else "no message"
        raise InputError(path, f"is a Telegram export with {said}: expected messages with text", _REMEDY)
    warnings = [f"{path}: {left_out} skipped"] if left_out else []
    if undated := sum(article.published is None for article in articles):
        warnings.append(f"{path}: {_messages(undated)} without a date that can be read; --published DATE sets it")
    return Articles(path, tuple(articles), tuple(rejected), tuple(warnings))


def _listed(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the chats of the export of an account."""
    groups = [document.get(key) for key in ("chats", "left_chats")]
    chats = [chat for group in groups if isinstance(group, dict) and isinstance(group.get("list"), list) for chat in group["list"]]
    return [chat for chat in chats if isinstance(chat, dict) and isinstance(chat.get("messages"), list)]


def _fault(message: Any) -> str:
    if not isinstance(message, dict):
        return "is no message: expected an object with id, date and text"
    if isinstance(message.get("id"), bool) or not isinstance(message.get("id"), int):
        return "the message has no number: expected an id"
    return ""


def _article(message: Mapping[str, Any], text: str, chat: Mapping[str, Any], path: str, *, several: bool) -> Article:
    number = message["id"]
    channel = _word(chat.get("name"))
    published, moment = _date(message)
    return Article(
        path=f"{path}#{_chat_id(chat)}/{number}" if several else f"{path}#{number}",
        text=text,
        title=_title(text),
        publisher=_word(message.get("forwarded_from")) or channel,
        url=_address(chat, number),
        published=published,
        published_at=moment,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        key=f"{_chat_id(chat)}/{number}",
    )


def _text(message: Mapping[str, Any]) -> str:
    """Put a text together that is a string, or a list of strings and of entities such as links and bold words."""
    text = message.get("text")
    if isinstance(text, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in text]
        text = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(text, str) or not text.strip():
        return ""
    # half of a surrogate pair can be written in JSON, but not as UTF-8
    return visible(newlines(text)).encode("utf-8", "replace").decode().strip()


def _title(text: str) -> str:
    """Give the first line that has a word, without the signs around it."""
    for line in text.split("\n"):
        first = next((at for at, character in enumerate(line) if character.isalnum()), None)
        if first is not None:
            title = line[first:].strip()
            return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return ""


def _date(message: Mapping[str, Any]) -> tuple[date | None, datetime | None]:
    """Read the day as the export has it, and the moment with the zone that lies between the two clocks it gives."""
    local = _local(message.get("date"))
    try:
        utc = datetime.fromtimestamp(int(message.get("date_unixtime", "")), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return (local.date() if local else None), None
    if local is None:
        return utc.date(), utc
    shift = (local - utc.replace(tzinfo=None)) / timedelta(minutes=1)
    if abs(shift) > FARTHEST or shift % _QUARTER:
        return local.date(), utc
    return local.date(), local.replace(tzinfo=timezone(timedelta(minutes=shift)))


def _local(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except (TypeError, ValueError):
        return None


def _address(chat: Mapping[str, Any], number: int) -> str:
    """Give the address of a message, by the name of the channel where an export has it, else by its number."""
    name = chat.get("username")
    if isinstance(name, str) and name.strip("@ "):
        return f"https://t.me/{name.strip('@ ')}/{number}"
    return f"https://t.me/c/{_chat_id(chat)}/{number}" if chat.get("type") in _CHANNELS and _chat_id(chat).isdigit() else ""


def _chat_id(chat: Mapping[str, Any]) -> str:
    """Give the number of a chat as its addresses have it; other programs put -100 before it."""
    return str(chat.get("id") or chat.get("name") or "chat").removeprefix("-100")


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"


def _word(value: Any) -> str:
    return " ".join(visible(value).split()) if isinstance(value, str) else ""


def _with_languages(articles: list[Article]) -> list[Article]:
    """Give each message its language; one too short to show it has that of most of its channel."""
    found = [detect(article.text) for article in articles]
    usual, count = Counter(filter(None, found)).most_common(1)[0] if any(found) else ("", 0)
    if count * 10 < sum(map(bool, found)) * 9:
        usual = ""  # a channel in two languages
    return [replace(article, lang=lang or usual) for article, lang in zip(articles, found, strict=True)]
