// A panel as a page: everything of it is there, and no text of it is anything but text, to a parser of HTML.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { svg } from '../../viz/svg';
import { writeHtmlFigure } from './htmlFigure';

const figureOf = (text: string) => ({
  title: text, about: text, link: { hash: text, address: `https://example.org/#${text}` },
  drawing: { width: 10, height: 10, title: text, background: text, nodes: [svg('foreignObject', {}, svg('div', { style: text }, text), svg('div'))] },
  table: { caption: text, columns: [text, text], rows: [[text, 1.5], [text, Number.NaN]] },
});

/** What a parser of HTML takes for tags; in the style it looks for nothing but the style's end. */
const tags = (page: string): string[] => page.match(/<[a-z/!][^>]*>/gi) ?? [];
const named = (page: string): string[] => tags(page).map((tag) => /^<[/!]?[a-z0-9]+/i.exec(tag)![0]);

describe('a panel as a page', () => {
  it('has picture, words, table and link, and neither script nor anything to fetch', () => {
    const page = writeHtmlFigure(figureOf('Answers'));
    expect(page).toMatch(/^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"\/><meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
    for (const part of ['<h1>Answers</h1><p>Answers</p><figure><svg ', '<metadata><link xmlns="urn:creditscope:link">Answers</link></metadata>', '<a href="https://example.org/#Answers"', '<th scope="row">Answers</th><td>1.50</td>', '<td>—</td>']) expect(page).toContain(part);
    expect(page).toContain('></div></foreignObject>');
    expect(page).not.toMatch(/<script|<link [^x]|\ssrc=|javascript:|@import|url\(/i);
    expect(writeHtmlFigure({ ...figureOf('Answers'), table: 'nothing to list.', link: undefined })).toContain('<p>No table: nothing to list.</p>');
  });

  it('lets no text be anything but text', () => {
    const plain = named(writeHtmlFigure(figureOf('x')));
    const check = (text: string): void => {
      const page = writeHtmlFigure(figureOf(text));
      expect(named(page)).toEqual(plain);
      // every quote is one of an attribute that was written, and nothing breaks out of one
      expect(tags(page).every((tag) => /^<[/!]?[a-z0-9]+(?: [a-z-]+(?:="[^"]*")?)*\s?\/?>$/i.test(tag))).toBe(true);
      expect(page.replace(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
    };
    for (const text of ['</title></style><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!--', ']]>', '</svg></figure>', '&lt;script&gt;', '\u0000<b>']) check(text);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 100, seed: 7 });
  });
});
