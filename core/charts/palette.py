"""The colours of all charts, and what tells ten digits apart, in one place."""

# The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), made for every kind of colour
# vision, and three more for the digits. Orange, sky blue and yellow are darkened: each colour has a
# contrast of at least 3 to 1 against a white page and a dark one, as WCAG 2.2 (1.4.11) asks.
PALETTE = {
    "blue": "#0072B2",
    "orange": "#C58700",
    "bluish green": "#009E73",
    "reddish purple": "#CC79A7",
    "vermillion": "#D55E00",
    "sky blue": "#499CCA",
    "yellow": "#9E9628",
    "grey": "#808080",
    "brown": "#8B5E3C",
    "violet": "#8E6BBF",
}

# One colour for each digit. Ten are too many to tell by colour alone, so each line has a dash as
# well: two digits that share a dash differ in colour for every kind of colour vision. Three dashes
# are the fewest that do.
DIGIT_COLORS = tuple(PALETTE.values())
DIGIT_DASHES = (
    *("solid", "dash", "dash", "solid", "dot"),
    *("dot", "solid", "dot", "solid", "dash"),
)
