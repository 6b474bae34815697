// What a visitor sees first: one wrong answer, the question which token should be blamed, and a switch between three answers to it.
// Drawn from data that is part of the page (made by `npm run lab -- record-opening`), so that it can be painted from the page's HTML
// before any script has come; so it knows no session, and its colours name both themes.

import { useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { Opening as OpeningData } from '../../lab/opening';
import { chipText, NARROWEST_CHIP, signedBar } from '../../viz/chipLayout';
import { barColor, fillColor, PALETTES } from '../../viz/color';
import { formatShare, formatSigned } from '../../viz/format';
import { position, symmetricDomain } from '../../viz/scale';
import { LENSES, type Lens } from './lenses';
import opening from './opening.json';

const DATA = opening as unknown as OpeningData;
const BAR_HEIGHT = 18;

export interface OpeningActions {
  onPlay(): void;
  onStep(): void;
  onLesson(): void;
  onClose(): void;
}

/** Without actions it is the first paint, whose buttons wait for the script. */
export function Opening({ actions }: { readonly actions?: OpeningActions }) {
  const [lens, setLens] = useState<Lens>('oneScore');
  const [pointed, setPointed] = useState<number | null>(null);
  const [guess, setGuess] = useState<number | null>(null);
  const { tokens_T, prompt, rightAnswer } = DATA;
  const wrote = tokens_T.slice(...DATA.steps_K.at(-1)!).join('').replace(/^=|\n|<stop>/g, '');
  const show = (next: Lens): void => {
    setLens(next);
    setPointed(null);
  };
  const pick = (token: number): void => {
    setGuess(token);
    setPointed(null);
    setLens('deserved');
  };
  return (
    <section className="opening" aria-labelledby="openingTitle" data-panel="opening">
      <div className="openingHead">
        <h2 id="openingTitle">The model got this wrong. Which token should be blamed?</h2>
        <button type="button" className="link" disabled={actions === undefined} onClick={actions?.onClose}>Hide</button>
      </div>
      <p className="openingProblem">
        <span>Asked, left to right, last digit only: <code>{prompt.replace(/:$/, '')}</code></span> <span>It answered <code>{wrote}</code>; right is <code>{rightAnswer}</code>.</span> <span className="muted">Click the token that you would blame.</span>
      </p>
      <div className="openingChips" role="toolbar" tabIndex={-1} aria-label="The wrong answer, token by token" onPointerLeave={() => setPointed(null)} onKeyDown={moveFocus}>
        {tokens_T.map((token, index) => <OpeningChip key={index} token={token} index={index} lens={lens} isGuess={index === guess} isReady={actions !== undefined} onPoint={setPointed} onPick={pick} />)}
      </div>
      <div className="segments openingSwitch" role="group" aria-label="Who decides about the credit">
        {(Object.keys(LENSES) as Lens[]).map((one) => (
          <button key={one} type="button" aria-pressed={one === lens} disabled={actions === undefined} onClick={() => show(one)}>{LENSES[one].title}</button>
        ))}
      </div>
      <p className="openingSentence" role="status">{pointed !== null ? pointedSentence(pointed, lens) : guess !== null && lens === 'deserved' ? guessSentence(guess) : LENSES[lens].sentence(DATA)}</p>
      <div className="openingActions">
        <button type="button" className="primary" disabled={actions === undefined} onClick={actions?.onPlay}>Train it here</button>
        <button type="button" disabled={actions === undefined} onClick={actions?.onStep}>Walk through one update</button>
        <button type="button" disabled={actions === undefined} onClick={actions?.onLesson}>Start lesson 1</button>
        <span className="muted">{actions === undefined ? 'Loading…' : 'All answers stand below.'}</span>
      </div>
    </section>
  );
}

interface OpeningChipProps {
  readonly token: string;
  readonly index: number;
  readonly lens: Lens;
  readonly isGuess: boolean;
  readonly isReady: boolean;
  onPoint(index: number): void;
  onPick(index: number): void;
}

function OpeningChip({ token, index, lens, isGuess, isReady, onPoint, onPick }: OpeningChipProps) {
  const credit_T = DATA[`${lens}_T`];
  const value = credit_T[index]!;
  // one scale for all three would leave the chance of a right answer pale beside an advantage in standard deviations
  const at = position(symmetricDomain(credit_T), value);
  const bar = signedBar(at, BAR_HEIGHT);
  const chip = chipText(token);
  return (
    <button type="button" className={isGuess ? 'openingChip isGuess' : 'openingChip'} style={{ minWidth: NARROWEST_CHIP }} disabled={!isReady} tabIndex={index === 0 ? 0 : -1} aria-pressed={isGuess}
      aria-label={`Token ${index + 1}, ${chip.spoken}, credit ${formatSigned(value)}`} onPointerEnter={() => onPoint(index)} onFocus={() => onPoint(index)} onClick={() => onPick(index)}>
      <span className={chip.isSpecial ? 'openingText isSpecial' : 'openingText'} style={{ background: inBothThemes((palette) => fillColor(palette, 'signed', at)) }}>{chip.text}</span>
      <span className="barStrip" style={{ height: BAR_HEIGHT }}>{bar.height === 0 ? null : <span className="bar" style={barStyle(bar.top, bar.height, at)} />}</span>
    </button>
  );
}

/** One tab stop for all of them. */
function moveFocus(event: KeyboardEvent): void {
  const by = { ArrowLeft: 'previousElementSibling', ArrowRight: 'nextElementSibling' } as const;
  const next = event.key in by ? document.activeElement?.[by[event.key as keyof typeof by]] : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

function inBothThemes(colorOf: (palette: (typeof PALETTES)['light']) => string): string {
  return `light-dark(${colorOf(PALETTES.light)}, ${colorOf(PALETTES.dark)})`;
}

const barStyle = (top: number, height: number, at: number): CSSProperties => ({ top, height, backgroundColor: inBothThemes((palette) => barColor(palette, 'signed', at)) });

const quoted = (token: number): string => `‘${chipText(DATA.tokens_T[token]!).text}’`;
const stepOf = (token: number): number => DATA.steps_K.findIndex(([start, end]) => token >= start && token < end);

function pointedSentence(token: number, lens: Lens): string {
  const step = stepOf(token);
  return `Token ${token + 1} ${quoted(token)}${step < 0 ? '' : `, in step ${step + 1}`}: credit ${formatSigned(DATA[`${lens}_T`][token]!)}. ${LENSES[lens].ofToken(DATA, token, step)}`;
}

function guessSentence(token: number): string {
  const worst = DATA.deserved_T.indexOf(Math.min(...DATA.deserved_T));
  const [before, after] = [DATA.chances_T1[worst]!, DATA.chances_T1[worst + 1]!].map(formatShare);
  const fall = `${quoted(worst)} is where it broke: before it ${before} of all ways to go on ended right, after it ${after}.`;
  if (token === worst) return `Yes. ${fall}`;
  const isSameStep = stepOf(token) === stepOf(worst);
  return `${isSameStep ? 'The right step, and near.' : 'A fair guess.'} Token ${worst + 1} ${fall} Your token changed the chance from ${formatShare(DATA.chances_T1[token]!)} to ${formatShare(DATA.chances_T1[token + 1]!)}.`;
}
