"""Picture files of every kind are opened, and what is none is refused in plain words."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from core.drawing import DrawingError, prepare_pixels
from core.strokes.files import read_picture
from tests.drawn import SEVEN, image, painted
from tests.heic import HEIC


def as_file(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


SEVEN_ON_PAPER = Image.fromarray(painted(SEVEN, ink=20, paper=235))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF"])
def test_picture_files_are_read(kind):
    pixels = read_picture(as_file(SEVEN_ON_PAPER, kind))
    assert pixels.dtype == np.uint8 and pixels.shape == (200, 200, 3)
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


def test_heic_files_are_read():
    pixels = read_picture(HEIC)
    assert pixels.dtype == np.uint8 and pixels.shape == (100, 100, 3)
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04
    with pytest.raises(DrawingError, match="cannot be opened"):
        read_picture(HEIC[:-100])


def test_a_telephone_held_sideways_makes_no_difference():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    sideways = SEVEN_ON_PAPER.transpose(Image.Transpose.ROTATE_90)
    pixels = read_picture(as_file(sideways, "JPEG", exif=exif, quality=95))
    assert np.abs(pixels[..., 0].astype(int) - np.asarray(SEVEN_ON_PAPER)).mean() < 2


def test_a_large_picture_is_shrunk_and_a_see_through_one_stays_so():
    large = SEVEN_ON_PAPER.resize((3_000, 2_000))
    assert read_picture(as_file(large, "JPEG")).shape == (683, 1024, 3)
    see_through = Image.new("RGBA", (100, 80), (0, 0, 0, 0))
    assert read_picture(as_file(see_through)).shape == (80, 100, 4)
    assert read_picture(as_file(see_through.convert("P"), "GIF", transparency=0)).shape[2] == 4


def test_a_scan_of_16_bits_keeps_its_greys():
    values = (np.asarray(SEVEN_ON_PAPER).astype(np.uint16)) * 200
    pixels = read_picture(as_file(Image.fromarray(values)))
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


def test_a_hot_pixel_does_not_darken_a_scan_of_16_bits():
    values = np.asarray(SEVEN_ON_PAPER).astype(np.uint16) * 16
    values[3, 3] = 65_535
    pixels = read_picture(as_file(Image.fromarray(values)))
    assert np.median(pixels) > 200
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_note_of_the_camera_does_no_harm(kind):
    pixels = read_picture(as_file(SEVEN_ON_PAPER, kind, exif=b"Exif\0\0garbage, no TIFF"))
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


def jpeg(height: int, width: int, **options) -> bytes:
    large = SEVEN_ON_PAPER.resize((width, height), Image.Resampling.NEAREST)
    return as_file(large, "JPEG", **options)


def test_a_jpeg_of_200_megapixels_is_read_small():
    assert read_picture(jpeg(14_000, 14_000)).shape == (1024, 1024, 3)


def said_to_be(data: bytes, height: int, width: int) -> bytes:
    """A JPEG whose header gives this size: quicker than one that has it."""
    place = max(data.find(bytes((0xFF, start, 0x00))) for start in (0xC0, 0xC2))
    return data[: place + 5] + struct.pack(">HH", height, width) + data[place + 9 :]


def in_several_scans(data: bytes) -> bytes:
    """A JPEG that says that its colours come one after the other."""
    scan = data.index(b"\xff\xda") + 4
    return data[:scan] + b"\1" + data[scan + 1 :]


@pytest.mark.parametrize("scans", ["progressive", "colour by colour"])
def test_a_jpeg_in_several_scans_is_unpacked_whole_so_less_is_allowed(scans):
    whole = as_file(SEVEN_ON_PAPER.convert("RGB"), "JPEG", progressive=scans == "progressive")
    large = said_to_be(whole, 7_000, 8_000)
    if scans != "progressive":
        large = in_several_scans(large)
    with pytest.raises(DrawingError, match=r"8,000 × 7,000 pixels.*52 million in all for a file"):
        read_picture(large)
    if scans == "progressive":
        assert read_picture(whole).shape == (200, 200, 3)


def test_a_webp_takes_most_memory_so_least_is_allowed():
    with pytest.raises(DrawingError, match=r"6,000 × 5,000 pixels.*26 million in all for a file"):
        read_picture(as_file(Image.new("L", (6_000, 5_000)), "WEBP", quality=0, method=0))


@pytest.mark.parametrize("size", [(7, 50), (3_000, 20), (1, 1)])
def test_a_strip_has_no_room_for_a_digit(size):
    """The size that is named is that of the file, whatever it was shrunk to."""
    with pytest.raises(DrawingError, match=f"{size[0]:,} × {size[1]} pixels.*narrow strip"):
        read_picture(as_file(Image.new("L", size)))


def moving() -> bytes:
    other = Image.new("L", (200, 200), 80)
    return as_file(SEVEN_ON_PAPER, "GIF", save_all=True, append_images=[other])


def bomb() -> bytes:
    return as_file(Image.new("1", (20_000, 20_000)))


BROKEN_FILES = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"Hello, this is no picture. " * 20, "cannot be opened"),
    "cut short": (lambda: as_file(SEVEN_ON_PAPER)[:500], "cannot be opened"),
    "JPEG cut short": (lambda: as_file(SEVEN_ON_PAPER, "JPEG")[:900], "cannot be opened"),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be opened"),
    "too many bytes": (
        lambda: b"\x89PNG" + bytes(15 * 2**20),
        r"it has 15\.1 MB, and 15 MB is the most",
    ),
    "animated": (moving, "This picture moves"),
    "bomb": (bomb, "more than 200 million pixels"),
    "large": (lambda: as_file(Image.new("1", (8_000, 8_000))), "8,000 × 8,000 pixels"),
}


@pytest.mark.parametrize(("make", "why"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_files_that_are_no_picture_are_refused_in_plain_words(make, why):
    with pytest.raises(DrawingError, match=why):
        read_picture(make())
