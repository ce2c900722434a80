// A wall of tiles, which come as one picture, one below the other. Tab leads to the wall, arrow
// keys lead on.
export default ({ parentElement, data, setTriggerValue }) => {
  const wall = parentElement.querySelector(".wall");
  const { names, captions, clickable } = data;
  wall.setAttribute("role", clickable ? "group" : "img");
  wall.setAttribute("aria-label", data.label);
  wall.style.setProperty("--tile", `${data.tile}px`);
  wall.style.setProperty("--sheet", `url(${data.sheet})`);
  if (wall.childElementCount !== names.length) {
    wall.replaceChildren(...names.map(() => {
      const tile = document.createElement(clickable ? "button" : "span");
      tile.append(document.createElement("i"), document.createElement("small"));
      return tile;
    }));
  }
  // Tiles stay when what they show changes: whoever is on one with the keyboard stays there.
  [...wall.children].forEach((tile, index) => {
    const [image, caption] = tile.children;
    image.style.aspectRatio = data.shape;
    image.style.backgroundSize = `100% ${names.length * 100}%`;
    image.style.backgroundPositionY = `${(100 * index) / Math.max(1, names.length - 1)}%`;
    tile.title = names[index];
    caption.textContent = captions ? captions[index] : "";
    caption.hidden = !captions;
  });
  if (!clickable) return;
  const tiles = [...wall.children];
  const mark = (chosen) => tiles.forEach((tile, index) => {
    tile.setAttribute("aria-pressed", index === chosen);
    tile.tabIndex = index === Math.max(0, chosen) ? 0 : -1;
  });
  mark(data.chosen);
  tiles.forEach((tile, index) => {
    tile.setAttribute("aria-label", names[index]);
    tile.onclick = () => { mark(index); setTriggerValue("clicked", index); };
    tile.onkeydown = ({ key }) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
      if (!step) return;
      tiles[(index + step + tiles.length) % tiles.length].focus();
    };
  });
};
