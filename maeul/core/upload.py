"""Files people bring: what they are by their content, made harmless, stored under random names.

A form field (`core.forms.UploadField`) checks; an action keeps what was checked, in its own
transaction; a view of the concept serves it after asking `access`.
"""

import hashlib
import io
import re
import threading
import unicodedata
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

import filetype
import pillow_heif
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from maeul.core.models import Upload

MAX_BYTES = 20 * 1024 * 1024
MOST_AT_ONCE = 3 * MAX_BYTES + 1024 * 1024  # a form may carry several files
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 3000
SMALL_SIDE = 800

PICTURE = frozenset({"jpg", "png", "webp", "heic"})
DOCUMENT = frozenset({"pdf"})
ANY = PICTURE | DOCUMENT
ACCEPT = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic,image/heif,.heic",
    "pdf": "application/pdf",
}
KINDS_IN_WORDS = {
    PICTURE: "JPG, PNG, WebP, HEIC",
    DOCUMENT: "PDF",
    ANY: "JPG, PNG, WebP, HEIC, PDF",
}

# Everything the readers of picture files are known to raise at one that is broken or a bomb.
BROKEN_PICTURE = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError,
    EOFError, IndexError, ArithmeticError, RuntimeError,
)  # fmt: skip

pillow_heif.register_heif_opener()
_one_at_a_time = threading.Lock()  # a large picture takes a quarter of a gigabyte while it is open


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked through and may be kept."""

    name: str
    content_type: str
    data: bytes
    small: bytes = b""


def check(file, *, kinds: Collection[str] = ANY) -> Checked:
    """Look through an uploaded file: a `ValidationError` with its sentence, or the file made clean.

    Pictures are drawn anew, so nothing that hid in them is left: no place, no device, no second
    file.  PDFs stay as they are and are refused when they bring a program along.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("파일은 20 MB까지 올릴 수 있습니다. 사진이라면 크기를 줄여 주세요.")
        )
    data = file.read()
    if not data:
        raise ValidationError(_("빈 파일입니다. 다른 파일을 골라 주세요."))
    kind = _kind(data)
    if kind not in kinds:
        words = KINDS_IN_WORDS.get(frozenset(kinds), ", ".join(sorted(kinds)).upper())
        raise ValidationError(
            _("%(kinds)s 파일만 올릴 수 있습니다. 이 파일은 내용이 다릅니다.") % {"kinds": words}
        )
    return _document(file.name, data) if kind == "pdf" else _picture(file.name, data, kind)


def _kind(data: bytes) -> str:
    """What the file is by its first bytes; its name is not asked."""
    guess = filetype.guess(data[:512])
    extension = guess.extension if guess else ""
    return {"heif": "heic", "jpeg": "jpg"}.get(extension, extension)


def _picture(name, data, kind) -> Checked:
    unreadable = _("그림을 읽을 수 없습니다. 파일이 깨졌는지 살펴보고 다시 올려 주세요.")
    form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}[kind]
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is thrown away anyway
            picture = Image.open(io.BytesIO(data), formats=[form])
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    _("그림이 너무 큽니다. 가로세로를 줄여서 올려 주세요(6,400만 화소까지).")
                )
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(picture)
            stays_png = kind == "png" or picture.has_transparency_data
            clean = _drawn(picture, "PNG" if stays_png else "JPEG")
            picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
            small = _drawn(picture, "PNG" if stays_png else "JPEG")
    except ValidationError:
        raise
    except BROKEN_PICTURE as broken:
        raise ValidationError(unreadable) from broken
    ending, content_type = (".png", "image/png") if stays_png else (".jpg", "image/jpeg")
    return Checked(shown_name(name, ending), content_type, clean, small)


def _drawn(picture, form) -> bytes:
    """The pixels alone, written anew."""
    modes = ("RGB", "L") if form == "JPEG" else ("RGB", "RGBA", "L", "LA")
    if picture.mode not in modes:
        alpha = form == "PNG" and picture.has_transparency_data
        picture = picture.convert("RGBA" if alpha else "RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    if form == "JPEG":
        bare.save(out, form, quality=86, optimize=True, progressive=True)
    else:
        bare.save(out, form, optimize=False)
    return out.getvalue()


_PROGRAMS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)[^A-Za-z]")


def _document(name, data) -> Checked:
    end = data.rfind(b"%%EOF")
    if not data.startswith(b"%PDF-") or end < 0 or data[end + 5 :].strip(b" \t\r\n\0"):
        raise ValidationError(
            _("PDF가 끝까지 온전하지 않습니다. 문서에서 ‘PDF로 저장’을 다시 해서 올려 주세요.")
        )
    if _PROGRAMS.search(data):
        raise ValidationError(
            _("프로그램이 든 PDF는 받지 않습니다. ‘인쇄 → PDF로 저장’으로 다시 만들어 주세요.")
        )
    return Checked(shown_name(name, ".pdf"), "application/pdf", data)


def shown_name(name: str, ending: str) -> str:
    """The name people see: no folders, no invisible signs, the ending of what it really is.

    >>> shown_name("../../내 사진.HEIC", ".jpg")
    '내 사진.jpg'
    >>> shown_name("", ".pdf")
    '파일.pdf'
    """
    stem = PurePath(name.replace("\\", "/")).name
    stem = stem.rpartition(".")[0] or stem
    visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in stem)
    stem = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    return f"{stem[:100] or _('파일')}{ending}"


# Keeping


def keep(checked: Checked, *, by, at) -> Upload:
    """Store a checked file.  Called by actions, in their transaction; `by` a person or text."""
    upload = Upload(
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.data),
        sha256=hashlib.sha256(checked.data).hexdigest(),
        uploaded_by=by if isinstance(by, str) else f"{by._meta.label}:{by.pk}",
        at=at,
    )
    upload.file.save("", ContentFile(checked.data), save=False)
    if checked.small:
        upload.small.save("", ContentFile(checked.small), save=False)
    upload.save(force_insert=True)
    return upload


def forget(upload: Upload) -> None:
    """Delete the row, and its files once the transaction stands."""
    places = [field.name for field in (upload.file, upload.small) if field]
    upload.delete()
    transaction.on_commit(lambda: [default_storage.delete(place) for place in places])


# Serving


def serve(upload: Upload, *, small: bool = False, download: bool = False) -> HttpResponse:
    """The file as a page's answer.  The view that calls this has asked its `access` before.

    A PDF is always downloaded: shown in place it would run as a page of ours.
    """
    file = upload.small if small and upload.small else upload.file
    try:
        with file.open("rb") as opened:
            data = opened.read()
    except FileNotFoundError:
        raise Http404 from None
    attached = download or not upload.is_picture
    return HttpResponse(
        data,
        content_type=upload.content_type,
        headers={
            "Content-Disposition": content_disposition_header(attached, upload.name) or "inline",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


class NotTooMuch(FileUploadHandler):
    """Stops a request that brings far too much before any of it is stored."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST_AT_ONCE:
            raise RequestDataTooBig(f"{content_length} bytes of files")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
