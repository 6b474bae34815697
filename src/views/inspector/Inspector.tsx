// Everything about the selected token: where its credit comes from, every channel, what the policy thought here before
// and after the update, and what the critics said.

import { useRef } from 'react';
import type { Selection } from '../../state/runStore';
import { Control } from '../app/Control';
import { PanelMenu } from '../app/PanelMenu';
import { useRun, useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { selectedPlace, tokenText, useShown, type Shown } from '../app/useShown';
import { branchAt, branchSentence } from '../../viz/branch';
import { chipText } from '../../viz/chipLayout';
import type { Place } from '../../viz/creditGeometry';
import { geometryOf, stepOf } from '../../viz/creditGeometry';
import { isLeftOut, LEFT_OUT_WORDS } from '../../viz/leftOut';
import { useInspectorContents } from '../export/useInspectorContents';
import { ChannelTable } from './ChannelTable';
import { CreditLines } from './CreditLines';
import { CritiqueVotes } from './CritiqueVotes';
import { GroupSentence, PinnedTokens, SpanTable } from './TogetherTables';
import { TopTokensTable } from './TopTokensTable';
import { useSheet } from './useSheet';
import { WhatIfPanel } from './WhatIfPanel';

export function Inspector() {
  const shown = useShown();
  const selection = useRun((state) => state.selection);
  const place = shown === undefined ? undefined : selectedPlace(shown, selection);
  const inspector = useRef<HTMLElement>(null);
  const sheet = useSheet(inspector);
  return (
    // It scrolls by itself beside the stage, so the keyboard must be able to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={inspector} className={sheet.isOpen ? 'panel inspector isSheet' : 'panel inspector'} aria-labelledby="inspectorTitle" tabIndex={0}>
      <div className="panelHead">
        <h2 id="inspectorTitle" className="panelTitle">Token{shown?.before === undefined ? null : <span className="whatIfTag">What if</span>}</h2>
        <PanelMenu title="Token" useContents={useInspectorContents} />
        {sheet.isOpen ? <button type="button" className="sheetClose" onClick={sheet.close}>Close</button> : null}
      </div>
      {shown === undefined || place === undefined ? <NothingSelected shown={shown} /> : <TokenDetails shown={shown} place={place} selection={selection!} />}
    </section>
  );
}

function NothingSelected({ shown }: { readonly shown: Shown | undefined }) {
  const session = useSession();
  const showExample = (): void => {
    const found = shown === undefined ? undefined : mostBlamed(shown);
    if (found !== undefined) session.run.setState({ selection: found, channel: 'advantage' });
  };
  return (
    <div className="nothingSelected">
      <p>Click a token to see where its credit comes from.</p>
      {shown?.update.credit === undefined ? null : <button type="button" onClick={showExample}>Show the token with the most blame</button>}
    </div>
  );
}

/** The lowest advantage of the group; the first one when several share it. */
function mostBlamed({ update, group }: Shown): { readonly answer: number; readonly token: number } | undefined {
  let found: { answer: number; token: number } | undefined;
  let lowest = Infinity;
  group.forEach((answer, row) => {
    for (let token = 0; token < update.sample.lengths_N[answer]!; token++) {
      const advantage = update.credit?.advantages_NT[answer * update.sample.width + token] ?? Number.NaN;
      if (advantage < lowest) {
        lowest = advantage;
        found = { answer: row, token };
      }
    }
  });
  return found;
}

function TokenDetails({ shown, place, selection }: { readonly shown: Shown; readonly place: Place; readonly selection: Selection }) {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const row = selection.answer;
  const isPinned = useRun(({ pins }) => pins.some((pin) => pin.answer === row && pin.token === selection.token));
  const chip = chipText(tokenText(shown, place));
  const step = stepOf(geometryOf(shown.update), place);
  const branch = branchAt(shown.update, place);
  const steps = shown.update.critique?.steps_NK[place.answer]?.length ?? 0;
  return (
    <>
      <p className="tokenTitle">
        <span className={chip.isSpecial ? 'tokenBig isSpecial' : 'tokenBig'}>{chip.text}</span>
        <span>Answer {row + 1}, token {place.token + 1}{step < 0 ? '' : `, step ${step + 1} of ${steps}`}</span>
        <button type="button" className="pinButton" aria-pressed={isPinned} title={hintOf('pin')} onClick={() => session.togglePin(selection)}>{isPinned ? 'Pinned' : 'Pin'}</button>
      </p>
      {branch === undefined ? null : <p className="branchSentence">{branchSentence(branch, chip.text)}</p>}
      {isLeftOut(shown.update, place.answer) ? <p className="critiqueSentence muted">This answer is {LEFT_OUT_WORDS}: the update does not learn from it.</p> : null}
      <SpanTable shown={shown} selection={selection} />
      <PinnedTokens shown={shown} place={place} />
      <CritiqueVotes shown={shown} place={place} />
      <CreditLines shown={shown} place={place} />
      <GroupSentence shown={shown} />
      <Control id="whatIf"><WhatIfPanel shown={shown} place={place} row={row} /></Control>
      <ChannelTable shown={shown} place={place} />
      <TopTokensTable shown={shown} place={place} />
    </>
  );
}
