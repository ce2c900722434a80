export default ({ parentElement, data }) => {
  const button = parentElement.querySelector("button");
  const show = () => {
    const off = window.digitlabShortcuts?.off;
    button.textContent = data.label;
    button.title = `${data.words} Press to switch them ${off ? "on" : "off"}.`;
    button.setAttribute("aria-label", button.title);
    button.setAttribute("aria-pressed", !off);
  };
  button.onclick = () => {
    window.digitlabShortcuts?.turn();
    show();
  };
  show();
};
