// A picture of what stands in an element, for panels that have no drawing of their own: its boxes and texts as they are laid out now, inside
// SVG's foreignObject, each with the style that the browser computed. Browsers open it; drawing programs may not.

import { svg, type Drawing, type SvgNode } from '../../viz/svg';

/** Not for a picture: menus, tabs, notices. */
const LEFT_OUT = '.noPicture, .spoken, dialog, script, style';
const XHTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/** Taken where they differ from the parent's. */
const INHERITED = [
  'color', 'font-family', 'font-size', 'font-weight', 'font-style', 'font-variant-numeric', 'letter-spacing', 'line-height', 'text-align', 'text-transform', 'white-space', 'overflow-wrap', 'list-style-type',
  'border-collapse', 'border-spacing', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'fill-opacity', 'text-anchor', 'visibility',
] as const;
/** Taken where they say something. */
const OWN = [
  'position', 'top', 'right', 'bottom', 'left', 'z-index', 'width', 'height', 'min-width', 'min-height', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left',
  'padding-top', 'padding-right', 'padding-bottom', 'padding-left', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-radius', 'background-color', 'background-image', 'background-size', 'background-position', 'background-repeat',
  'box-shadow', 'opacity', 'transform', 'clip-path', 'mask-image', 'flex-direction', 'flex-wrap', 'flex-grow', 'flex-shrink', 'flex-basis', 'align-items', 'align-self', 'justify-content', 'justify-items', 'gap', 'order',
  'grid-template-columns', 'grid-template-rows', 'grid-template-areas', 'grid-area', 'table-layout', 'vertical-align', 'text-decoration-line', 'text-decoration-style', 'text-decoration-color', 'text-underline-offset', 'text-overflow', 'overflow', 'outline', 'outline-offset',
] as const;
const SAYS_NOTHING = new Set(['none', 'normal', 'auto', '0px', 'rgba(0, 0, 0, 0)', 'static', 'visible', 'row', 'nowrap', '0 1 auto', 'auto / auto / auto / auto', '0', '0% 0%', 'auto auto']);
/** these mean something at a value that says nothing elsewhere */
const ALWAYS = new Set(['flex-shrink', 'flex-grow', 'opacity']);

export function drawElement(element: Element, title: string): Drawing {
  const { width, height } = sizeOf(element);
  const inside = nodeOf(element, null, element);
  return {
    width, height, title, background: getComputedStyle(element).backgroundColor,
    nodes: inside === undefined ? [] : [svg('foreignObject', { x: 0, y: 0, width, height }, { ...inside, attributes: { xmlns: XHTML, ...inside.attributes } })],
  };
}

/** With what is scrolled out of sight. */
function sizeOf(element: Element): { readonly width: number; readonly height: number } {
  const box = element.getBoundingClientRect();
  let { width } = box;
  for (const inner of element.querySelectorAll('*')) {
    if (inner.scrollWidth > inner.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(inner).overflowX)) width = Math.max(width, inner.getBoundingClientRect().left - box.left + inner.scrollWidth + 12);
  }
  return { width: Math.ceil(width), height: Math.ceil(Math.max(box.height, element.scrollHeight)) };
}

function nodeOf(element: Element, parent: CSSStyleDeclaration | null, root: Element): SvgNode | undefined {
  if (element.matches(LEFT_OUT)) return undefined;
  const style = getComputedStyle(element);
  if (style.display === 'none') return undefined;
  const isSvg = element.namespaceURI === SVG;
  const name = isSvg ? element.localName : 'div';
  const attributes: Record<string, string> = { style: styleText(style, parent, isSvg, element === root) };
  if (isSvg) for (const { name: key, value } of element.attributes) if (!/^(?:class|style|id|role|tabindex|aria-.*|data-.*|on.*)$/i.test(key)) attributes[key] = value;
  if (isSvg && element.localName === 'svg') attributes['xmlns'] = SVG;
  if (element instanceof HTMLCanvasElement) return svg('img', { ...attributes, src: element.toDataURL() });
  if (element instanceof HTMLSelectElement) return svg(name, attributes, element.selectedOptions[0]?.textContent ?? '');
  if (element instanceof HTMLInputElement) return svg(name, attributes, ['checkbox', 'radio', 'range', 'file'].includes(element.type) ? '' : element.value);
  // what is folded away has no box
  const isFolded = element instanceof HTMLDetailsElement && !element.open;
  const children = [...element.childNodes].filter((child) => !isFolded || (child instanceof Element && child.localName === 'summary')).flatMap((child): (SvgNode | string)[] => {
    if (child instanceof Text) return [child.data];
    return child instanceof Element ? [nodeOf(child, style, root) ?? []].flat() : [];
  });
  return svg(name, attributes, ...(isSvg ? children : [...pseudo(element, '::before', style), ...children, ...pseudo(element, '::after', style)]));
}

function pseudo(element: Element, which: string, parent: CSSStyleDeclaration): SvgNode[] {
  const style = getComputedStyle(element, which);
  const text = /^"(.*)"$/.exec(style.content)?.[1];
  return text === undefined || style.display === 'none' ? [] : [svg('div', { style: styleText(style, parent, false, false) }, text)];
}

function styleText(style: CSSStyleDeclaration, parent: CSSStyleDeclaration | null, isSvg: boolean, isRoot: boolean): string {
  const parts = [`display:${style.display === 'contents' ? 'contents' : style.display}`, 'box-sizing:border-box'];
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== parent?.getPropertyValue(name)) parts.push(`${name}:${value}`);
  }
  if (isSvg) return [...parts, `opacity:${style.opacity}`].join(';');
  for (const name of OWN) {
    const value = style.getPropertyValue(name);
    if (value === '' || (SAYS_NOTHING.has(value) && !ALWAYS.has(name)) || value.startsWith('0px none')) continue;
    // nothing scrolls in a picture, and the root stands at its corner
    if (name === 'overflow' && /auto|scroll/.test(value)) continue;
    if (isRoot && ['position', 'top', 'right', 'bottom', 'left', 'width', 'height', 'grid-area', 'outline'].includes(name)) continue;
    if (name === 'position' && value === 'sticky') continue;
    parts.push(`${name}:${value}`);
  }
  return parts.join(';');
}
