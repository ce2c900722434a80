"""What a page owes at first sight, in a real browser: few words, and that nothing jumps."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MOST_WORDS = 60  # outside controls, charts and navigation
MOST_SHIFT = 0.05  # of the layout, as browsers count it (web.dev/cls)

# What moves by itself while a page loads (https://web.dev/articles/cls): `shifts`, and what it was.
# That Streamlit's frame grows wide while nothing stands in it yet is not counted: it is Streamlit's
# own, nobody sees it, and how high it is just then is chance.
COUNT_SHIFTS = """Object.assign(window, { shifts: 0, moved: [] });
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  const isFrame = ({ node }) => node?.matches?.(".stMainBlockContainer");
  if (entry.hadRecentInput || (entry.sources.length && entry.sources.every(isFrame))) return;
  window.shifts += entry.value;
  window.moved.push(entry.value, ...entry.sources.map(({ node }) => node?.className));
})).observe({ type: "layout-shift", buffered: true });"""

# In the page: of each block of text under `roots`, into the shadow of components, the pieces that a
# visitor sees; of those outside the window only if `far`; of those in `aside` none.
SEEN_TEXTS = """({ roots, aside, far }) => {
  const control = "button, a, label, input, textarea, svg, canvas, [role=img], [role=menu], "
    + ".js-plotly-plot, .stApp header, .st-key-navigation, [aria-hidden=true], style, script";
  const texts = new Map();
  const look = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
      let block = node.parentElement;
      if (!block || block.closest(control + aside) || !block.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      if (!far && (box.top >= innerHeight || box.bottom <= 0)) continue;
      while (getComputedStyle(block).display.startsWith("inline") && block.parentElement)
        block = block.parentElement;
      texts.set(block, [...(texts.get(block) ?? []), node.textContent]);
    }
  };
  document.querySelectorAll(roots).forEach(look);
  return [...texts.values()];
}"""


def seen_texts(
    page: Page, roots: str = ".st-key-page", aside: str = "", far: bool = False
) -> list[list[str]]:
    """What stands on the first screen of a page, block by block, each in its pieces, outside
    controls, charts and navigation. roots, aside: selectors, of where to look and of what else to
    leave out. far: on the whole page.
    """
    return page.evaluate(SEEN_TEXTS, {"roots": roots, "aside": aside and f", {aside}", "far": far})


def words_of(text: str) -> list[str]:
    """Those with at least one letter."""
    return re.findall(r"\S*[^\W\d_]\S*", text)


def says_little_and_stood_still(page: Page) -> list[str]:
    """Asserts it of a page that had COUNT_SHIFTS as a script when it was opened. The words."""
    words = words_of(" ".join(piece for block in seen_texts(page) for piece in block))
    assert len(words) <= MOST_WORDS, " ".join(words)
    assert page.evaluate("shifts") <= MOST_SHIFT, page.evaluate("moved")
    return words
