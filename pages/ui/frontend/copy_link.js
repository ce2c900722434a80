// The run's id stays behind: whoever opens the link starts a run of their own.
export default ({ parentElement }) => {
  const button = parentElement.querySelector("button");
  const label = "Copy link to these settings";
  if (!button.textContent) button.textContent = label;
  button.onclick = async () => {
    const address = new URL(window.location.href);
    address.searchParams.delete("run");
    try {
      await navigator.clipboard.writeText(address.href);
      button.textContent = "Copied";
    } catch {
      window.prompt("Copy this link:", address.href);
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  };
};
