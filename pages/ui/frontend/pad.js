// Makes the canvas a pad of ours: it has a name for screen readers, and no toolbar of its own.
//
// The toolbar offers undo and a bin a second time, lies over the top right of the pad even while it
// cannot be seen, and swallows the strokes that begin there. No parameter of the canvas hides it,
// and no style sheet of the page reaches it, for it lies in a shadow root. So this one rule goes in.

const withoutToolbar = new CSSStyleSheet();
withoutToolbar.replaceSync(".dc-toolbar { display: none !important; }");

export default ({ data, parentElement }) => {
  const paper = document.querySelector(`.st-key-${data.key}-paper`);
  if (!paper) return undefined;
  paper.setAttribute("role", "group");
  paper.setAttribute("aria-label", "Pad to draw a digit on");
  paper.style.touchAction = "none"; // drawing never scrolls the page
  let waiting = 0;
  const tidy = () => {
    cancelAnimationFrame(waiting);
    const roots = [...paper.querySelectorAll("*")].map((each) => each.shadowRoot);
    const canvas = roots.find((root) => root?.querySelector("canvas"));
    if (!canvas) waiting = requestAnimationFrame(tidy); // its root comes after its element
    else if (!canvas.adoptedStyleSheets.includes(withoutToolbar)) {
      canvas.adoptedStyleSheets.push(withoutToolbar);
    }
  };
  const watching = new MutationObserver(tidy); // after Undo and Clear it is another canvas
  watching.observe(paper, { childList: true, subtree: true });
  tidy();
  return () => {
    cancelAnimationFrame(waiting);
    watching.disconnect();
  };
};
