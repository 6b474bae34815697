// What is offered where the live run went wrong, by a number that is not finite or by a sign that a smaller learning rate may
// help: to go back to where it was still well and go on with half the rate. The run that went wrong stays kept as it is.

import type { UpdateRecord } from '../lab/record';
import { diagnose, wellUntil, type Finding } from '../viz/diagnosis';
import { formatShort } from '../viz/format';
import { MOST_RECORDS_KEPT } from '../workers/protocol';
import { hasReference, withValue, type ConfigurationStore } from './configurationStore';
import { latestConfiguration } from './interventions';
import { linesOf, type LiveRun, type RunStore } from './runStore';
import type { RunWish } from './takeover';
import type { TrainingState, TrainingStore } from './trainingStore';

const RATE = 'optimizer.learningRate';

export interface GoBackOffer {
  /** 0: the run begins anew */
  readonly update: number;
  readonly learningRate: number;
}

interface GoBackParts {
  readonly run: RunStore;
  readonly training: TrainingStore;
  readonly configuration: ConfigurationStore;
  /** `shown`: the records that stay on the page */
  goOn(body: RunWish, shown: readonly UpdateRecord[]): void;
  /** with the setup as it is, to its first update and no further */
  beginAnew(): void;
}

export function createGoBack({ run, training, configuration, goOn, beginAnew }: GoBackParts) {
  function halve(): void {
    const { live } = run.getState();
    const offer = live === null ? undefined : goBackOffer(live, training.getState(), findingsOf(live));
    if (live === null || offer === undefined) return;
    const { update, learningRate } = offer;
    const shown = live.updates.filter(({ line }) => line.update <= update);
    if (update > 0) goOn({ kind: 'goBack', update, settings: { [RATE]: learningRate }, records: shown.slice(-MOST_RECORDS_KEPT) }, shown);
    else {
      configuration.setState({ configuration: withValue(latestConfiguration(live.header), RATE.split('.'), learningRate), drafts: {}, errors: {} });
      beginAnew();
    }
    training.setState({ notice: `${update === 0 ? 'The run begins anew' : `Back at update ${update}`} with half the learning rate, ${formatShort(learningRate)}. Press Play to go on.` });
  }

  return { halve };
}

/** Undefined where nothing went wrong, or nothing can be done. */
export function goBackOffer(live: LiveRun, { status, canGoBackTo }: Pick<TrainingState, 'status' | 'canGoBackTo'>, findings: readonly Finding[]): GoBackOffer | undefined {
  const last = linesOf(live).at(-1)?.update ?? 0;
  const isNotFinite = status.kind === 'stopped' && status.reason === 'non-finite';
  // what one update shows, the next may not
  const isIll = findings.some((finding) => finding.wellUntil !== undefined && finding.until === last && finding.update < last);
  if (!isNotFinite && (!isIll || status.kind === 'preparing' || status.kind === 'stopped')) return undefined;
  const well = wellUntil(findings, last);
  const learningRate = latestConfiguration(live.header).optimizer.learningRate / 2;
  return learningRate > 0 ? { update: canGoBackTo.findLast((update) => update <= well) ?? 0, learningRate } : undefined;
}

export function findingsOf(run: LiveRun): readonly Finding[] {
  return diagnose(linesOf(run), { hasReference: hasReference(run.header.configuration) });
}

/** Half a rate may have many digits, and is no less exact for them. */
export function offerWords({ update, learningRate }: GoBackOffer): string {
  return `${update === 0 ? 'Begin anew' : `Go back to update ${update}`} and halve the learning rate to ${formatShort(learningRate)}`;
}
