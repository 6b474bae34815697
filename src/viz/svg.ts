// A picture as a small tree, written as SVG text. Everything is escaped here and nowhere else: a token's text may be anything.

export interface SvgNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgNode | string)[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** said to whoever cannot see it */
  readonly title: string;
  readonly background: string;
  readonly nodes: readonly SvgNode[];
}

/** Where a picture keeps the link to the view that it was made of. */
export const LINK_NAMESPACE = 'urn:creditscope:link';

export function svg(name: string, attributes: SvgNode['attributes'] = {}, ...children: SvgNode['children']): SvgNode {
  return { name, attributes, children };
}

/** `link`: the hash that leads to this view. */
export function writeSvg(drawing: Drawing, link: string): string {
  return writeNode(svgOf(drawing, link));
}

export function svgOf({ width, height, title, background, nodes }: Drawing, link: string): SvgNode {
  return svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
    svg('title', {}, title),
    svg('metadata', {}, svg('link', { xmlns: LINK_NAMESPACE }, link)),
    svg('rect', { width, height, fill: background }),
    ...nodes);
}

/** Also for HTML, which a figure's page is and what stands in a foreignObject becomes where the picture stands in such a page. */
export function writeNode(node: SvgNode | string): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)}"`).join('');
  // to HTML a div without its end holds all that follows
  return node.children.length === 0 && node.name !== 'div' ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${node.children.map(writeNode).join('')}</${node.name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML has no place for become the replacement character. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ENTITIES[one]!).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
