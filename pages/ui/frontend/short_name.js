// A picture by a short name, for scripts that show many tiles of one. They fetch this file, or it is
// appended to them.
// Each tile takes as long to style as the address of its picture is, and a `data:` address is as
// long as the picture: 360 tiles took ten to a hundred times as long with it.

const PICTURES = 40; // that have a name at once; the oldest loses it

export function shortName(address) {
  const names = (window.digitlabPictures ??= new Map());
  if (!names.has(address)) {
    const bytes = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
    names.set(address, URL.createObjectURL(new Blob([bytes], { type: "image/png" })));
    const [[oldest, name]] = names;
    if (names.size > PICTURES && names.delete(oldest)) URL.revokeObjectURL(name);
  }
  return names.get(address);
}
