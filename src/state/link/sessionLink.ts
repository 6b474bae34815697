// Between the stores and a link: what link would lead to this very view, and what opening one changes. A link's place is shown in
// a run on this page that has the link's recipe; where there is none, the recipe stands in the setup and waits for Play.

import { answerColumns } from '../../viz/answerTable';
import { ADVANTAGE_CHANNEL, channelsOf } from '../../viz/channel';
import { answersOf } from '../../viz/phaseSentence';
import type { RunConfiguration } from '../../lab/configuration';
import { isSameRecipe } from '../recipe';
import { OPENING_PLACE, type CompareState } from '../compareStore';
import { shownRun, shownUpdate, type RunState, type Selection } from '../runStore';
import type { Session } from '../session';
import { OPENING_TABLE } from '../stageStore';
import { linkFields, quoted } from './fields';
import { readLink, writeLink, type Link } from './link';
import { OPENING_COMPARE, placeInComparison, type LinkCompare } from './linkCompare';
import { readLinkPlace, type LinkPlace } from './linkPlace';

/** The run on screen and the place in it; the setup instead, where a person has made another recipe there and not started it. */
export function linkOf(session: Session): Link {
  return linkOfRun(session) === undefined || isSetupWanted(session) ? linkOfSetup(session) : linkOfRun(session)!;
}

/** Undefined while no run is on screen. */
export function linkOfRun(session: Session): Link | undefined {
  const state = session.run.getState();
  const configuration = shownRun(state)?.header.configuration;
  return configuration && { configuration, place: { ...placeOf(state), ...lookOf(session) }, classroom: session.link.getState().classroom };
}

export function linkOfSetup(session: Session): Link {
  return { configuration: session.configuration.getState().configuration ?? undefined, place: lookOf(session), classroom: session.link.getState().classroom };
}

/** A person made another recipe than that on screen, and reads a recorded run meanwhile. */
export function isSetupWanted({ run, configuration }: Session): boolean {
  const { catalogue, configuration: setup, own } = configuration.getState();
  const isChanged = (from: RunConfiguration | undefined): boolean => catalogue !== null && setup !== null && from !== undefined && !isSameRecipe(catalogue, setup, from);
  return run.getState().source === 'recorded' && isChanged(shownRun(run.getState())?.header.configuration) && isChanged(own ?? undefined);
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
  const { selection } = state;
  const answer = group[selection?.answer ?? 0];
  const pins = state.pins.flatMap((pin) => {
    const pinned = group[pin.answer];
    return pinned === undefined || pin.token >= update.sample.lengths_N[pinned]! ? [] : [{ answer: pinned + 1, token: pin.token + 1 }];
  });
  return {
    update: number,
    ...(answer !== undefined && { answer: answer + 1, ...(selection !== null && { token: selection.token + 1, ...(selection.until !== undefined && { until: selection.until + 1 }) }), phase: state.phase }),
    ...(pins.length > 0 && { pins }),
  };
}

/** What the colours say, and the view; of the table and the comparison only while they are on the stage. */
function lookOf({ run, stage, compare }: Session): LinkPlace {
  const { channel, scope, isRoot, locked } = run.getState();
  const { view, table } = stage.getState();
  return {
    ...(channel !== ADVANTAGE_CHANNEL && { channel }), ...(scope !== 'group' && { scope }), ...(isRoot && { isRoot: true as const }),
    ...(locked?.channel === channel && { scale: { center: locked.center, limit: locked.limit } }),
    ...(view !== 'answers' && { view }), ...(view === 'table' && { table }), ...(view === 'compare' && { compare: compareOf(compare.getState()) }),
  };
}

function compareOf({ source, beside, shown, wanted, scaling, form, ...state }: CompareState): LinkCompare {
  // the link's own place, until the recorded comparison is there
  if (wanted !== null && wanted.made === undefined) return { source, beside, place: wanted.place, scaling, form, made: undefined };
  return { source, beside, place: state, scaling, form, made: shown?.update };
}

/** Opens a link as far as it can be trusted, and says what was left out. */
export function openLink(session: Session, hash: string): void {
  const { catalogue } = session.configuration.getState();
  if (catalogue === null) return openWithoutCatalogue(session, hash);
  const { configuration, place, classroom, ignored } = readLink(hash, catalogue);
  session.link.setState({ classroom, ignored, text: hash, waiting: null });
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

/** Channel, scale and view: those that a link leaves out are the page's first. */
function show(session: Session, { channel = ADVANTAGE_CHANNEL, scope = 'group', isRoot, scale, view = 'answers', table = OPENING_TABLE, compare }: LinkPlace): void {
  session.run.setState({ channel, scope, isRoot: isRoot === true, locked: scale === undefined ? null : { channel, ...scale } });
  session.stage.setState({ view, table });
  if (view === 'compare' || compare !== undefined) showCompared(session, compare ?? OPENING_COMPARE);
}

/** The place in the comparison, as soon as there is the one that it is of. */
function showCompared(session: Session, { source, beside, place, scaling, form, made }: LinkCompare): void {
  const { compare, configuration } = session;
  const offered = configuration.getState().catalogue?.methods;
  const strange = form.methods?.filter((name) => offered?.some((one) => one.name === name) !== true) ?? [];
  const methods = form.methods?.filter((name) => !strange.includes(name)) ?? [];
  for (const name of strange) ignored(session)(offered === undefined ? `Nothing can train here, so ${quoted(name)} cannot be compared.` : `${quoted(name)} is no method that can be compared.`);
  compare.setState({ ...OPENING_PLACE, source, beside, scaling, form: { ...form, methods: methods.length === 0 ? null : methods }, wanted: { place, made } });
  if (made !== undefined) ignored(session)(`The comparison that the link points into was made after update ${made} and is not kept. Compare makes one again, and then shows the link’s place in it; until then you see another one.`);
  settleCompared(session);
}

/** Goes to the place that a link wants in the comparison, if there is the one that it is of: called whenever that may have come. */
export function settleCompared(session: Session): void {
  const { wanted, shown, recorded } = session.compare.getState();
  const comparison = wanted?.made === undefined ? recorded : shown;
  if (wanted === null || comparison === null) return;
  session.compare.setState({ wanted: null });
  if (comparison === (shown ?? recorded)) session.compare.setState(placeInComparison(comparison.comparison, wanted.place, ignored(session)));
  else ignored(session)('The link points into the recorded comparison; you see the one that was made here.');
}

/** Keeps of the methods that a link wants beside the run's own those that there are: `known` when the answers on screen are read. */
export function settleBeside(session: Session, known: readonly string[]): void {
  const { beside } = session.compare.getState();
  const strange = beside?.filter((name) => !known.includes(name)) ?? [];
  if (beside === null || strange.length === 0) return;
  const kept = beside.filter((name) => known.includes(name));
  session.compare.setState({ beside: kept.length === 0 ? null : kept });
  for (const name of strange) ignored(session)(`${quoted(name)} is no method that can be compared.`);
}

const ignored = (session: Session) => (sentence: string): void => session.link.setState({ ignored: [...session.link.getState().ignored, sentence] });

/** To the place in the run on screen. What is not there is told, and the nearest is shown. */
function goTo(session: Session, { update, answer, token, until, phase, channel, table, pins = [] }: LinkPlace): void {
  const ignore = ignored(session);
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
  if (table !== undefined && !answerColumns(record).some(({ id }) => id === table.order.column)) ignore(`The table has no column ${quoted(table.order.column)} here; it stands in the order of the batch.`);
  if (answer === undefined && pins.length > 0) ignore('The link names no answer of the problem whose tokens it keeps for comparison.');
  if (answer === undefined) return;
  const problem = record.sample.problem_N[answer - 1];
  if (problem === undefined) return ignore(`This update has ${record.sample.answers} answers; there is no answer ${answer}.`);
  const length = record.sample.lengths_N[answer - 1]!;
  const isToken = token !== undefined && token <= length;
  if (token !== undefined && !isToken) ignore(`Answer ${answer} has ${length} tokens; there is no token ${token}.`);
  const group = answersOf(record, problem);
  const isSpan = isToken && until !== undefined && until <= length;
  if (isToken && until !== undefined && !isSpan) ignore(`Answer ${answer} has ${length} tokens; the span cannot reach to token ${until}.`);
  const kept = pins.filter((pin) => group.includes(pin.answer - 1) && pin.token <= record.sample.lengths_N[pin.answer - 1]!);
  if (kept.length < pins.length) ignore(`Of the tokens kept for comparison ${pins.length - kept.length} ${pins.length - kept.length === 1 ? 'is' : 'are'} not among the answers of this problem.`);
  run.setState({
    problem, pins: kept.map((pin): Selection => ({ answer: group.indexOf(pin.answer - 1), token: pin.token - 1 })),
    selection: isToken ? { answer: group.indexOf(answer - 1), token: token - 1, ...(isSpan && { until: until - 1 }) } : null,
  });
}
