// The contrast of texts, measured: for those where axe-core gives up.

/**
 * Runs in the page. Gives a line for each of the elements whose text has less contrast with what is behind it than WCAG 2.2
 * asks for (1.4.3: 4.5 to 1, 3 to 1 from 24 px, or from 18.66 px where it is bold).
 */
export function measureContrast(selectors) {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  // A canvas knows every way to write a colour.
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const lines = [];
  for (const selector of selectors) {
    const element = document.querySelector(selector);
    if (!element) {
      lines.push(`color-contrast: ${selector} is not there any more`);
      continue;
    }
    const style = getComputedStyle(element);
    const layers = [];
    let pictured = false;
    for (let node = element; node; node = node.parentElement) {
      const own = getComputedStyle(node);
      if (own.backgroundImage !== 'none' || own.opacity !== '1') pictured = true;
      layers.push(rgba(own.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    if (pictured) {
      lines.push(`color-contrast: ${selector} stands on a picture or is see-through, which cannot be measured`);
      continue;
    }
    const behind = layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
    const text = over(rgba(style.color), behind);
    const [light, dark] = [luminance(text), luminance(behind)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      lines.push(`color-contrast: ${selector} has ${ratio.toFixed(2)} to 1 (${style.color} at ${style.fontSize})`);
    }
  }
  return lines;
}
