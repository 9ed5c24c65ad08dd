"""A language model behind an OpenAI-compatible address: one question, one answer in JSON, or why there is none.

Beside `mapper geocode --online` this is all that ever asks a network, and only the address that the user gives: redirects
are not followed. A key is read from the environment alone and is in no message.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mapper.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from http.client import HTTPResponse

__all__ = ["KEY_VARIABLE", "NoAnswer", "Service"]

#: Environment variable with the key of the service, where it asks for one.
KEY_VARIABLE = "MAPPER_LLM_KEY"

_PATH = "/chat/completions"
#: Of an answer: incidents of one passage are a few kilobytes.
_MOST_BYTES = 2_000_000
_MOST_TOKENS = 4_096
_ATTEMPTS = 3
_LONGEST_PAUSE = 30.0
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_UNKNOWN_SETTING = frozenset({400, 415, 422})
_FORBIDDEN = frozenset({401, 403})


class NoAnswer(Exception):  # noqa: N818
    """One question that got no usable answer; the next one may."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: what is asked goes to the address that the user gave and nowhere else."""


class Service:
    """A chat service, asked one question at a time.

    Parameters
    ----------
    address
        Such as ``http://localhost:11434/v1``; what comes behind it is added.
    model
        Name of the model, as the service calls it.
    timeout
        Seconds for one answer, however it trickles in.
    pause
        Seconds before the second attempt at a question; twice as long before the third.

    Raises
    ------
    InputError
        If the address is none, or a key would travel unencrypted; from `ask` if the service can't be used at all.
    """

    def __init__(self, address: str, model: str, *, timeout: float = 120.0, pause: float = 1.0) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise InputError(address, "is no address of a language model", "give one such as http://localhost:11434/v1")
        if "@" in parts.netloc:
            raise InputError(parts.hostname, "the address holds a name or password", f"take it out and set {KEY_VARIABLE}")
        self.address = _completed(address.rstrip("/"))
        self.model = model
        self._key = os.environ.get(KEY_VARIABLE, "").strip()
        if self._key and parts.scheme == "http" and not _is_local(parts.hostname):
            raise InputError(address, f"would be sent {KEY_VARIABLE} unencrypted", "give an https address, or unset the key")
        if not self._key.isascii() or not self._key.isprintable():
            raise InputError(KEY_VARIABLE, "holds characters that no key has", "set it anew")
        self._timeout = timeout
        self._pause = pause
        self._opener = urllib.request.build_opener(_NoRedirects)
        self._formats: list[str] = ["json_schema", "json_object", ""]

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Give the answer to a question.

        Raises
        ------
        NoAnswer
            If there is none, it is cut off or too long.
        InputError
            If there will be none to other questions either.
        """
        trouble = NoAnswer("did not answer")
        attempt = 0
        while attempt < _ATTEMPTS:
            try:
                return _content(self._post(self._body(messages, schema)))
            except urllib.error.HTTPError as error:
                with error:
                    if error.code in _UNKNOWN_SETTING and len(self._formats) > 1:
                        # Not every service knows every form of answer: the next simpler one.
                        self._formats.pop(0)
                        continue
                    trouble, pause = self._refused(error), _retry_after(error)
            except TimeoutError:
                trouble, pause = NoAnswer(f"did not answer within {self._timeout:g} seconds"), 0.0
            except urllib.error.URLError as error:
                if isinstance(error.reason, TimeoutError):
                    trouble, pause = NoAnswer(f"did not answer within {self._timeout:g} seconds"), 0.0
                else:
                    raise InputError(self.address, f"cannot be reached: {error.reason}", "start the service or check --llm-url") from None
            except (HTTPException, OSError) as error:
                trouble, pause = NoAnswer(f"broke off: {type(error).__name__}"), 0.0
            attempt += 1
            if attempt < _ATTEMPTS:
                time.sleep(min(_LONGEST_PAUSE, max(pause, self._pause * 2 ** (attempt - 1))))
        raise trouble

    def _body(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> bytes:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 1,
            "max_tokens": _MOST_TOKENS,
            "stream": False,
        }
        if self._formats[0] == "json_schema":
            body["response_format"] = {"type": "json_schema", "json_schema": {"name": "incidents", "strict": True, "schema": schema}}
        elif self._formats[0]:
            body["response_format"] = {"type": self._formats[0]}
        return json.dumps(body, ensure_ascii=False).encode()

    def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "mapper"}
        request = urllib.request.Request(self.address, data=body, headers=headers, method="POST")  # noqa: S310
        if self._key:
            request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        until = time.monotonic() + self._timeout
        with self._opener.open(request, timeout=self._timeout) as response:
            return _read(response, until)

    def _refused(self, error: urllib.error.HTTPError) -> NoAnswer:
        """Say why a service refuses; raise where it will refuse every question."""
        if error.code in _BUSY:
            return NoAnswer(f"answered with error {error.code}")
        if 300 <= error.code < 400:
            to = urlsplit(error.headers.get("Location", "")).netloc or "another path"
            raise InputError(self.address, f"redirects to {to}, which is not followed", "give the final address with --llm-url")
        if error.code in _FORBIDDEN:
            raise InputError(self.address, f"refuses us (error {error.code})", f"set {KEY_VARIABLE} to a key that it accepts")
        if error.code == 404:
            problem = f"knows no such address or no model {self.model!r} (error 404)"
            raise InputError(self.address, problem, "check --llm-url and --llm-model")
        return NoAnswer(f"answered with error {error.code}")


def _completed(address: str) -> str:
    if address.endswith(_PATH):
        return address
    return address + _PATH if urlsplit(address).path else f"{address}/v1{_PATH}"


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(response: HTTPResponse, until: float) -> bytes:
    parts, size = [], 0
    while part := response.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            raise NoAnswer(f"answered with more than {_MOST_BYTES:,} bytes")
        if time.monotonic() > until:
            raise TimeoutError
    if response.length:
        raise HTTPException
    return b"".join(parts)


def _content(data: bytes) -> str:
    """Take the text out of an answer."""
    try:
        answer = json.loads(data)
        [choice, *_] = answer["choices"]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise NoAnswer("answered with something else than a chat completion") from None
    if ended == "length":
        raise NoAnswer("was cut off before the end of its answer")
    if not isinstance(content, str) or not content.strip():
        raise NoAnswer("answered with nothing")
    return content


def _retry_after(error: urllib.error.HTTPError) -> float:
    try:
        return max(0.0, float(error.headers.get("Retry-After", "0")))
    except ValueError:
        return 0.0
