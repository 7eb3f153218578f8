"""Opens an untrusted file in a process of its own, with little memory and little time.

Run as `python -m materials.domain.inspection KIND PATH`; prints one line of JSON, {"pages": n} or
{"refused": code, ...numbers}. It knows no settings and no database, so a file that breaks a
library breaks this process and nothing else.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import warnings
import zipfile
from typing import IO, Any
from xml.parsers import expat

MAX_PAGES = 2000
MAX_PIXELS = 50_000_000
MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
# Below this size a high ratio is normal: empty tables pack well and harm nobody.
RATIO_MATTERS_FROM = 5 * 1024 * 1024
MAX_DIRECTORY = 1024 * 1024
MAX_RELATIONS = 2 * 1024 * 1024

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20


class Unfit(Exception):
    """The file is refused; `code` says why, `numbers` fill the sentence."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


def inspect_pdf(path: str) -> dict[str, int]:
    """Opens as a PDF without a password, has pages but not too many, starts nothing by itself."""
    import pikepdf  # noqa: PLC0415  each kind loads only its own library

    _no_hidden_archive(path)
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            if pages > MAX_PAGES:
                raise Unfit("too_many_pages", pages=pages, limit=MAX_PAGES)
            if pages == 0:
                raise Unfit("broken_pdf")
            if pdf.is_encrypted:
                raise Unfit("password")
            if _starts_something(pdf.Root):
                raise Unfit("active_pdf")
    except pikepdf.PasswordError as error:
        raise Unfit("password") from error
    except pikepdf.PdfError as error:
        raise Unfit("broken_pdf") from error
    return {"pages": pages}


def _starts_something(root: Any) -> bool:
    """True for a script of the whole document, or an action on opening that runs something."""
    names, action = root.get("/Names"), root.get("/OpenAction")
    if names is not None and "/JavaScript" in names:
        return True
    kind = str(action.get("/S", "")) if hasattr(action, "get") else ""
    return kind in {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}


def inspect_png(path: str) -> dict[str, int]:
    with open(path, "rb") as file:
        file.seek(-12, 2)
        # A picture ends with its own mark; what follows it is another file in disguise.
        if file.read() != b"\x00\x00\x00\x00IEND\xaeB`\x82":
            raise Unfit("broken_image")
    return _inspect_image(path, "PNG")


def inspect_jpeg(path: str) -> dict[str, int]:
    return _inspect_image(path, "JPEG")


def _inspect_image(path: str, kind: str) -> dict[str, int]:
    """Few enough pixels, told from the header, and every one of them can be decoded."""
    from PIL import Image  # noqa: PLC0415

    _no_hidden_archive(path)
    # The limit is checked here, with a sentence; Pillow's own warning would only repeat it.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(path, formats=[kind]) as image:
            pixels = image.width * image.height
            if pixels > MAX_PIXELS:
                raise Unfit("too_many_pixels", pixels=pixels // 10**6, limit=MAX_PIXELS // 10**6)
            image.verify()
        with Image.open(path, formats=[kind]) as image:
            image.load()
    except Image.DecompressionBombError as error:
        raise Unfit("too_many_pixels", pixels=0, limit=MAX_PIXELS // 10**6) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unfit("broken_image") from error
    return {}


def _no_hidden_archive(path: str) -> None:
    """A picture or a PDF that is an archive as well has no honest reason to be one."""
    try:
        with open(path, "rb") as file:
            _check_directory(file)
            with zipfile.ZipFile(file) as archive:
                hidden = bool(archive.infolist())
    except Unfit as refusal:
        hidden = refusal.code == "too_many_entries"
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        hidden = False
    if hidden:
        raise Unfit("two_in_one")


def inspect_docx(path: str) -> dict[str, int]:
    """A Word document without macros, without outside parts, and no larger than it says."""
    try:
        with open(path, "rb") as file:
            if file.read(4) != b"PK\x03\x04":
                raise Unfit("broken_docx")
            _check_directory(file)
            with zipfile.ZipFile(file) as archive:
                _check_archive(archive, file.seek(0, 2))
                _check_word(archive)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, ValueError) as error:
        raise Unfit("broken_docx") from error
    return {}


def _check_directory(file: IO[bytes]) -> None:
    """The table of contents is small; a million entries would cost memory before any limit."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65557))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0:
        raise Unfit("broken_docx")
    entries = int.from_bytes(tail[found + 10 : found + 12], "little")
    directory = int.from_bytes(tail[found + 12 : found + 16], "little")
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise Unfit("too_many_entries", limit=MAX_ENTRIES)
    file.seek(0)


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Limits on what the archive says of itself; unpacking later never goes beyond it."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unfit("too_many_entries", limit=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # More packed bytes than the file has: entries overlap, the trick of the densest bombs.
    if packed > size or unpacked > MAX_UNPACKED:
        raise Unfit("too_large_unpacked", limit=MAX_UNPACKED // 1024**2)
    if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise Unfit("too_large_unpacked", limit=MAX_UNPACKED // 1024**2)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("password")


def _check_word(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise Unfit("broken_docx")
    if any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in names):
        raise Unfit("macros")
    types = archive.read("[Content_Types].xml")
    if b"macroenabled" in types.lower():
        raise Unfit("macros")
    _parse(types, lambda _name, _attributes: None)
    for name in names:
        if name.lower().endswith(".rels"):
            _check_relations(archive, name)
    _check_fields(archive.read("word/document.xml"))


def _check_relations(archive: zipfile.ZipFile, name: str) -> None:
    """Links a reader clicks may point outside; parts a program loads by itself may not."""
    if archive.getinfo(name).file_size > MAX_RELATIONS:
        raise Unfit("broken_docx")

    def seen(_name: str, attributes: dict[str, str]) -> None:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Unfit("outside_parts")

    _parse(archive.read(name), seen)


def _check_fields(document: bytes) -> None:
    """No field that starts a program or loads a picture or text from elsewhere (DDE, INCLUDE)."""
    words: list[str] = []

    def seen(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("fldSimple"):
            words.extend(f" {v} " for key, v in attributes.items() if key.endswith("instr"))

    inside: list[bool] = [False]
    parser = _parser(seen)

    def starts(name: str, attributes: dict[str, str]) -> None:
        inside[0] = name.endswith("instrText")
        if name.endswith("fldChar"):
            # A field's words may be cut anywhere between its begin and its end.
            words.append(" ")
        seen(name, attributes)

    def text(data: str) -> None:
        if inside[0]:
            words.append(data)

    parser.StartElementHandler = starts
    parser.CharacterDataHandler = text
    parser.Parse(document, True)
    if re.search(r"(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", "".join(words)):
        raise Unfit("outside_parts")


def _parser(seen: Any) -> expat.XMLParserType:
    """An XML reader that refuses a document type, and with it every entity."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = seen

    def refuse(*_args: Any) -> None:
        raise Unfit("broken_docx")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(data: bytes, seen: Any) -> None:
    _parser(seen).Parse(data, True)


KINDS = {"pdf": inspect_pdf, "docx": inspect_docx, "png": inspect_png, "jpg": inspect_jpeg}


def main(kind: str, path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer: dict[str, Any] = KINDS[kind](path)
    except Unfit as refusal:
        answer = {"refused": refusal.code, **refusal.numbers}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_heavy"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
