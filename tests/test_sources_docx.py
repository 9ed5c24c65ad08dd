"""Word documents."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from mapper.errors import InputError
from mapper.sources import Article, read

if TYPE_CHECKING:
    from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = """<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Удар по </w:t></w:r><w:r><w:t xml:space="preserve">Сумах</w:t></w:r></w:p>
<w:p><w:r><w:t>Загинули двоє людей</w:t></w:r><w:del><w:r><w:delText>, троє</w:delText></w:r></w:del><w:ins><w:r><w:t>, поранено п&#8217;ятьох.</w:t></w:r></w:ins></w:p>
<w:p><w:hyperlink><w:r><w:t>За даними</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>голови\u200f об\u00adласті</w:t><w:noBreakHyphen/><w:t>міста.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Дронів</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>23</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:r><w:t>Кінець</w:t><w:tab/><w:t>тексту</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>{title}</dc:title><dc:language>{lang}</dc:language><dcterms:created>2024-11-22T06:30:00Z</dcterms:created></cp:coreProperties>"""


def document(body: str = BODY) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def article(path: Path, data: bytes) -> Article:
    path.write_bytes(data)
    found = read(path)
    assert isinstance(found, Article)
    return found


def test_paragraphs_as_they_stand_after_the_changes(tmp_path: Path) -> None:
    found = article(
        tmp_path / "x.docx", packed({"word/document.xml": document(), "docProps/core.xml": CORE.format(title="Зведення", lang="uk-UA")})
    )
    expected = [
        "Удар по Сумах",
        "Загинули двоє людей, поранено п’ятьох.",
        "За даними",
        "голови області-міста.",
        "Дронів",
        "23",
        "Кінець тексту",
    ]
    assert found.text.split("\n") == expected
    assert (found.title, found.lang, found.published) == ("Зведення", "uk", date(2024, 11, 22))
    assert found.published_at == datetime(2024, 11, 22, 6, 30, tzinfo=UTC)
    assert found.warnings == (
        f"{tmp_path / 'x.docx'}: taken to be published on 2024-11-22, when the document was made; --published DATE sets it",
    )


@pytest.mark.parametrize("title", ["", "Microsoft Word - Документ1", "Document (2)", "news.docx"])
def test_a_title_that_a_program_gave_is_none(tmp_path: Path, title: str) -> None:
    found = article(tmp_path / "x.docx", packed({"word/document.xml": document(), "docProps/core.xml": CORE.format(title=title, lang="")}))
    assert (found.title, found.lang) == ("Удар по Сумах", "uk")


def test_a_date_in_the_head_is_surer_than_that_of_the_file(tmp_path: Path) -> None:
    dated = document(BODY.replace("</w:p>", "</w:p><w:p><w:r><w:t>21 листопада 2024 року</w:t></w:r></w:p>", 1))
    found = article(tmp_path / "x.docx", packed({"word/document.xml": dated, "docProps/core.xml": CORE.format(title="", lang="")}))
    assert (found.published, found.published_at, found.warnings) == (date(2024, 11, 21), None, ())


def test_without_properties_and_in_the_strict_form(tmp_path: Path) -> None:
    strict = document().replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert article(tmp_path / "x.docx", packed({"word/document.xml": strict})).text.startswith("Удар по Сумах\nЗагинули")


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    found = article(tmp_path / "x.docx", packed({"word/document.xml": document(f"<w:p><w:r>{twice}</w:r></w:p>{BODY}")}))
    assert found.text.count("Boxed") == 1


GOOD = packed({"word/document.xml": document()})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hello", r"is no zip file: expected a Word document \(\.docx\); open it in a word processor and save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "is an old .doc file or is locked by a password: expected a .docx without one"),
        (b"PK\x03\x04garbage", "is damaged: "),
        (GOOD[: len(GOOD) // 2], "is damaged: "),
        (GOOD[:80] + b"\xff\xff\xff" + GOOD[83:], "is damaged: "),
        (packed({"xl/workbook.xml": "<a/>"}), "is a zip file but no Word document: it holds no word/document.xml"),
        (packed({"word/document.xml": "<w"}), "is damaged: word/document.xml in it is not XML"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "is damaged: word/document.xml in it is not XML"),
        (packed({"word/document.xml": document("<w:p/>")}), "holds no text: expected the paragraphs of an article"),
        (packed({"word/document.xml": b" " * 100_000_001}), "unpacks to more than 100 MB: expected a news text"),
    ],
)
def test_what_is_no_document_is_said_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        article(tmp_path / "x.docx", data)
    assert str(caught.value).startswith(f"{tmp_path / 'x.docx'}: ")
    assert "\n" not in str(caught.value)
