"""The steps from a drawing or a picture to what the network sees, as images."""

import numpy as np

from core.drawing import prepare, prepare_pixels
from tests import replay
from tests.drawn import SEVEN, box_of, painted, path_drawing


def test_the_stages_lead_from_the_drawing_to_the_image():
    prepared = prepare(replay.canvas_json(SEVEN, place=(0, 0), size=0.4))
    titles = [stage.title for stage in prepared.stages]
    assert titles == [
        "As drawn",
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


def test_the_stages_of_a_picture():
    prepared = prepare_pixels(painted(SEVEN, ink=0, paper=200))
    assert [stage.title for stage in prepared.stages][:3] == [
        "Your picture",
        "Ink found",
        "Cropped",
    ]
    assert len(prepared.stages) == 6 and prepared.stages[-1].image is prepared.image
    assert np.array_equal(prepared.stages[3].image, prepared.renderings[-1])
    for stage in prepared.stages:
        assert stage.image.dtype == np.float32 and 0 <= stage.image.min() < stage.image.max() <= 1
    given, found = prepared.stages[0].image, prepared.stages[1].image
    assert given[0, 0] > 0.7 and found[0, 0] == 0  # paper is bright, and then it is gone
