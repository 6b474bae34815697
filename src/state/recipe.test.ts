// Links: what is written is read again, whatever the configuration; nothing from outside gets past its bounds, its whitelist or
// the list of what was ignored; no key or address of a judge is ever in one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunConfiguration } from '../lab/configuration';
import type { Option } from '../tasks/task';
import { SCALINGS } from '../viz/creditScaling';
import { catalogue as makeCatalogue } from '../workers/catalogue';
import { differences, valueOf, withValue } from './configurationStore';
import { ALL_CONTROLS, CONTROLS, SETTING_CONTROLS, type ControlId } from './link/controls';
import { KEYS, NAMED_SETTINGS, PARAMETER_PREFIX, settingKey, TASK_PREFIX } from './link/keys';
import { FREE } from './link/classroom';
import { readLink, writeLink } from './link/link';
import { OPENING_COMPARE, writeLinkCompare, type LinkCompare } from './link/linkCompare';
import type { LinkPlace } from './link/linkPlace';
import { isSameRecipe } from './recipe';

const catalogue = makeCatalogue();
const preset = (name: string): RunConfiguration => catalogue.presets.find((one) => one.name === name)!.configuration;
const write = (configuration: RunConfiguration, place: LinkPlace = {}): string => writeLink(catalogue, { configuration, place, classroom: FREE });
const read = (hash: string) => readLink(hash, catalogue);

const valueFor = (option: Option): fc.Arbitrary<number | string> => {
  if (option.choices !== undefined) return fc.constantFrom(...option.choices);
  if (option.pattern !== undefined) return fc.constantFrom(String(option.default), 'folder', 'HuggingFaceTB/SmolLM2-360M-Instruct');
  const [min, max] = [option.minimum ?? -1e6, option.maximum ?? 1e6];
  return option.isInteger === true ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0);
};

/** A preset with another method and any of its values changed, within their bounds. */
const configurations: fc.Arbitrary<RunConfiguration> = fc.record({ entry: fc.constantFrom(...catalogue.presets), method: fc.constantFrom(...catalogue.methods) }).chain(({ entry, method }) => {
  const base = entry.configuration;
  const start: RunConfiguration = method.name === base.method ? base : { ...base, method: method.name, methodParameters: Object.fromEntries(method.parameters.map((one) => [one.name, one.default])) };
  const task = catalogue.tasks.find(({ name }) => name === base.task)!;
  const options: (readonly [string, Option])[] = [
    ...catalogue.settings.map((one) => [one.name, one] as const),
    ...method.parameters.map((one) => [`methodParameters.${one.name}`, one] as const),
    ...task.options.map((one) => [`taskOptions.${one.name}`, one] as const),
  ];
  return fc.subarray(options, { maxLength: 6 }).chain((chosen) => fc.tuple(...chosen.map(([, option]) => valueFor(option))).map((values) =>
    chosen.reduce((made, [path], i) => withValue(made, path.split('.'), values[i]!), start)));
});

describe('a recipe', () => {
  test('comes back from its link as it was, nothing ignored', () => {
    fc.assert(fc.property(configurations, (configuration) => {
      const { configuration: again, ignored } = read(`#${write(configuration)}`);
      expect(ignored).toEqual([]);
      expect(differences(configuration, again!)).toEqual([]);
      expect(isSameRecipe(catalogue, configuration, again!)).toBe(true);
    }), { numRuns: 300, seed: 5 });
  });

  test('names its preset and differences only, by fixed keys', () => {
    expect(write(preset('small'))).toBe('v=1&p=small');
    const changed = withValue(withValue(preset('small'), ['optimizer', 'learningRate'], 0.003), ['seed'], 42);
    expect(write(changed)).toBe('v=1&p=small&seed=42&lr=0.003');
    expect(write({ ...preset('small'), method: 'capo', methodParameters: { W: 3, P: 1, rule: 'union', ddof: 1, epsilon: 1e-6 } })).toBe('v=1&p=small&method=capo&m.W=3&m.rule=union');
  });

  test('of a run from before a setting came is that with the setting at its default', () => {
    const { judge: _judge, model: _model, ...critic } = preset('small').critic;
    expect(isSameRecipe(catalogue, { ...preset('small'), critic }, preset('small'))).toBe(true);
    expect(isSameRecipe(catalogue, { ...preset('small'), seed: 2 }, preset('small'))).toBe(false);
  });

  test('has a key of its own for every setting, and no two keys are the same', () => {
    const all = [...Object.values(KEYS), ...catalogue.settings.map(({ name }) => settingKey(name))];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((key) => key.startsWith(PARAMETER_PREFIX) || key.startsWith(TASK_PREFIX))).toEqual([]);
    expect(CONTROLS.filter(({ id }) => SETTING_CONTROLS.some((one) => one.id === id))).toEqual([]);
    expect(NAMED_SETTINGS.filter((path) => !catalogue.settings.some(({ name }) => name === path))).toEqual([]);
  });

  test('never holds an address or a key: there is no key of a link for them', () => {
    for (const name of ['url', 'key', 'judgekey', 'judgeurl', 'endpoint', 'token', 'critic.url', 'critic.key', 'system', 'user']) {
      const { configuration, ignored } = read(`#p=small&${name}=https%3A%2F%2Fevil.test`);
      expect(ignored).toEqual([`“${name}” is no key of a link.`]);
      expect(JSON.stringify(configuration)).not.toContain('evil');
    }
  });
});

describe('values from outside', () => {
  test.each([
    ['lr=7', 'optimizer.learningRate', 1, /^lr = “7” is not from 0 to 1; 1 is used\.$/],
    ['lr=-1', 'optimizer.learningRate', 0, /0 is used/],
    ['seed=1.5', 'seed', 2, /a whole number/],
    ['seed=-3', 'seed', 0, /0 is used/],
    ['answers=1e300', 'answersPerProblem', 64, /64 is used/],
    ['lr=NaN', 'optimizer.learningRate', 3e-4, /is not a number/],
    ['lr=Infinity', 'optimizer.learningRate', 3e-4, /is not a number/],
    ['lr=', 'optimizer.learningRate', 3e-4, /is not a number/],
    ['lr=0x10', 'optimizer.learningRate', 3e-4, /is not a number/],
    ['kl=k9', 'loss.klKind', 'k3', /is not one of none, k1, k2, k3/],
    ['judgemodel=..%2F..%2Fetc', 'critic.model', 'built-in', /is not built-in, folder, or an id/],
    ['judgemodel=https%3A%2F%2Fevil.test%2Fx', 'critic.model', 'built-in', /is not built-in/],
    ['t.operators=drop', 'taskOptions.operators', '+-*', /is not one of/],
    ['method=constructor', 'method', 'grpo', /is not known here/],
    ['task=__proto__', 'task', 'chain', /is not known here/],
    ['policy=..%2F..%2Fsecret', 'policy', 'chain', /is not known here/],
  ])('%s', (field, path, value, message) => {
    const { configuration, ignored } = read(`#v=1&p=small&${field}`);
    expect(valueOf(configuration!, path)).toBe(value);
    expect(ignored).toHaveLength(1);
    expect(ignored[0]).toMatch(message);
  });

  test('an unknown preset is the first one, and it says so; keys that are unknown, twice or of another method are listed', () => {
    const { configuration, ignored } = read('#v=9&p=none&seed=2&seed=3&m.W=2&__proto__=1&utm_source=x');
    expect(configuration).toEqual({ ...catalogue.presets[0]!.configuration, seed: 2 });
    expect(ignored).toEqual([
      '“seed” stands twice in the link; the first was used.',
      'The link is of another version of this page; what is known of it was used.',
      'p = “none” is not known here.',
      '“m.W” is no parameter of method grpo.',
      '“__proto__” is no key of a link.',
      '“utm_source” is no key of a link.',
    ]);
  });

  test('any text at all is read without an error into a configuration within bounds', () => {
    const keys = [...Object.values(KEYS), ...catalogue.settings.map(({ name }) => settingKey(name)), 'm.W', 't.digits', '__proto__', 'constructor'];
    const field = fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String), fc.constantFrom('', '1', 'null', '%', '%zz', '-0')));
    const hash = fc.oneof(fc.string({ unit: 'binary' }), fc.array(field, { maxLength: 12 }).map((all) => all.map(([key, value]) => `${key}=${value}`).join('&')));
    fc.assert(fc.property(hash, (text) => {
      const { configuration, place, classroom, ignored } = read(text);
      for (const option of configuration === undefined ? [] : catalogue.settings) {
        const value = valueOf(configuration!, option.name)!;
        if (option.choices !== undefined) expect(option.choices).toContain(value);
        else if (typeof value === 'number') expect(value >= option.minimum! && value <= option.maximum!).toBe(true);
      }
      for (const one of [place.update, place.answer, place.token]) expect(one === undefined || (Number.isInteger(one) && one >= 1)).toBe(true);
      expect(Object.keys(classroom.controls).every((id) => ALL_CONTROLS.some((control) => control.id === id))).toBe(true);
      expect(ignored.every((sentence) => !/\p{Cc}/u.test(sentence))).toBe(true);
      // and what was read is itself a link
      const again = read(writeLink(catalogue, { configuration, place, classroom }));
      expect(again).toEqual({ configuration, place, classroom, ignored: [] });
    }), { numRuns: 500, seed: 6 });
  });

  test('a link as long as a book is not read', () => {
    const { configuration, ignored } = read(`#p=small&x=${'a'.repeat(10_000)}`);
    expect([configuration, ignored.length]).toEqual([undefined, 1]);
  });

  test('no hash is no recipe', () => {
    expect(read('')).toEqual({ configuration: undefined, place: {}, classroom: FREE, ignored: [] });
  });
});

describe('place and classroom', () => {
  const number = fc.integer({ min: 1, max: 9_999_999 });
  const index = fc.option(fc.integer({ min: 0, max: 9_999_998 }));
  const method = fc.constantFrom('grpo', 'capo:W=4.5', 'dr_grpo', '__proto__');
  const methods = fc.uniqueArray(method, { maxLength: 4 });
  const size = fc.integer({ min: 1, max: 64 }).map(String);
  const compares: fc.Arbitrary<LinkCompare> = fc.record({
    place: fc.record({
      problem: index, answer: index, token: index, method: fc.option(method), unfolded: methods, lockedLimit: fc.constantFrom(null, 0.25, 1e-12), sortedBy: fc.constantFrom(null, 'leak' as const, 'spearman' as const), treeMethod: fc.option(method),
    }),
    source: fc.constantFrom('truth' as const, 'screen' as const), beside: fc.option(methods), scaling: fc.constantFrom(...SCALINGS), made: fc.constantFrom(undefined, 0, 12),
    form: fc.record({ methods: methods.map((all) => (all.length === 0 ? null : all)), problems: size, answers: size, truth: fc.constantFrom('auto' as const, 'monte-carlo' as const), hasGradient: fc.boolean() }),
  });

  test('come back as they were', () => {
    const places = fc.record({
      at: fc.array(number, { maxLength: 4 }), phase: fc.constantFrom(undefined, 'sample', 'credit'),
      channel: fc.constantFrom(undefined, 'advantage', 'row:R'), view: fc.constantFrom(undefined, 'answers', 'compare'),
      pins: fc.option(fc.uniqueArray(fc.record({ answer: number, token: number }), { minLength: 1, maxLength: 4, selector: ({ answer, token }) => `${answer}.${token}` }), { nil: undefined }),
      scope: fc.constantFrom(undefined, 'rollout', 'run'), isRoot: fc.constantFrom(undefined, true),
      scale: fc.option(fc.record({ center: fc.constantFrom(0, -1.5, 1e-7, 2.5e11), limit: fc.constantFrom(1.25, 1e-12, 1e12, 3.00001) }), { nil: undefined }),
      compare: fc.option(compares.filter((one) => writeLinkCompare(one).length > 0), { nil: undefined }),
    });
    const classrooms = fc.record({
      states: fc.array(fc.constantFrom('show', 'lock', 'hide'), { minLength: ALL_CONTROLS.length, maxLength: ALL_CONTROLS.length }),
      isPresenting: fc.boolean(), isEmbedded: fc.boolean(), lesson: fc.constantFrom(undefined, 'one-score'),
    });
    fc.assert(fc.property(places, classrooms, ({ at: [update, answer, token, until], ...others }, { states, ...modes }) => {
      const place = Object.fromEntries(Object.entries({ update, answer, token, until, ...others }).filter(([, value]) => value !== undefined)) as LinkPlace;
      const controls = Object.fromEntries(ALL_CONTROLS.flatMap(({ id, canLock }, i): [ControlId, 'lock' | 'hide'][] => (states[i] === 'hide' ? [[id, 'hide']] : states[i] === 'lock' && canLock ? [[id, 'lock']] : [])));
      const link = { configuration: undefined, place, classroom: { controls, ...modes } };
      expect(read(writeLink(catalogue, link))).toEqual({ ...link, ignored: [] });
    }), { numRuns: 200, seed: 7 });
  });

  test.each<[string, LinkPlace, readonly RegExp[]]>([
    ['pins=17.4+18.2+17.4+a.b+1.1+2.2+3.3', { pins: [{ answer: 17, token: 4 }, { answer: 18, token: 2 }, { answer: 1, token: 1 }, { answer: 2, token: 2 }] }, [/“17\.4” stands there twice/, /“a\.b” is no token/, /“3\.3” was left out; 4 tokens/]],
    ['pins=', {}, [/“” is no token/]],
    ['scope=universe&root=yes', {}, [/scope = “universe” is not known/, /root = “yes” is not known/]],
    ['scale=1e300', { scale: { center: 0, limit: 1e12 } }, [/is not from 1e-12 to 1000000000000; 1000000000000 is used/]],
    ['scale=-3+-1e99', { scale: { center: -1e12, limit: 1e-12 } }, [/1e-12 is used/, /-1000000000000 is used/]],
    ['scale=0', { scale: { center: 0, limit: 1e-12 } }, [/1e-12 is used/]],
    ['scale=NaN', {}, [/“NaN” is not a number/]],
    ['scale=1+Infinity', {}, [/“Infinity” is not a number/]],
    ['scale=2+1+9', { scale: { center: 1, limit: 2 } }, [/two numbers at most/]],
    ['c.at=1.2.3.4', {}, [/c\.at = “1\.2\.3\.4” is not known/]],
    ['c.at=0.0.0&c.cosine=0', {}, []],
    ['c.method=%3Cimg%3E&c.open=grpo+%22&c.tree=a+b&c.scale=huge&c.sort=toString&c.full=-0&c.made=-1&c.with=&c.size=8&c.truth=constructor&c.cosine=2', {}, [
      /c\.made = “-1”/, /c\.size = “8”/, /c\.method = “<img>”/, /c\.open = /, /c\.sort = “toString”/, /c\.tree = /, /c\.scale = “huge”/, /c\.with = “”/, /c\.truth = “constructor”/, /c\.cosine = “2”/, /c\.full = “-0” is not from/,
    ]],
  ])('%s', (hash, expected, messages) => {
    const { place, ignored } = read(`#${hash}`);
    const { compare, ...rest } = place;
    expect(rest).toEqual(expected);
    // a bar has a height, however small
    if (hash.includes('c.full')) expect(compare).toEqual({ ...OPENING_COMPARE, place: { ...OPENING_COMPARE.place, lockedLimit: 1e-12 } });
    else expect(compare).toBeUndefined();
    expect(ignored).toHaveLength(messages.length);
    for (const message of messages) expect(ignored.some((one) => message.test(one)), String(message)).toBe(true);
  });

  test('what the form of the comparison cannot hold is cut down and told', () => {
    const { place, ignored } = read('#c.with=a+b+c+d+e+f+g+a&c.size=0.9999999');
    expect(place.compare?.form).toMatchObject({ methods: ['a', 'b', 'c', 'd', 'e', 'f'], problems: '1', answers: '64' });
    expect(ignored).toEqual(['c.with names a method twice.', 'c.with names 7 methods; the first 6 are used.', 'c.size = “0.9999999”: problems and answers are from 1 to 64; 1 and 64 are used.']);
  });

  test('links of before there was more than update, answer, token, channel and view say what they said', () => {
    const { place, ignored } = read('#v=1&p=small&at=12.17.4&phase=credit&ch=entropy&view=compare');
    expect([place, ignored]).toEqual([{ update: 12, answer: 17, token: 4, phase: 'credit', channel: 'entropy', view: 'compare' }, []]);
  });

  test('read as they are said', () => {
    expect(read('#at=12.17.4&ch=row%3AR&view=compare&phase=credit').place).toEqual({ update: 12, answer: 17, token: 4, channel: 'row:R', view: 'compare', phase: 'credit' });
    expect(read('#at=12.0.4').place).toEqual({ update: 12, answer: 1, token: 4 });
    expect(read('#at=1.2.3.4.5&view=secret').ignored).toEqual(['at = “1.2.3.4.5” is not known here.', 'view = “secret” is not known here.']);
    const { classroom, ignored } = read('#hide=setup.nothing.inspector&lock=seed.curves&present=1&embed=yes&lesson=a%2Fb');
    expect(classroom).toEqual({ controls: { setup: 'hide', inspector: 'hide', seed: 'lock' }, isPresenting: true, isEmbedded: false, lesson: undefined });
    expect(ignored).toHaveLength(4);
  });
});
