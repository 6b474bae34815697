// The page's first paint, as the build writes it into index.html: the name and the opening, where the real page will have them.

import { renderToStaticMarkup } from 'react-dom/server';
import { Brand } from '../transport/Brand';
import { Opening } from './Opening';

export function firstPaint(): string {
  return renderToStaticMarkup(
    <div className="page">
      <header className="topBar"><Brand /></header>
      <main className="work">
        <section className="panel setup" aria-hidden="true" />
        <section className="panel stage"><Opening /></section>
        <section className="panel inspector" aria-hidden="true" />
      </main>
    </div>,
  );
}
