// The page's first paint, as the build writes it into index.html: the name and the opening, where the real page will have them; and the
// script that leaves the opening out for who will not see it.

import { renderToStaticMarkup } from 'react-dom/server';
import { Brand } from '../transport/Brand';
import { Opening } from './Opening';

export { beforePaint } from './beforePaint';

export function firstPaint(): string {
  return renderToStaticMarkup(
    <div className="page isFirstPaint">
      <header className="topBar"><Brand /></header>
      <main className="work">
        <section className="panel setup" aria-hidden="true" />
        <section className="panel stage"><Opening /></section>
        <section className="panel inspector" aria-hidden="true" />
      </main>
    </div>,
  );
}
