"""The card as a page that prints on one sheet: the same picture, and its words as text."""

from __future__ import annotations

import base64
import html

from core.charts.take_home.card import HEIGHT, WIDTH, HomeCard, card_png

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: landscape; margin: 12mm; }}
body {{ margin: 0 auto; padding: 1rem; max-width: 75rem; color: #14151A; background: #FFFFFF;
  font: 1rem/1.4 system-ui, sans-serif; }}
h1 {{ margin: 0 0 0.75rem; font-size: 1.25rem; overflow-wrap: anywhere; }}
img {{ display: block; width: 100%; height: auto; border: 1px solid #D0D0D0; }}
p {{ overflow-wrap: anywhere; }}
@media print {{ body {{ padding: 0; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<img src="data:image/png;base64,{picture}" alt="{said}" width="{width}" height="{height}">
{way}
</main>
</body>
</html>
"""


def printed_card(card: HomeCard) -> bytes:
    """The page, UTF-8; whatever is in the texts of the card is shown as text."""
    answer = "no digit" if card.answer == "?" else card.answer
    said = f"{card.whose}, read as {answer} by {card.network}. {card.sure}. {card.score}."
    link = html.escape(card.link)
    return PAGE.format(
        title=html.escape(f"A digit read by {card.network}"),
        picture=base64.b64encode(card_png(card)).decode("ascii"),
        said=html.escape(said),
        width=WIDTH,
        height=HEIGHT,
        way=f'<p>Go on: <a href="{link}">{link}</a></p>' if link else "",
    ).encode()
