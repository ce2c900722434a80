// What an empty pad says: a pencil, and what to do. For pad.js and room_pad.js, to which this file is appended.

const CALL = "#56B4E9"; // what calls the visitor to draw: the pad is dark in both themes

// As large as what it is put into, in units of a hundredth of the side.
function invitation() {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "0 0 100 100");
  made.setAttribute("aria-hidden", "true");
  made.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none;z-index:20";
  made.innerHTML = `<path d="M0 24 2 16 16 2 22 8 8 22ZM13 5 19 11" fill="none" stroke="${CALL}"
    stroke-width="2" transform="translate(20 80) scale(0.4)"/>
    <text x="56" y="88.5" text-anchor="middle" font-size="10" font-weight="700" fill="${CALL}">Draw here</text>`;
  return made;
}
