"""Files of strangers: every nasty one is refused, in little time, and real scans are taken."""

import io
import random
import resource
import struct
import time
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from PIL import Image

from wego.uploads import LARGEST, SizeGuard, check_upload, tidy_name

pytestmark = pytest.mark.once


def pdf(change=None, *, pages=1, **save):
    """A small PDF, after `change` had its way with it."""
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        output = io.BytesIO()
        made.save(output, **save)
    return output.getvalue()


def picture(kind="JPEG", size=(60, 80), **save):
    output = io.BytesIO()
    noise = random.Random(1).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(output, kind, **save)
    return output.getvalue()


def png_of(width, height):
    """A PNG whose head promises that many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def zipped(content=b"hidden"):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.exe", content)
    return output.getvalue()


def with_action(**action):
    def change(made):
        made.Root.OpenAction = pikepdf.Dictionary(
            {f"/{name}": value for name, value in action.items()}
        )

    return change


def with_script_deep_inside(made):
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="x", Next=pikepdf.Array([script])),
    )
    made.pages[0].Annots = pikepdf.Array([note])


def with_attachment(made):
    made.attachments["evil.exe"] = b"MZ"


def packed_zeros(megabytes):
    """Zero bytes, compressed: one packed megabyte repeated, for packing all takes seconds."""
    packer = zlib.compressobj(9, wbits=-15)
    one = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    adler = (megabytes * 1024 * 1024 % 65521) << 16 | 1
    return b"\x78\xda" + one * megabytes + b"\x03\0" + struct.pack(">I", adler)


def with_bomb(made):
    packed = packed_zeros(500)
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    made.pages[0].Contents = stream


def with_endless_picture(made):
    made.pages[0].Contents = pikepdf.Stream(
        made,
        b"0",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=100_000,
        Height=100_000,
    )


def with_deep_nesting(made):
    inner = pikepdf.Array([])
    for _level in range(200):
        inner = pikepdf.Array([inner])
    made.Root.Deep = inner


LOCKED = pikepdf.Encryption(owner="o", user="u")
OPEN_BUT_ENCRYPTED = pikepdf.Encryption(owner="o", user="")
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    b'<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><lolz>&lol2;</lolz>'
)

NASTY = {
    "nothing": (b"", "empty"),
    "one zero byte": (b"\0", "type"),
    "a megabyte of zero bytes": (bytes(1024 * 1024), "type"),
    "text": (b"We hereby apply.", "type"),
    "web page": (b"<!DOCTYPE html><script>alert(1)</script>", "type"),
    "drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "type"),
    "entity bomb": (BILLION_LAUGHS, "type"),
    "UTF-16 web page": ("<html><script>x</script>".encode("utf-16"), "type"),
    "program": (b"MZ" + bytes(200), "type"),
    "archive": (zipped(), "type"),
    "archive bomb": (zipped(bytes(50_000_000)), "type"),
    "GIF": (b"GIF89a" + bytes(50), "type"),
    "office document": (zipped(b"<w:document/>"), "type"),
    "space before the head": (b" " + pdf(), "type"),
    "head of a PDF and no more": (b"%PDF-1.7\n", "broken"),
    "truncated PDF": (pdf(pages=3)[:-40], "broken"),
    "PDF whose middle is missing": (pdf(pages=3)[:300] + pdf(pages=3)[600:], "broken"),
    "PDF of no page": (pdf(pages=0), "broken"),
    "PDF of too many pages": (pdf(pages=41), "pages"),
    "PDF and archive in one": (pdf() + zipped(), "two"),
    "PDF and program in one": (pdf() + b"MZ" + bytes(50), "broken"),
    "PDF that begins as a web page": (b"%PDF-1.4\n%<script>alert(1)</script>\n" + pdf(), "two"),
    "PDF with a password": (pdf(encryption=LOCKED), "locked"),
    "PDF with rights only": (pdf(encryption=OPEN_BUT_ENCRYPTED), "locked"),
    "PDF that runs a script": (
        pdf(with_action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
        "active",
    ),
    "PDF that starts a program": (pdf(with_action(S=pikepdf.Name.Launch, F="cmd.exe")), "active"),
    "PDF that sends a form": (pdf(with_action(S=pikepdf.Name.SubmitForm, F="x")), "active"),
    "PDF with a script deep inside": (pdf(with_script_deep_inside), "active"),
    "PDF with a script in packed objects": (
        pdf(
            with_script_deep_inside, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "active",
    ),
    "PDF with a file inside": (pdf(with_attachment), "active"),
    "PDF that unpacks into 500 MB": (pdf(with_bomb, compress_streams=False), "bomb"),
    "PDF with a picture of ten gigapixels": (pdf(with_endless_picture), "pixels"),
    "PDF nested two hundred deep": (pdf(with_deep_nesting), "bomb"),
    "head of a JPEG and no more": (b"\xff\xd8\xff\xe0" + bytes(30), "broken"),
    "truncated JPEG": (picture(size=(600, 800))[:-20_000], "broken"),
    "JPEG and archive in one": (picture() + zipped(), "two"),
    "JPEG and web page in one": (picture(comment=b"<script>alert(1)</script>"), "two"),
    "JPEG and PDF in one": (picture(comment=b"%PDF-1.4"), "two"),
    "JPEG and server page in one": (picture() + b"<?php system($_GET[0]);", "two"),
    "PNG of 900 gigapixels": (png_of(30_000_000, 30_000), "pixels"),
    "PNG that holds less than it says": (png_of(500, 500), "broken"),
    "truncated PNG": (picture("PNG")[:-400], "broken"),
    "PNG named a TIFF inside": (b"\x89PNG\r\n\x1a\nII*\0" + bytes(90), "broken"),
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_is_refused_with_what_to_do(name):
    content, code = NASTY[name]

    with pytest.raises(ValidationError) as refused:
        check_upload(SimpleUploadedFile("form.pdf", content, "application/pdf"))

    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@pytest.mark.slow
def test_the_whole_corpus_takes_seconds_and_little_memory():
    slowest, before = 0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Other tests of this process may have had larger children.
    known_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for content, _code in NASTY.values():
        began = time.monotonic()
        with pytest.raises(ValidationError):
            check_upload(SimpleUploadedFile("form.pdf", content))
        slowest = max(slowest, time.monotonic() - began)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    largest_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert slowest <= 6  # 2 s on a machine of its own
    assert grown <= 20_000  # KiB
    assert largest_child <= max(200_000, known_child)


@pytest.mark.parametrize(
    ("content", "content_type", "suffix"),
    [
        (pdf(), "application/pdf", ".pdf"),
        (pdf(pages=40), "application/pdf", ".pdf"),
        (pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "application/pdf", ".pdf"),
        (pdf(linearize=True) + b"\r\n\0\0", "application/pdf", ".pdf"),
        (picture(), "image/jpeg", ".jpg"),
        (picture(progressive=True, size=(700, 900)), "image/jpeg", ".jpg"),
        (picture() + bytes(300), "image/jpeg", ".jpg"),
        (picture("PNG"), "image/png", ".png"),
    ],
)
def test_a_scan_is_taken_for_what_it_is_whatever_it_is_called(content, content_type, suffix):
    taken = check_upload(SimpleUploadedFile("서명한 신청서.exe", content, "text/html"))

    assert taken.content_type == content_type
    assert taken.suffix == suffix
    assert taken.name == f"서명한 신청서{suffix}"
    assert taken.content == content


def test_the_bomb_unpacks_into_all_it_promises():
    assert zlib.decompress(packed_zeros(3)) == bytes(3 * 1024 * 1024)


def test_a_file_larger_than_any_form_is_not_even_looked_into():
    large = SimpleUploadedFile("scan.pdf", b"%PDF-" + bytes(LARGEST))

    with pytest.raises(ValidationError) as refused:
        check_upload(large)

    assert refused.value.code == "large"


def test_a_file_that_grows_too_large_is_dropped_on_the_way():
    guard = SizeGuard()
    half = bytes(LARGEST // 2)

    assert guard.receive_data_chunk(half, 0) == half
    assert guard.receive_data_chunk(half, len(half)) == half
    with pytest.raises(SkipFile):
        guard.receive_data_chunk(b"x", 2 * len(half))
    assert guard.refused


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("form.pdf", "form.pdf"),
        ("FORM.PDF.exe", "FORM.PDF.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.pdf"),
        ("/", "signed form.pdf"),
        ("", "signed form.pdf"),
        ("...", "signed form.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('"; rm -rf *.pdf', "; rm -rf.pdf"),
        ("순천시 신청서 🖋️.jpg", "순천시 신청서 🖋️.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
        ("\uac00\u1100\u1161.pdf", "가가.pdf"),
    ],
)
def test_names_lead_nowhere_and_hide_nothing(name, tidy):
    assert tidy_name(name, ".pdf") == tidy
