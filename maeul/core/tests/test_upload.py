"""Files people bring, made for real: what they are counts, not what they are called."""

import io
import os
import time
import uuid
import zipfile
import zlib
from pathlib import Path

import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from PIL import Image

from maeul.core import upload
from maeul.core.forms import Form, UploadField, UploadsField
from maeul.core.models import Upload


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(form="JPEG", size=(60, 40), mode="RGB", **options):
    out = io.BytesIO()
    noise = Image.effect_noise(size, 80).convert(mode)
    noise.save(out, form, **options)
    return out.getvalue()


def file(data, name="사진.jpg"):
    return SimpleUploadedFile(name, data)


PDF = b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def refused(data, name="사진.jpg", **kwargs):
    with pytest.raises(ValidationError) as caught:
        upload.check(file(data, name), **kwargs)
    return caught.value.messages[0]


def with_place():
    exif = Image.Exif()
    exif[0x0110] = "SecretPhone"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 28.0, 1.0), 3: "E", 4: (126.0, 53.0, 1.0)})
    return picture(size=(60, 40), exif=exif, comment=b"<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("form", "stored"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg"), ("HEIF", "image/jpeg")],
)
def test_pictures_of_phones_are_taken(form, stored):
    pillow_heif.register_heif_opener()
    checked = upload.check(file(picture(form), "IMG_1.HEIC"))
    assert checked.content_type == stored
    assert Image.open(io.BytesIO(checked.data)).size == (60, 40)
    assert checked.name == ("IMG_1.png" if stored == "image/png" else "IMG_1.jpg")


def test_a_picture_that_lets_through_light_keeps_doing_so():
    stamp, out = Image.new("RGBA", (40, 40), (180, 0, 0, 90)), io.BytesIO()
    stamp.save(out, "WEBP")
    checked = upload.check(file(out.getvalue(), "도장.webp"))
    assert checked.content_type == "image/png"


def test_where_and_with_what_a_picture_was_taken_is_forgotten_but_it_stands_upright():
    data = with_place()
    assert b"SecretPhone" in data
    checked = upload.check(file(data))
    clean = Image.open(io.BytesIO(checked.data))
    assert not clean.getexif()
    assert clean.size == (40, 60)
    assert b"SecretPhone" not in checked.data
    assert b"<script" not in checked.data


def test_a_second_file_behind_a_picture_is_gone():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("evil.html", "<script>alert(1)</script>")
    polyglot = picture() + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(polyglot))
    assert not zipfile.is_zipfile(io.BytesIO(upload.check(file(polyglot)).data))


def test_a_large_picture_is_made_smaller_and_gets_a_small_one():
    checked = upload.check(file(picture(size=(4000, 2000))))
    assert Image.open(io.BytesIO(checked.data)).size == (3000, 1500)
    assert Image.open(io.BytesIO(checked.small)).size == (800, 400)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 100,
        b"MZ" + b"\0" * 100,
        PDF,
    ],
)
def test_what_only_calls_itself_a_picture_is_refused(data):
    assert "JPG, PNG, WebP, HEIC 파일만" in refused(data, kinds=upload.PICTURE)


def test_a_picture_called_a_document_is_still_a_picture():
    assert "PDF 파일만" in refused(picture(), "계획서.pdf", kinds=upload.DOCUMENT)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_that_breaks_off_is_refused(form):
    data = picture(form, size=(300, 300))
    assert "읽을 수 없습니다" in refused(data[: len(data) // 2])


def bomb(width, height):
    """A PNG of a few hundred bytes that says it is as large as a house."""
    data = bytearray(picture("PNG", size=(1, 1), mode="L"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened():
    assert "화소" in refused(bomb(8001, 8000))
    assert "읽을 수 없습니다" in refused(bomb(8000, 8000))  # not too large, but nothing in it
    assert refused(bomb(60_000, 60_000))


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not():
    data = picture() + b"\0" * upload.MAX_BYTES
    assert upload.check(file(data[: upload.MAX_BYTES]))
    assert "20 MB까지" in refused(data[: upload.MAX_BYTES + 1])


def test_an_empty_file_is_told():
    assert "빈 파일" in refused(b"")


def test_a_document_is_kept_as_it_is():
    checked = upload.check(file(PDF, "계획서.pdf"))
    assert checked.data == PDF
    assert checked.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (
            PDF.replace(b"/Type", b"/OpenAction <</S/JavaScript/JS(app.alert(1))>> /Type"),
            "프로그램",
        ),
        (PDF.replace(b"/Type", b"/S/Launch /Type"), "프로그램"),
        (PDF + b"PK\x03\x04 and a whole other file", "온전하지"),
        (PDF.replace(b"%%EOF", b""), "온전하지"),
    ],
)
def test_a_document_that_brings_a_program_or_a_second_file_is_refused(data, word):
    assert word in refused(data, "계획서.pdf")


def test_a_page_hidden_in_front_of_a_document_is_no_document():
    assert refused(b"<html><script>1</script></html>" + PDF, "계획서.pdf")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\사진\\우리 동네.JPG", "우리 동네.jpg"),
        ("a\u202egpj.exe", "a gpj.jpg"),
        ("가" * 300 + ".jpg", "가" * 100 + ".jpg"),
        ("...", "파일.jpg"),
        ('a"\r\nb.jpg', 'a" b.jpg'),
        ("cafe\u0301.jpg", "caf\u00e9.jpg"),
    ],
)
def test_the_name_people_see_is_plain(given, shown):
    assert upload.shown_name(given, ".jpg") == shown


# Keeping and serving


def kept(soonja, at, data=None, name="사진.jpg"):
    return upload.keep(upload.check(file(data or picture(), name)), by=soonja, at=at)


def test_a_kept_file_lies_under_a_name_that_says_nothing(soonja, at, settings):
    row = kept(soonja, at)
    assert "사진" not in row.file.name
    assert row.uploaded_by == f"people.Person:{soonja.pk}"
    stored = Path(settings.MEDIA_ROOT) / row.file.name
    assert stored.stat().st_mode & 0o777 == 0o600
    assert uuid.UUID(str(row.pk)).version == 4


def test_a_served_picture_cannot_be_taken_for_a_page(soonja, at):
    answer = upload.serve(kept(soonja, at))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert answer.content[:2] == b"\xff\xd8"


def test_a_served_document_is_downloaded_under_its_name(soonja, at):
    answer = upload.serve(kept(soonja, at, PDF, "계획서.pdf"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "%EA%B3%84%ED%9A%8D%EC%84%9C.pdf" in answer["Content-Disposition"]
    assert answer.content == PDF


def test_the_small_picture_is_served_when_asked_for(soonja, at):
    row = kept(soonja, at, picture(size=(1600, 800)))
    small = upload.serve(row, small=True).content
    assert Image.open(io.BytesIO(small)).size == (800, 400)


def test_a_file_that_is_gone_is_not_found(soonja, at):
    row = kept(soonja, at)
    row.file.storage.delete(row.file.name)
    with pytest.raises(Http404):
        upload.serve(row)


def test_a_forgotten_file_is_gone_from_the_store(soonja, at, django_capture_on_commit_callbacks):
    row = kept(soonja, at)
    place = row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        upload.forget(row)
    assert not Upload.objects.exists()
    assert not row.file.storage.exists(place)


def test_what_a_transaction_left_behind_is_cleared_away_a_day_later(soonja, at, settings):
    stays = kept(soonja, at)

    with transaction.atomic():
        lost = kept(soonja, at)
        transaction.set_rollback(True)
    place = Path(settings.MEDIA_ROOT) / lost.file.name
    call_command("forget_lost_files")
    assert place.exists()
    for path in Path(settings.MEDIA_ROOT).glob("*/*"):
        os.utime(path, (time.time() - 90_000,) * 2)
    call_command("forget_lost_files")
    assert not place.exists()
    assert stays.file.storage.exists(stays.file.name)
    assert stays.small.storage.exists(stays.small.name)


# Fields


class Bringing(Form):
    photo = UploadField(label="사진", kinds=upload.PICTURE, required=False)
    papers = UploadsField(label="증빙", most=2, required=False)


def bring(**files):
    return Bringing({}, files)


def test_a_form_hands_on_what_was_checked():
    form = bring(photo=file(picture()), papers=[file(picture()), file(PDF, "영수증.pdf")])
    assert form.is_valid()
    assert form.cleaned_data["photo"].content_type == "image/jpeg"
    assert [paper.name for paper in form.cleaned_data["papers"]] == ["사진.jpg", "영수증.pdf"]


def test_no_file_is_none_and_an_empty_one_is_told():
    assert bring().is_valid()
    assert "빈 파일" in bring(photo=file(b"")).errors["photo"][0]


def test_several_files_are_told_apart_in_their_errors():
    errors = bring(papers=[file(picture()), file(b"<html>", "가짜.pdf")]).errors["papers"]
    assert len(errors) == 1
    assert errors[0].startswith("가짜:")


def test_more_files_than_allowed_are_refused():
    assert "2개까지" in bring(papers=[file(picture())] * 3).errors["papers"][0]


def test_the_field_tells_the_device_what_it_takes():
    html = str(bring()["photo"])
    assert 'accept="image/heic,image/heif,.heic,image/jpeg,image/png,image/webp"' in html
    assert "multiple" in str(bring()["papers"])


def test_a_request_with_far_too_much_is_stopped_at_the_door(client, settings):
    settings.ROOT_URLCONF = "maeul.core.tests.test_errors"
    client.raise_request_exception = False
    answer = client.generic(
        "POST",
        "/form/",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(upload.MOST_AT_ONCE + 1),
    )
    assert answer.status_code == 413
    assert "너무 큽니다" in answer.content.decode()
