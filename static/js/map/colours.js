// The colours of the map, as the page has them now: css/tokens.css and css/dark.css.

export function colours(element = document.documentElement) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--map-${name}`).trim();
}
