// The one table of keys that a link may have. A link is the hash of the page's address: `#v=1&p=small&lr=0.003&at=12.17.4&ch=advantage`.
// Keys are never renamed and never given another meaning, because links live longer than versions of the page.

/** Of settings, by their path in a run's configuration. A setting that is not in this list goes by its path. */
const SETTING_KEYS: Readonly<Record<string, string>> = {
  seed: 'seed', problemsPerUpdate: 'problems', answersPerProblem: 'answers', microbatchAnswers: 'micro',
  'sampling.temperature': 'temp', 'sampling.topK': 'topk', 'sampling.topP': 'topp', 'sampling.minP': 'minp',
  'loss.clipLow': 'cliplow', 'loss.clipHigh': 'cliphigh', 'loss.dualClip': 'dualclip', 'loss.aggregation': 'agg', 'loss.klKind': 'kl', 'loss.klWeight': 'klw',
  'loss.entropyBonus': 'ent', 'loss.epochs': 'epochs', 'loss.minibatches': 'minib',
  'optimizer.learningRate': 'lr', 'optimizer.beta1': 'beta1', 'optimizer.beta2': 'beta2', 'optimizer.epsilon': 'eps', 'optimizer.weightDecay': 'wd',
  'optimizer.maximumGradientNorm': 'gradmax', 'optimizer.schedule': 'sched', 'optimizer.warmupUpdates': 'warmup', 'optimizer.scheduleUpdates': 'schedlen',
  'critic.judge': 'judge', 'critic.model': 'judgemodel', 'critic.critiques': 'critiques', 'critic.falsePositive': 'fp', 'critic.falseNegative': 'fn', 'critic.missing': 'missing',
  testEvery: 'testevery', testProblems: 'tests',
};

export const KEYS = {
  version: 'v', preset: 'p', task: 'task', policy: 'policy', method: 'method',
  /** update, answer of the batch, token, and the other end of a span of tokens, each from 1: `12.17.4`; fewer parts say less */
  at: 'at', phase: 'phase', channel: 'ch', view: 'view',
  /** tokens kept for comparison; the scale of the colours: what it is taken over, whether by the root, and where it is locked */
  pins: 'pins', scope: 'scope', root: 'root', scale: 'scale',
  /** of the table (linkTable.ts); words may be any, the column after `-` is sorted the other way round */
  tableShow: 'table.show', tableFind: 'table.find', tableSort: 'table.sort',
  /** in the comparison of methods (linkCompare.ts) */
  compareOn: 'c.on', compareBeside: 'c.beside', compareAt: 'c.at', compareMethod: 'c.method', compareUnfolded: 'c.open', compareScaling: 'c.scale', compareLimit: 'c.full', compareSort: 'c.sort', compareTree: 'c.tree', compareMade: 'c.made',
  compareWith: 'c.with', compareSize: 'c.size', compareTruth: 'c.truth', compareCosine: 'c.cosine',
  present: 'present', embed: 'embed', lesson: 'lesson', lock: 'lock', hide: 'hide',
} as const;

/** Before the name of a parameter of the method, and of an option of the task. */
export const PARAMETER_PREFIX = 'm.';
export const TASK_PREFIX = 't.';

export const LINK_VERSION = '1';

export function settingKey(path: string): string {
  return Object.hasOwn(SETTING_KEYS, path) ? SETTING_KEYS[path]! : path;
}

/** Those that have a key of their own. */
export const NAMED_SETTINGS: readonly string[] = Object.keys(SETTING_KEYS);
