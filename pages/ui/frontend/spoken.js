export default ({ parentElement, data }) => {
  const place = parentElement.querySelector("span");
  if (place.textContent !== data.words) place.textContent = data.words;
};
