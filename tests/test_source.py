"""A file is read as it stands, or refused with one line that says where, what, and what to do."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from kg.errors import KgError
from kg.source import MAX_BYTES, digest_of_text, normalized_text, read_source, source_of_text


def write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_is_read_with_its_digest(tmp_path: Path) -> None:
    data = "湖上會議\n於 2003 年開".encode()
    source = read_source(write(tmp_path, data, "湖.txt"))
    assert source.text == "湖上會議\n於 2003 年開"
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.length, source.name, source.kind) == (14, "湖.txt", "text")


def test_line_ends_are_kept(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, "一\r\n二\r三\n".encode())).text == "一\r\n二\r三\n"


def test_offsets_count_after_a_byte_order_mark(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + "甲\ufeff乙".encode()
    source = read_source(write(tmp_path, data))
    assert source.text == "甲\ufeff乙"
    assert source.sha256 == hashlib.sha256(data).hexdigest()


BIG5, GB, LATIN1 = "會談".encode("big5"), "会谈".encode("gb18030"), "caf\xe9".encode("latin-1")

BAD = [
    ("empty", b"", "the file has no text in it"),
    ("white space", b" \n\t\r\n", "the file has no text in it"),
    ("mark only", b"\xef\xbb\xbf", "the file has no text in it"),
    ("binary", b"\x7fELF\x02\0\0", "there is a NUL at byte 5"),
    ("utf-16", "會".encode("utf-16"), "this is UTF-16, not UTF-8. Convert it: iconv -f UTF-16"),
    ("big5", b"ok " + BIG5, "not UTF-8 at byte 3 (0xb7). Convert it: iconv -f BIG5"),
    ("gb18030", GB, "not UTF-8 at byte 0 (0xbb). Convert it: iconv"),
    ("latin-1", LATIN1, "not UTF-8 at byte 3 (0xe9). Convert it: iconv"),
    ("surrogates", b"\xed\xa0\x80", "not UTF-8 at byte 0 (0xed)"),
    ("broken pdf", b"%PDF-1.7\nnothing", "the PDF is broken"),
    ("empty pdf", b"%PDF-", "the PDF is broken"),
]
assert BAD


@pytest.mark.parametrize("data, message", [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(KgError) as error:
        read_source(path)
    assert str(error.value).startswith(f"{path}: {message}")
    assert "\n" not in str(error.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none.txt: there is no such file. Check the path."):
        read_source(tmp_path / "none.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"this is a folder. Give a file in it."):
        read_source(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(KgError, match=r"not a regular file"):
        read_source(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["a/b\0c", "x" * 300], ids=["nul", "long"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(KgError, match=r"cannot be read \("):
        read_source(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = write(tmp_path, b"a")
    path.chmod(0)
    with pytest.raises(KgError, match=r"cannot be read \(Permission denied\)"):
        read_source(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no space, and would be slow to read
    with pytest.raises(KgError, match=rf"1,073,741,824 bytes; the limit is {MAX_BYTES:,}"):
        read_source(path)


def pdf(text: str, password: str = "") -> bytes:
    """A PDF of one page that shows `text` (ASCII)."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + table
    data += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    if not password:
        return data
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_text_of_a_pdf(tmp_path: Path) -> None:
    data = pdf("Talks by the lake")
    source = read_source(write(tmp_path, data, "a.pdf"))
    assert (source.text.strip(), source.kind) == ("Talks by the lake", "pdf")
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_pdf_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, pdf("Talks"), "a.txt")).kind == "pdf"


def test_a_pdf_without_text(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"the PDF has no text in it \(scanned pages\?\)"):
        read_source(write(tmp_path, pdf("")))


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"the PDF is encrypted. Save a copy without a password."):
        read_source(write(tmp_path, pdf("Talks", "secret")))


@given(st.integers(0, 400), st.binary(max_size=20))
def test_a_damaged_pdf_never_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes
) -> None:
    data = bytearray(pdf("Talks"))
    data[place : place + len(junk)] = junk
    path = write(tmp_path_factory.getbasetemp(), bytes(data), "damaged.pdf")
    try:
        message = read_source(path).name
    except KgError as error:
        message = str(error)
    assert "\n" not in message


def test_a_digest_depends_on_neither_width_nor_space() -> None:
    assert digest_of_text("二〇〇三（2003）\n 年") == digest_of_text("二〇〇三(２００３)年")
    assert digest_of_text("甲") != digest_of_text("乙")
    assert digest_of_text("甲 乙") == hashlib.sha256("甲乙".encode()).hexdigest()


@given(st.text("甲乙Ａb１2（(，,。 \n\u3000"))
def test_a_digest_is_that_of_the_text_without_its_spaces(text: str) -> None:
    assert normalized_text(normalized_text(text)) == normalized_text(text)
    assert digest_of_text(text) == digest_of_text("\n".join(text))


def test_a_source_of_a_string_is_that_of_a_file(tmp_path: Path) -> None:
    text = "湖上會議\r\n"
    assert source_of_text(text, "a.txt") == read_source(write(tmp_path, text.encode()))
