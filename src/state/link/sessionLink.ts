// Between the stores and a link: what link would lead to this very view, and what opening one changes. A link's place is shown in
// a run on this page that has the link's recipe; where there is none, the recipe stands in the setup and waits for Play.

import { ADVANTAGE_CHANNEL, channelsOf } from '../../viz/channel';
import { answersOf } from '../../viz/phaseSentence';
import type { RunConfiguration } from '../../lab/configuration';
import { isSameRecipe } from '../recipe';
import { shownRun, shownUpdate, type RunState } from '../runStore';
import type { Session } from '../session';
import { linkFields } from './fields';
import { readLink, writeLink, type Link } from './link';
import { readLinkPlace, type LinkPlace } from './linkPlace';

/** The run on screen and the place in it; the setup instead, where a person has made another recipe there and not started it. */
export function linkOf(session: Session): Link {
  return linkOfRun(session) === undefined || isSetupWanted(session) ? linkOfSetup(session) : linkOfRun(session)!;
}

/** Undefined while no run is on screen. */
export function linkOfRun({ run, stage, link }: Session): Link | undefined {
  const state = run.getState();
  const configuration = shownRun(state)?.header.configuration;
  return configuration && { configuration, place: { ...placeOf(state), ...lookOf(state, stage.getState().view) }, classroom: link.getState().classroom };
}

export function linkOfSetup({ run, stage, configuration, link }: Session): Link {
  return { configuration: configuration.getState().configuration ?? undefined, place: lookOf(run.getState(), stage.getState().view), classroom: link.getState().classroom };
}

/** A person made another recipe than that on screen and than the first preset, and reads a recorded run meanwhile. */
export function isSetupWanted({ run, configuration }: Session): boolean {
  const { catalogue, configuration: setup } = configuration.getState();
  const isChanged = (from: RunConfiguration | undefined): boolean => catalogue !== null && setup !== null && from !== undefined && !isSameRecipe(catalogue, setup, from);
  return run.getState().source === 'recorded' && isChanged(shownRun(run.getState())?.header.configuration) && isChanged(catalogue?.presets[0]?.configuration);
}

/** Undefined until the worker has said what there is. */
export function writeLinkOf(session: Session, change: Partial<Link> = {}): string | undefined {
  const { catalogue } = session.configuration.getState();
  return catalogue === null ? undefined : writeLink(catalogue, { ...linkOf(session), ...change });
}

function placeOf(state: RunState): LinkPlace {
  const update = shownUpdate(state);
  const number = shownRun(state)?.updates[state.position]?.line.update ?? (state.source === 'live' ? state.live?.pending?.update : undefined);
  if (update === undefined || number === undefined) return {};
  const group = answersOf(update, Math.min(state.problem, update.sample.problems_P.length - 1));
  const answer = group[state.selection?.answer ?? 0];
  if (answer === undefined) return { update: number };
  return { update: number, answer: answer + 1, ...(state.selection !== null && { token: state.selection.token + 1 }), phase: state.phase };
}

function lookOf({ channel }: RunState, view: NonNullable<LinkPlace['view']>): LinkPlace {
  return { ...(channel !== ADVANTAGE_CHANNEL && { channel }), ...(view !== 'answers' && { view }) };
}

/** Opens a link as far as it can be trusted, and says what was left out. */
export function openLink(session: Session, hash: string): void {
  const { catalogue } = session.configuration.getState();
  if (catalogue === null) return openWithoutCatalogue(session, hash);
  const { configuration, place, classroom, ignored } = readLink(hash, catalogue);
  session.link.setState({ classroom, ignored, waiting: null });
  show(session, place);
  if (configuration !== undefined) {
    session.configuration.setState({ configuration, drafts: {}, errors: {} });
    const { live, recorded, source } = session.run.getState();
    const fits = (from: { readonly header: { readonly configuration: RunConfiguration } } | null): boolean => from !== null && isSameRecipe(catalogue, from.header.configuration, configuration);
    if (source === 'live' ? !fits(live) && fits(recorded) : !fits(recorded) && fits(live)) session.chooseSource(source === 'live' ? 'recorded' : 'live');
    const isHere = fits(session.run.getState().source === 'live' ? live : recorded);
    if (!isHere) return session.link.setState({ waiting: waitingSentence(place) });
  }
  goTo(session, place);
}

/** Nothing can train here, so no recipe can be read or used: only the place, in the run that is there. */
function openWithoutCatalogue(session: Session, hash: string): void {
  const place = readLinkPlace(linkFields(hash));
  show(session, place);
  goTo(session, place);
  if (/(?:^|[#&])p=/.test(hash)) {
    const { ignored } = session.link.getState();
    session.link.setState({ ignored: [...ignored, 'Nothing can train here, so the recipe of the link was not read. Its place is shown in the recorded run, which may be another run than the link’s.'] });
  }
}

function waitingSentence({ update, answer, token }: LinkPlace): string {
  const at = update === undefined ? '' : ` It points at update ${update}${answer === undefined ? '' : `, answer ${answer} of the batch`}${token === undefined ? '' : `, token ${token}`}.`;
  return `The recipe of the link stands in the setup; its run is not recorded here, what you see is another one. Play trains it.${at}`;
}

/** Channel and view: those that a link leaves out are the page's first. */
function show({ run, stage }: Session, { channel, view }: LinkPlace): void {
  run.setState({ channel: channel ?? ADVANTAGE_CHANNEL, locked: null });
  stage.setState({ view: view ?? 'answers' });
}

/** To the place in the run on screen. What is not there is told, and the nearest is shown. */
function goTo(session: Session, { update, answer, token, phase, channel }: LinkPlace): void {
  const ignore = (sentence: string): void => session.link.setState({ ignored: [...session.link.getState().ignored, sentence] });
  const { run } = session;
  if (update !== undefined) {
    session.showUpdate(update);
    const shown = shownRun(run.getState())?.updates[run.getState().position]?.line.update;
    if (shown !== undefined && shown !== update) ignore(`This run has no record of update ${update}; update ${shown} is shown.`);
  }
  if (phase !== undefined) session.show(run.getState().position, phase);
  const record = shownUpdate(run.getState());
  if (record === undefined) return;
  if (channel !== undefined && !channelsOf(record).some(({ id }) => id === channel)) ignore('This run has no such channel; the advantage is shown.');
  if (answer === undefined) return;
  const problem = record.sample.problem_N[answer - 1];
  if (problem === undefined) return ignore(`This update has ${record.sample.answers} answers; there is no answer ${answer}.`);
  const length = record.sample.lengths_N[answer - 1]!;
  const isToken = token !== undefined && token <= length;
  if (token !== undefined && !isToken) ignore(`Answer ${answer} has ${length} tokens; there is no token ${token}.`);
  run.setState({ problem, selection: isToken ? { answer: answersOf(record, problem).indexOf(answer - 1), token: token - 1 } : null });
}
