"""From strokes and pictures to what the network sees: drawing, strokes, pictures, stages."""

import copy
import io
import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from core import drawing
from core.drawing import DrawingError, EmptyDrawing, prepare, prepare_pixels, render
from core.evaluation import probabilities
from core.pretrained import load
from core.strokes import pictures
from core.strokes.canvas import read_strokes
from tests import pendigits
from tests.conftest import SHARED

CLOSE = 0.06  # two images are the same when no pixel differs by more


# ------------------------------------------------------------------------------ digits to draw


def curve(*corners: tuple[float, float], points: int = 40) -> np.ndarray:
    """A smooth stroke through corners in a box of 100 × 100, y down."""
    corners = np.array(corners, dtype=float)
    along = np.linspace(0, len(corners) - 1, points)
    stroke = [np.interp(along, np.arange(len(corners)), column) for column in corners.T]
    kernel = np.hanning(9) / np.hanning(9).sum()
    return np.stack([np.convolve(np.pad(c, 4, mode="edge"), kernel, "valid") for c in stroke], 1)


SEVEN = [curve((15, 5), (85, 5), (40, 95)), curve((35, 50), (72, 50))]
FIVE = [curve((30, 10), (25, 45), (60, 40), (75, 65), (50, 95), (20, 85)), curve((30, 10), (75, 8))]
ONE = [curve((50, 0), (50, 100))]
ZERO = [50 + 48 * np.stack([0.6 * np.sin(t), -np.cos(t)], 1) for t in [np.linspace(0, 6.2, 60)]]
DIGITS = {"seven": SEVEN, "five": FIVE, "one": ONE, "zero": ZERO}


def dot(x: float, y: float) -> np.ndarray:
    """A click, in the same box."""
    return np.array([(x, y), (x, y)], dtype=float)


def image(strokes, **drawn) -> np.ndarray:
    return prepare(pendigits.canvas_json(strokes, **drawn)).image


def painted(
    strokes, side: int = 200, pen: float = 12, ink: int = 255, paper: int = 0
) -> np.ndarray:
    """The strokes as a picture, uint8 (side, side), the digit in the middle."""
    large = Image.new("L", (side * 4, side * 4), paper)
    brush = ImageDraw.Draw(large)
    for stroke in strokes:
        points = ((stroke * 0.7 + 15) * side / 25).tolist()
        brush.line([tuple(point) for point in points], fill=ink, width=round(pen * 4))
        for point in points:
            brush.circle(point, pen * 2, fill=ink)
    return np.asarray(large.reduce(4))


def assert_same(one: np.ndarray, other: np.ndarray, within: float = CLOSE) -> None:
    assert np.abs(one - other).max() < within


def box_of(picture: np.ndarray) -> tuple[int, int]:
    """Height and width of the box of all that can be seen."""
    inked = picture > 0.02
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(picture: np.ndarray) -> np.ndarray:
    y, x = np.indices(picture.shape)
    return np.array([(x * picture).sum(), (y * picture).sum()]) / picture.sum()


# ----------------------------------------------------------------------------------- rendering


def as_batch(*drawings) -> tuple[torch.Tensor, torch.Tensor]:
    most = max(sum(map(len, strokes)) for strokes in drawings)
    points = torch.zeros(len(drawings), most, 2)
    connected = torch.ones(len(drawings), most - 1, dtype=torch.bool)
    for row, strokes in enumerate(drawings):
        together = torch.tensor(np.concatenate(strokes), dtype=torch.float32)
        points[row, : len(together)] = together
        points[row, len(together) :] = together[-1]  # filled up with the last point
        for end in np.cumsum([len(stroke) for stroke in strokes])[:-1]:
            connected[row, end - 1] = False
    return points, connected


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_render_lays_a_digit_out_as_mnist_does(strokes):
    drawn = render(*as_batch(strokes))[0]
    assert drawn.shape == (28, 28) and drawn.dtype == torch.float32
    assert drawn.min() == 0 and drawn.max() == 1
    assert max(box_of(drawn.numpy())) in (19, 20)
    assert_same(centre_of_mass(drawn.numpy()), np.array([14, 14]))


def exact_image(strokes, pen_width: float) -> np.ndarray:
    """What `render` should draw, pixel by pixel, line by line, without any shortcut."""
    points = np.concatenate(strokes)
    low, extent = points.min(0), np.ptp(points, axis=0)
    scale = (drawing.BOX - drawing.EDGE - pen_width) / extent.max()
    y, x = np.indices((28, 28))

    def draw(shift):
        nearest = np.full((28, 28), np.inf)
        for stroke in strokes:
            placed = (stroke - low) * scale + shift
            for start, end in pairwise(placed):
                along = end - start
                reach = max(along @ along, 1e-12)
                t = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / reach
                foot = start[:, None, None] + t.clip(0, 1) * along[:, None, None]
                nearest = np.minimum(nearest, np.hypot(x - foot[0], y - foot[1]))
        return ((pen_width / 2 - nearest) / drawing.EDGE + 0.5).clip(0, 1)

    shift = 13.5 - extent * scale / 2
    for _ in range(5):
        shift = shift + drawing.CENTRE - centre_of_mass(draw(shift))
    return draw(shift)


@pytest.mark.parametrize("pen_width", [1.5, drawing.PEN_WIDTH, 4.0])
@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_render_agrees_with_exact_distances(strokes, pen_width):
    drawn, exact = render(*as_batch(strokes), pen_width)[0].numpy(), exact_image(strokes, pen_width)
    assert_same(drawn, exact, within=0.11)  # a thin line of stamps has slightly wavy edges
    assert np.abs(drawn - exact).mean() < 0.008


def test_render_draws_each_image_of_a_batch_as_if_alone():
    points, connected = as_batch(*list(DIGITS.values()) * 40)  # more than is drawn at a time
    widths = torch.linspace(1.5, 4, len(points))
    together = render(points, connected, widths)
    for row in (0, 63, 64, 130, 159):
        alone = render(points[row : row + 1], connected[row : row + 1], float(widths[row]))
        assert_same(alone[0].numpy(), together[row].numpy(), within=1e-4)


def test_render_draws_no_line_between_two_strokes_and_a_dot_for_a_lone_point():
    points = torch.tensor([[[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [5.0, 5.0]]])
    apart = render(points, torch.tensor([[True, False, True, False]]))[0]
    assert apart[4:24, 9:12].max() == apart[4:24, 17:20].max() == 0  # left, dot, right: no bridge
    assert apart[14, 14] == 1
    only_dot = render(torch.zeros(1, 1, 2), torch.zeros(1, 0, dtype=torch.bool))[0]
    area = math.pi / 4 * drawing.PEN_WIDTH**2
    assert float(only_dot.sum()) == pytest.approx(area, rel=0.25)
    assert_same(centre_of_mass(only_dot.numpy()), np.array([14, 14]))


def test_render_of_nothing_is_no_image():
    assert render(torch.zeros(0, 5, 2), torch.zeros(0, 4, dtype=torch.bool)).shape == (0, 28, 28)


def test_an_outlying_tail_stays_inside_the_image():
    scribble = [curve(*[(x, y) for y in range(0, 20, 2) for x in (0, 20)], points=200)]
    drawn = render(*as_batch([*scribble, curve((20, 10), (100, 10))]))[0]
    assert max(box_of(drawn.numpy())) == 20


def test_the_ink_is_that_of_mnist(mnist):
    """As many pixels inked, and as many of those fully, as in MNIST."""
    if not PEN_DIGITS.exists():
        pytest.skip("the pen digits are not beside the project (../shared/data)")
    drawn = np.stack([image(strokes) for strokes, _ in pendigits.read(PEN_DIGITS)[:300]])
    ours, theirs = drawn[drawn > 0], mnist.test.images[:2_000].numpy() / 255
    theirs = theirs[theirs > 0]
    assert drawn.mean() == pytest.approx(mnist.test.images.numpy().mean() / 255, abs=0.02)
    assert np.mean(ours > 0.97) == pytest.approx(np.mean(theirs > 0.97), abs=0.08)


# ------------------------------------------------------------------------ drawings on the canvas


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_place_size_and_brush_do_not_matter(strokes):
    usual = image(strokes)
    for drawn in (
        {"place": (0, 1)},
        {"place": (1, 0.2), "size": 0.35},
        {"size": 0.9},
        {"size": 0.1},
        {"brush": 8},
        {"brush": 30},
        {"place": (0.9, 0.9), "size": 0.4, "brush": 30},
    ):
        assert_same(image(strokes, **drawn), usual, within=0.15)
        assert np.abs(image(strokes, **drawn) - usual).mean() < 0.004


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_prepared_drawing_is_laid_out_as_mnist_is(strokes):
    prepared = image(strokes)
    assert prepared.shape == (28, 28) and prepared.dtype == np.float32
    assert prepared.min() == 0 and prepared.max() == 1
    assert max(box_of(prepared)) in (19, 20)
    assert_same(centre_of_mass(prepared), np.array([14, 14]))


def test_curves_are_drawn_as_curves():
    """A quarter circle as one cubic and a parabola as one quadratic, against their formulas."""
    k = 0.5523
    cubic = [["M", 0, 100], ["C", 100 * k, 100, 100, 100 * k, 100, 0]]
    quarter = np.linspace(0, np.pi / 2, 50)
    circle = 100 * np.stack([np.sin(quarter), np.cos(quarter)], 1)
    assert_same(prepare(path_drawing(cubic)).image, render(*as_batch([circle]))[0].numpy())
    t = np.linspace(0, 1, 50)[:, None]
    parabola = 2 * t * (1 - t) * [50, 100] + t**2 * [100, 0]
    quadratic = [["M", 0, 0], ["Q", 50, 100, 100, 0]]
    assert_same(prepare(path_drawing(quadratic)).image, render(*as_batch([parabola]))[0].numpy())


def test_closed_paths_and_paths_of_two_strokes():
    square = np.array([(0, 0), (0, 100), (100, 100), (100, 0), (0, 0)], dtype=float)
    closed = [["M", 0, 0], ["L", 0, 100], ["L", 100, 100], ["L", 100, 0], ["Z"]]
    assert_same(prepare(path_drawing(closed)).image, render(*as_batch([square]))[0].numpy())
    bars = [["M", 0, 0], ["L", 0, 100], ["M", 50, 0], ["L", 50, 100]]
    two = [square[:2], square[:2] + np.array([50, 0])]
    assert_same(prepare(path_drawing(bars)).image, render(*as_batch(two))[0].numpy())


def path_drawing(path: list, **properties) -> dict:
    return {"objects": [{"type": "Path", "path": path, "strokeWidth": 10, **properties}]}


EDITS = {
    "moved": {"left": 30.0, "top": 222.0},
    "scaled": {"scaleX": 1.7, "scaleY": 0.6},
    "turned": {"angle": 33.0},
    "flipped": {"flipX": True, "angle": -70.0},
    "upside down": {"flipY": True, "scaleY": 2.0},
    "skewed": {"skewX": 16.598, "scaleX": 0.6676, "scaleY": 0.627, "angle": 55.1304},
    "skewed both ways": {"skewX": 20.0, "skewY": -10.0},
    "by its corner": {"originX": "left", "originY": "top", "left": 20.0, "top": 30.0},
    "turned by its corner": {
        "originX": "right",
        "originY": "bottom",
        "left": 200.0,
        "top": 250.0,
        "angle": 25.0,
        "scaleX": 0.5,
    },
}


def edited_points(stroke: np.ndarray, item: dict) -> np.ndarray:
    """Where the object's points lie, by Fabric's chain of 3 × 3 matrices written out in full."""
    low, high = pendigits.fabric_box(item["path"])
    centre, size = (low + high) / 2, high - low + item["strokeWidth"]
    tan_x, tan_y = (math.tan(math.radians(item[key])) for key in ("skewX", "skewY"))
    cos, sin = math.cos(math.radians(item["angle"])), math.sin(math.radians(item["angle"]))
    mirror = [-1 if item["flipX"] else 1, -1 if item["flipY"] else 1]
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    scale = np.diag([item["scaleX"] * mirror[0], item["scaleY"] * mirror[1], 1])
    skew_x = np.array([[1, tan_x, 0], [0, 1, 0], [0, 0, 1]])
    skew_y = np.array([[1, 0, 0], [tan_y, 1, 0], [0, 0, 1]])
    shape = scale @ skew_x @ skew_y
    share = {"left": 0, "top": 0, "center": 0.5, "right": 1, "bottom": 1}
    box = np.ptp([shape[:2, :2] @ (size * [i, j]) for i in (0, 1) for j in (0, 1)], axis=0)
    to_centre = box * [0.5 - share[item["originX"]], 0.5 - share[item["originY"]]]
    to_centre = turn[:2, :2] @ to_centre
    place = np.eye(3)
    place[:2, 2] = np.array([item["left"], item["top"]]) + to_centre
    back = np.eye(3)
    back[:2, 2] = -centre
    matrix = place @ turn @ shape @ back
    return stroke @ matrix[:2, :2].T + matrix[:2, 2]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_object_is_read_where_the_canvas_shows_it(edit):
    drawn = pendigits.canvas_json(SEVEN, brush=14)
    plain = read_strokes(drawn)
    item = drawn["objects"][1]
    item.update(edit)
    body, moved = np.split(plain.points, np.flatnonzero(plain.begins)[1:])
    moved = edited_points(moved, item)
    seen = read_strokes(drawn)
    corners = np.r_[np.flatnonzero(seen.begins), np.flatnonzero(seen.begins)[1] - 1, -1]
    wanted = np.array([body[0], moved[0], body[-1], moved[-1]])
    assert_same(seen.points[corners], wanted, within=0.01)
    assert_same(prepare(drawn).image, render(*as_batch([body, moved]))[0].numpy())


def test_moving_scaling_and_turning_all_objects_equals_drawing_it_so():
    """A turn about the canvas, by the objects' own properties, against turned points."""
    angle, cos, sin = 40.0, math.cos(math.radians(40)), math.sin(math.radians(40))
    turn = np.array([[cos, -sin], [sin, cos]])
    turned = copy.deepcopy(pendigits.canvas_json(FIVE))
    for item in turned["objects"]:
        item["left"], item["top"] = (0.6 * turn @ [item["left"], item["top"]] + 70).tolist()
        item["angle"], item["scaleX"], item["scaleY"] = angle, 0.6, 0.6
    assert_same(prepare(turned).image, image([stroke @ turn.T for stroke in FIVE]), within=0.15)


# What the canvas sent for a real mouse: a hook and a click.
MOUSE = [(60, 200), (95, 197), (130, 195), (165, 192), (200, 190), (202, 202), (205, 215)]
MOUSE += [(207, 227), (210, 240)]
HOOK = {
    "left": 135,
    "top": 215.2621,
    "width": 150.04,
    "height": 49.5158,
    "path": [
        ["M", 59.98, 200.02],
        ["Q", 60, 200, 77.5, 198.5],
        ["Q", 95, 197, 112.5, 196],
        ["Q", 130, 195, 147.5, 193.5],
        ["Q", 165, 192, 182.5, 191],
        ["Q", 200, 190, 201, 196],
        ["Q", 202, 202, 203.5, 208.5],
        ["Q", 205, 215, 207.5, 227.5],
        ["L", 210.02, 240.02],
    ],
}
CLICK = {"left": 40, "top": 40, "path": [["M", 39.98, 40], ["L", 40.02, 40]]}


def test_an_object_that_nobody_edited_needs_no_shift():
    seen = read_strokes({"objects": [{"type": "Path", "strokeWidth": 20, **HOOK}]})
    assert_same(seen.points[0], np.array([59.98, 200.02]), within=1e-3)
    assert_same(seen.points[-1], np.array([210.02, 240.02]), within=1e-3)


def test_a_digit_of_100_000_points_is_read():
    wobble = np.random.default_rng(0).normal(0, 0.3, (100_000, 2))
    t = np.linspace(0, 1, 100_000)[:, None]
    stroke = np.concatenate([40 + 200 * t, 250 - 200 * t], 1) + wobble
    path = [["M", *stroke[0].tolist()], *(["L", *point] for point in stroke[1:].tolist())]
    straight = [["M", 40, 250], ["L", 240, 50]]
    assert_same(prepare(path_drawing(path)).image, prepare(path_drawing(straight)).image, 0.2)
    scribble = np.random.default_rng(0).uniform(0, 280, (100_000, 2)).tolist()
    path = [["M", 0, 0], *(["Q", *a, *b] for a, b in pairwise(scribble))]
    assert prepare(path_drawing(path)).image.mean() > 0.4


# ----------------------------------------------------------------------------------------- dots


def test_a_lone_dot_is_no_digit():
    for strokes in ([dot(50, 50)], [dot(20, 50), dot(80, 50)], [curve((50, 50), (53, 51))]):
        with pytest.raises(EmptyDrawing, match="only a dot"):
            prepare({"objects": [pendigits.path_object(stroke, 20) for stroke in strokes]})


@pytest.mark.parametrize("place", [(50, 50), (130, 120), (-60, 10)])
@pytest.mark.parametrize("strokes", [ZERO, ONE, FIVE], ids=["zero", "one", "five"])
def test_a_stray_dot_changes_nothing(strokes, place):
    objects = [pendigits.path_object(stroke + 70, 20) for stroke in strokes]
    slip = pendigits.path_object(curve(place, (place[0] + 3, place[1] + 2)) + 70, 20)
    with_slip, without = {"objects": [*objects, slip]}, {"objects": objects}
    assert_same(prepare(with_slip).image, prepare(without).image)


@pytest.mark.parametrize(
    "short", [SEVEN[1], FIVE[1], curve((60, 20), (60, 35))], ids=["bar", "roof", "closing"]
)
def test_a_short_stroke_is_kept(short):
    body = ONE[0] - [20, 0]
    assert np.abs(image([body, short]) - image([body])).max() > 0.5


def test_a_lone_vertical_stroke_is_a_thin_upright_one():
    height, width = box_of(image(ONE))
    assert height in (19, 20) and width <= 5


# ------------------------------------------------------------------------------------ bad input


def broken(**change) -> dict:
    """A good drawing with something wrong in its one stroke."""
    return path_drawing([["M", 10, 10], ["L", 100, 200]], **change)


def with_path(path) -> dict:
    return {"objects": [{"type": "Path", "path": path}]}


DEEP: list = []
for _ in range(100_000):
    DEEP = [DEEP]

BAD = {
    "one path of many strokes": (
        path_drawing([["M", 0, 0], ["L", 9, 9]] * 2_001),
        "2,001 strokes",
    ),
    "list": ([], "should be a JSON object, not a list"),
    "text": ("{}", "should be a JSON object, not a text"),
    "no objects": ({"version": "7.4.0"}, 'no list of "objects"'),
    "objects is a number": ({"objects": 3}, '"objects" should be a list, not a number'),
    "stroke is nothing": ({"objects": [None]}, "a stroke should be a JSON object, not nothing"),
    "other object": ({"objects": [{"type": "Circle"}]}, "“Circle”.*only pen strokes"),
    "type is a number": ({"objects": [{"type": 5}]}, "a number.*only pen strokes"),
    "group": ({"objects": [{"type": "Group", "objects": []}]}, "“Group”"),
    "no path": ({"objects": [{"type": "Path"}]}, 'no "path"'),
    "empty path": (with_path([]), 'no "path"'),
    "path is a text": (with_path("M 0 0 L 1 1"), 'no "path"'),
    "command is a text": (with_path(["M", 0, 0]), "not a list"),
    "empty command": (with_path([["M", 0, 0], []]), "is empty"),
    "unknown command": (with_path([["M", 0, 0], ["A", 1, 1, 0, 0, 0, 5, 5]]), "unknown.*“A”"),
    "command without letter": (with_path([[1, 2, 3]]), "unknown path command a number"),
    "list for a letter": (with_path([[[], 2, 3]]), "does not begin with a letter"),
    "deep": (with_path(DEEP), "path command"),
    "deep number": (with_path([["M", DEEP, 1]]), "a list stands where a number should be"),
    "too few numbers": (with_path([["M", 0]]), "M should have 2 numbers, not 1"),
    "line first": (with_path([["L", 0, 0], ["L", 9, 9]]), "does not begin with M"),
    "text for a number": (with_path([["M", "1", 2]]), "a text stands where a number should be"),
    "true for a number": (with_path([["M", True, 2]]), "true or false stands where a number"),
    "NaN": (with_path([["M", math.nan, 2]]), "infinite or not a number"),
    "infinite": (broken(left=math.inf), "infinite or not a number"),
    "huge": (with_path([["M", 1e7, 2]]), "beyond 1,000,000"),
    "huge whole number": (with_path([["M", 10**400, 2]]), "infinite or not a number"),
    "angle is a text": (broken(angle="90"), "a text stands where a number should be"),
    "origin": (broken(originX="middle"), "originX should be one of.*“middle”"),
    "origin is a list": (broken(originY=[1]), "originY should be one of.*a list"),
    "many strokes": ({"objects": [{}] * 2_001}, "2,001 strokes"),
    "many points": (with_path([["M", 0, 0], *[["L", 1, 1]] * 500_000]), "500,001 points"),
}


@pytest.mark.parametrize(("bad", "why"), BAD.values(), ids=BAD)
def test_a_drawing_that_is_not_what_it_should_be_is_refused_in_plain_words(bad, why):
    with pytest.raises(DrawingError, match=why) as problem:
        prepare(bad)
    message = str(problem.value)
    assert message.startswith("The drawing cannot be read: ")
    assert message.endswith("Press Clear and draw again.")
    assert not isinstance(problem.value, EmptyDrawing)


@pytest.mark.parametrize("nothing", [None, {}, {"objects": []}, {"objects": [], "background": ""}])
def test_an_empty_canvas_is_said_to_be_empty(nothing):
    with pytest.raises(EmptyDrawing, match="Nothing is drawn yet"):
        prepare(nothing)


# --------------------------------------------------------------------------------------- stages


def test_the_stages_lead_from_the_drawing_to_the_image():
    prepared = prepare(pendigits.canvas_json(SEVEN, place=(0, 0), size=0.4))
    titles = [stage.title for stage in prepared.stages]
    assert titles == [
        "What you drew",
        "Cropped",
        "Pen width evened",
        "Centred",
        "What the network sees",
    ]
    assert prepared.stages is prepared.stages
    for stage in prepared.stages:
        assert stage.image.dtype == np.float32 and 0 <= stage.image.min() < stage.image.max() <= 1
        assert stage.reason.endswith(".") and len(stage.reason) < 170
    drawn, cropped, evened, centred, seen = (stage.image for stage in prepared.stages)
    assert drawn[70:].max() == drawn[:, 80:].max() == 0  # at its place on the canvas, top left
    assert max(box_of(cropped)) > 135 and max(box_of(evened)) > 135
    assert cropped.mean() > evened.mean()  # a 20 px brush on a small digit is thicker than MNIST's
    # The centred stage, shrunk fivefold, is nearly what the network sees.
    assert np.abs(centred.reshape(28, 5, 28, 5).mean((1, 3)) - seen).mean() < 0.02
    assert seen is prepared.image


def test_a_brush_as_wide_as_the_canvas_can_still_be_shown():
    stages = prepare(path_drawing([["M", 0, 0], ["L", 9e5, 9e5]], strokeWidth=1e6)).stages
    assert len(stages) == 5


# ------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_picture_of_a_digit_is_read_like_the_drawing(strokes):
    for pen in (5, 12, 20):
        seen = prepare_pixels(painted(strokes, pen=pen, ink=20, paper=235)).image
        assert seen.dtype == np.float32 and seen.min() >= 0 and seen.max() <= 1
        assert np.abs(seen - image(strokes)).mean() < 0.04


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_dark_on_light_equals_light_on_dark(strokes):
    dark = painted(strokes, ink=40, paper=230)
    assert_same(prepare_pixels(dark).image, prepare_pixels(255 - dark).image)


def test_uneven_light_a_shadow_and_noise_change_little():
    picture = painted(FIVE, ink=60, paper=230).astype(float)
    plain = prepare_pixels(picture.astype(np.uint8)).image
    y, x = np.mgrid[0:1:200j, 0:1:200j]
    noise = np.random.default_rng(0).normal(0, 6, picture.shape)
    for light in (1 - 0.6 * x, 1 - 0.5 * y * x, np.where(x + 0.4 * y > 0.7, 0.65, 1)):
        lit = (picture * light + noise).clip(0, 255).astype(np.uint8)
        assert np.abs(prepare_pixels(lit).image - plain).mean() < 0.02


def test_colour_and_see_through_pictures():
    mask = painted(SEVEN)
    wanted = prepare_pixels(mask).image
    blue = np.full((*mask.shape, 3), 240, dtype=np.uint8)
    blue[mask > 127] = (30, 40, 160)
    assert np.abs(prepare_pixels(blue).image - wanted).mean() < 0.02
    for ink in (0, 255):  # black or white strokes on a canvas without a background
        see_through = np.full((*mask.shape, 4), ink, dtype=np.uint8)
        see_through[..., 3] = mask
        assert_same(prepare_pixels(see_through).image, wanted)


def test_dust_and_the_edge_of_the_paper_are_left_out():
    picture = painted(FIVE, ink=20, paper=235).copy()
    wanted = prepare_pixels(picture).image
    picture[10:14, 180:184] = 0
    picture[:, :5] = 30
    assert np.abs(prepare_pixels(picture).image - wanted).mean() < 0.01


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_picture_laid_out_like_mnist_stays_about_the_same(strokes):
    drawn = render(*as_batch(strokes))[0].numpy()
    assert np.abs(prepare_pixels((drawn * 255).astype(np.uint8)).image - drawn).mean() < 0.03


def test_mnist_itself_is_read_as_well_as_before(mnist):
    model, labels = load("tutorial").model, mnist.test.labels[:300]
    as_is = mnist.test.images[:300].float() / 255
    seen = np.stack([prepare_pixels(one).image for one in mnist.test.images[:300].numpy()])
    right = [
        (probabilities(model, some).argmax(1) == labels).float().mean() for some in (as_is, seen)
    ]
    assert right[1] > right[0] - 0.03


@pytest.mark.parametrize("kind", ["white", "black", "noise", "slope", "one step"])
def test_blank_paper_has_no_digit(kind):
    y, x = np.mgrid[0:1:150j, 0:1:120j]
    noise = np.random.default_rng(0).normal(0, 5, x.shape)
    paper = {
        "white": np.full(x.shape, 255),
        "black": np.zeros(x.shape),
        "noise": 200 + noise,
        "slope": 220 - 120 * x - 30 * y + noise,
        "one step": np.where(x + 0.2 * y > 0.6, 220, 140) + noise,
    }[kind]
    with pytest.raises(EmptyDrawing, match="No digit stands out"):
        prepare_pixels(paper.clip(0, 255).astype(np.uint8))


def test_a_dot_on_paper_is_no_digit():
    with pytest.raises(EmptyDrawing, match="only a dot"):
        prepare_pixels(painted([dot(50, 50)], pen=20))


@pytest.mark.parametrize(
    ("pixels", "why"),
    [
        ([[0, 1], [2, 3]], "uint8"),
        (np.zeros((50, 50)), "uint8"),
        (np.zeros(50, np.uint8), "an array of 50 is not"),
        (np.zeros((50, 50, 2), np.uint8), "50 × 50 × 2 is not"),
        (np.zeros((7, 50), np.uint8), "at least 8"),
        (np.zeros((0, 0), np.uint8), "at least 8"),
        (np.broadcast_to(np.uint8(0), (10_000, 10_000)), "at most 50 million"),
    ],
)
def test_pixels_that_are_not_a_picture_are_refused(pixels, why):
    with pytest.raises(DrawingError, match=why):
        prepare_pixels(pixels)


def test_the_stages_of_a_picture():
    prepared = prepare_pixels(painted(SEVEN, ink=0, paper=200))
    assert [stage.title for stage in prepared.stages][:3] == [
        "Your picture",
        "Ink found",
        "Cropped",
    ]
    assert len(prepared.stages) == 6 and prepared.stages[-1].image is prepared.image
    for stage in prepared.stages:
        assert stage.image.dtype == np.float32 and 0 <= stage.image.min() < stage.image.max() <= 1
    given, found = prepared.stages[0].image, prepared.stages[1].image
    assert given[0, 0] > 0.7 and found[0, 0] == 0  # paper is bright, and then it is gone


# ---------------------------------------------------------------------------------------- files


def as_file(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


SEVEN_ON_PAPER = Image.fromarray(painted(SEVEN, ink=20, paper=235))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_picture_files_are_read(kind):
    pixels = pictures.read_picture(as_file(SEVEN_ON_PAPER, kind))
    assert pixels.dtype == np.uint8 and pixels.shape == (200, 200, 3)
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


def test_a_telephone_held_sideways_makes_no_difference():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    sideways = SEVEN_ON_PAPER.transpose(Image.Transpose.ROTATE_90)
    pixels = pictures.read_picture(as_file(sideways, "JPEG", exif=exif, quality=95))
    assert np.abs(pixels[..., 0].astype(int) - np.asarray(SEVEN_ON_PAPER)).mean() < 2


def test_a_large_picture_is_shrunk_and_a_see_through_one_stays_so():
    large = SEVEN_ON_PAPER.resize((3_000, 2_000))
    assert pictures.read_picture(as_file(large, "JPEG")).shape == (683, 1024, 3)
    see_through = Image.new("RGBA", (100, 80), (0, 0, 0, 0))
    assert pictures.read_picture(as_file(see_through)).shape == (80, 100, 4)
    assert (
        pictures.read_picture(as_file(see_through.convert("P"), "GIF", transparency=0)).shape[2]
        == 4
    )


def test_a_scan_of_16_bits_keeps_its_greys():
    values = (np.asarray(SEVEN_ON_PAPER).astype(np.uint16)) * 200
    pixels = pictures.read_picture(as_file(Image.fromarray(values)))
    assert np.abs(prepare_pixels(pixels).image - image(SEVEN)).mean() < 0.04


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
    "too many bytes": (lambda: b"\x89PNG" + bytes(15_000_001), "15 MB is the most"),
    "animated": (moving, "This picture moves"),
    "bomb": (bomb, "million in all is the most"),
    "large": (lambda: as_file(Image.new("1", (8_000, 8_000))), "8,000 × 8,000 pixels"),
}


@pytest.mark.parametrize(("make", "why"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_files_that_are_no_picture_are_refused_in_plain_words(make, why):
    with pytest.raises(DrawingError, match=why):
        pictures.read_picture(make())


def test_no_broken_file_gets_past_as_anything_else():
    """Bytes changed at random: a picture or a plain sentence, nothing else."""
    random = np.random.default_rng(0)
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        good = np.frombuffer(as_file(SEVEN_ON_PAPER.reduce(4), kind), np.uint8)
        for _ in range(40):
            bad = good.copy()
            bad[random.integers(0, len(bad), 6)] = random.integers(0, 256, 6)
            try:
                assert pictures.read_picture(bad.tobytes()).dtype == np.uint8
            except DrawingError as problem:
                assert str(problem).endswith(".")


# ---------------------------------------------------------------------------------- pen digits

PEN_DIGITS = SHARED / "pendigits" / "pendigits-orig.tra"

SAMPLE = """.INCLUDE dene.doc
.LEXICON "0" "1" "2"
.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 12  224
.PEN_DOWN
 100  200
 150  200
 120  100
.PEN_UP
.DT 100
.PEN_DOWN
 110  150
 140  150
.PEN_UP
.SEGMENT DIGIT    1-2 ? "1"
.PEN_DOWN
 10  20
.PEN_UP
.PEN_DOWN
.PEN_UP
"""


def test_the_reader_of_pen_digits(tmp_path):
    file = tmp_path / "sample.tra"
    file.write_text(SAMPLE)
    (seven, label), (one, other) = pendigits.read(file)
    assert (label, other) == (7, 1)
    assert [stroke.tolist() for stroke in seven] == [
        [[100, -200], [150, -200], [120, -100]],  # y turned downward
        [[110, -150], [140, -150]],
    ]
    assert [stroke.tolist() for stroke in one] == [[[10, -20]]]


def test_pen_digits_lie_on_the_canvas_where_they_should():
    for place, corner in (((0, 0), (0, 0)), ((1, 1), (280 - 98 * 0.7, 182))):
        points = np.concatenate(pendigits.on_canvas(SEVEN, place, 0.35))
        low, extent = points.min(0), np.ptp(points, axis=0)
        assert extent.max() == pytest.approx(98)
        assert low == pytest.approx(corner, abs=15)


def test_the_replayed_canvas_is_what_the_real_canvas_sends():
    """Against what the canvas sent for a real mouse: the same path and the same centre."""
    hook = pendigits.path_object(np.array(MOUSE, dtype=float), 20)
    assert [command[0] for command in hook["path"]] == [command[0] for command in HOOK["path"]]
    for ours, theirs in zip(hook["path"], HOOK["path"], strict=True):
        assert ours[1:] == pytest.approx(theirs[1:], abs=1e-6)
    for key in ("left", "top", "width", "height"):
        assert hook[key] == pytest.approx(HOOK[key], abs=0.01)
    assert pendigits.path_object(dot(40, 40), 20)["path"] == CLICK["path"]


@pytest.mark.skipif(not PEN_DIGITS.exists(), reason="the pen digits are not beside the project")
def test_the_tutorial_network_reads_what_people_draw():
    digits = pendigits.read(PEN_DIGITS)
    assert len(digits) == 7_494
    some = digits[::25]
    drawn = torch.tensor(np.stack([image(strokes) for strokes, _ in some]))
    answers = probabilities(load("tutorial").model, drawn).argmax(1)
    right = np.mean(
        [answer == label for answer, (_, label) in zip(answers.tolist(), some, strict=True)]
    )
    assert right > 0.8
