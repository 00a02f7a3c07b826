// What checks ask of a page from within it.

/** Runs in every page before anything else: puts the questions there, as `globalThis.look`. */
export function install() {
  const shown = (element) =>
    element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length > 0;
  /** For eyes no more than a point: what is there for screen readers alone. */
  const unseen = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const style = getComputedStyle(node);
      if (style.position === 'absolute' && (style.clipPath !== 'none' || parseFloat(style.width) <= 1)) return true;
    }
    return false;
  };
  /** A short way to say which element it is. */
  const name = (element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 50);
    const place = element.closest('nav, aside, header, footer, form, section, article, main')?.localName ?? 'body';
    return `<${element.localName}${element.id ? ` id=${element.id}` : ''}> “${words}” in ${place}`;
  };
  /** The nearest ancestor in which one can scroll sideways. */
  const scroller = (element) => {
    for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(node).overflowX)) return node;
    }
    return null;
  };
  const targets = () =>
    [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(
      (element) => shown(element) && !unseen(element) && !element.disabled,
    );
  const langOf = (node) => (node.nodeType === 1 ? node : node.parentElement).closest('[lang]')?.lang ?? '';
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && !/^(script|style|template)$/.test(node.parentElement.localName) && shown(node.parentElement)) found.push(node);
    }
    return found;
  };
  globalThis.look = { shown, unseen, name, scroller, targets, langOf, texts };
}
