// All answers to the problem as one tree: text that they share once, a circle where they part or end, larger and darker the likelier a
// right answer is from there. A node under the pointer or the focus lights the answers below it.

import { useMemo, useState, type KeyboardEvent } from 'react';
import type { Comparison } from '../../lab/fidelity/compare';
import { growAnswerTree, layoutAnswerTree, nodeBeside, nodesBelow, type AnswerTreeNode } from '../../viz/answerTree';
import { chipText } from '../../viz/chipLayout';
import { barColor, fillColor } from '../../viz/color';
import { formatShort, formatSpoken } from '../../viz/format';
import { treeMethods, treeValues } from '../../viz/treeValues';
import { AsTable } from '../app/AsTable';
import { usePalette, useSession } from '../app/SessionContext';
import { useCompare } from './useCompare';
import type { Compared } from './useCompared';

const MEASURES = { token: 9, node: 34, row: 38 };
const LABEL_WIDTH = 76;
const SMALLEST = 3;
const GROWTH = 7;

const radiusOf = (value: number): number => SMALLEST + GROWTH * (Number.isFinite(value) ? Math.max(0, Math.min(1, value)) : 0);

interface AnswerTreeProps {
  readonly compared: Compared<Comparison>;
  /** answers, by their place in the group */
  onLight(rows: readonly number[]): void;
}

export function AnswerTree({ compared, onLight }: AnswerTreeProps) {
  const session = useSession();
  const palette = usePalette();
  const { comparison, names, group, row: shownRow } = compared;
  const { sample, score, methods } = comparison;
  const wanted = useCompare((state) => state.treeMethod);
  const [focused, setFocused] = useState(0);
  const [lit, setLit] = useState<number | null>(null);
  const { nodes, placed } = useMemo(() => {
    const grown = growAnswerTree(group.map((n) => sample.tokens_NT.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!)));
    return { nodes: grown, placed: layoutAnswerTree(grown, MEASURES) };
  }, [group, sample]);
  const choices = treeMethods(methods);
  const method = choices.find(({ name }) => name === wanted);
  const values = treeValues(nodes, group, comparison, method);
  const below = lit === null || lit >= nodes.length ? undefined : nodesBelow(nodes, lit);
  const focusable = Math.min(focused, nodes.length - 1);

  const light = (id: number | null): void => {
    setLit(id);
    onLight(id === null ? [] : nodes[id]!.answers);
  };
  const textOf = ({ answers, from, depth }: AnswerTreeNode): string => Array.from({ length: depth - from }, (_, i) => {
    const { text, isSpecial } = chipText(names.alphabet[sample.tokens_NT[group[answers[0]!]! * sample.width + from + i]!] ?? '');
    return isSpecial ? '■' : text;
  }).join('');
  const pathOf = (node: AnswerTreeNode): string => (node.parent < 0 ? '' : pathOf(nodes[node.parent]!) + textOf(node));
  const endsRight = ({ endings }: AnswerTreeNode): boolean => score.outcome_N[group[endings[0]!]!]! > 0;
  const pick = (node: AnswerTreeNode): void => {
    const row = node.answers.includes(shownRow) ? shownRow : node.answers[0]!;
    session.compare.setState({ answer: row, token: Math.max(0, node.depth - 1) });
  };
  const onKeyDown = (node: AnswerTreeNode) => (event: KeyboardEvent<SVGGElement>): void => {
    if (event.key === 'Enter' || event.key === ' ') pick(node);
    else if (event.key.startsWith('Arrow')) {
      const next = nodeBeside(nodes, node.id, event.key);
      setFocused(next);
      event.currentTarget.parentElement?.querySelector<SVGGElement>(`[data-node="${next}"]`)?.focus();
    } else return;
    event.preventDefault();
  };
  const labelOf = (node: AnswerTreeNode): string => [
    node.parent < 0 ? 'before the first token' : `after ‘${textOf(node).replaceAll('⏎', ' new line ').replaceAll('■', ' stop')}’`,
    `value ${formatSpoken(values[node.id]!)}`,
    node.endings.length > 0 ? `${node.endings.length === 1 ? 'answer' : 'answers'} ${node.endings.map((row) => row + 1).join(', ')} ${node.endings.length === 1 ? 'ends' : 'end'}, ${endsRight(node) ? 'right' : 'wrong'}` : `answers ${node.answers.map((row) => row + 1).join(', ')} below`,
    ...(node.children.length > 1 ? [`parts in ${node.children.length}`] : []),
  ].join(', ');

  return (
    <section className="treePanel" aria-labelledby="treeTitle">
      <div className="compareSectionHead">
        <h3 id="treeTitle">The answers as a tree</h3>
        <label>value by <select value={method?.name ?? ''} onChange={(event) => session.compare.setState({ treeMethod: event.target.value === '' ? null : event.target.value })}>
          <option value="">the truth</option>
          {choices.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
        </select></label>
      </div>
      <p className="fieldNote">A circle stands where answers part (ringed) or end; under it the {method === undefined ? 'true chance of a right answer from there' : 'mean reward of the answers that pass there'}: the larger and darker, the higher. Answers grow apart at the tokens that decide.</p>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="treeScroll" role="region" aria-label="Tree of the answers" tabIndex={0}>
        <svg className="answerTree" width={placed.width + LABEL_WIDTH} height={placed.height} onPointerLeave={() => light(null)}>
          {nodes.map((node) => {
            if (node.parent < 0) return null;
            const [from, to] = [placed.places[node.parent]!, placed.places[node.id]!];
            const textStart = to.x - MEASURES.node / 2 - (node.depth - node.from) * MEASURES.token;
            return (
              <g key={node.id} className={below === undefined ? '' : below.has(node.id) ? 'isLit' : 'isDim'} aria-hidden="true">
                <path className="treeEdge" strokeWidth={1 + node.answers.length / 3} d={`M${from.x},${from.y}C${from.x + 14},${from.y} ${from.x + 4},${to.y} ${textStart},${to.y}H${to.x}`} />
                <text className="treeText" x={textStart} y={to.y - 5} textLength={(node.depth - node.from) * MEASURES.token - 1}>{textOf(node)}</text>
              </g>
            );
          })}
          {nodes.map((node) => {
            const { x, y } = placed.places[node.id]!;
            const value = values[node.id]!;
            const radius = radiusOf(value);
            return (
              <g key={node.id} role="button" data-node={node.id} tabIndex={node.id === focusable ? 0 : -1} aria-label={labelOf(node)} className={`treeNode ${below === undefined ? '' : below.has(node.id) ? 'isLit' : 'isDim'}`}
                onPointerEnter={() => light(node.id)} onFocus={() => { setFocused(node.id); light(node.id); }} onBlur={() => light(null)} onClick={() => pick(node)} onKeyDown={onKeyDown(node)}>
                <circle className="treeTarget" cx={x} cy={y} r={15} />
                {node.children.length > 1 ? <circle className="treeRing" cx={x} cy={y} r={radius + 3} /> : null}
                <circle cx={x} cy={y} r={radius} fill={fillColor(palette, 'magnitude', value)} stroke={barColor(palette, 'magnitude', 1)} strokeWidth={1.5} />
              </g>
            );
          })}
          <g className="treeLabels" aria-hidden="true">
            {nodes.map((node) => {
              const { x, y } = placed.places[node.id]!;
              const value = values[node.id]!;
              return (
                <g key={node.id} className={below === undefined ? '' : below.has(node.id) ? 'isLit' : 'isDim'}>
                  <text className="treeValue" x={x} y={y + radiusOf(value) + 13}>{formatShort(Number(value.toFixed(2)))}</text>
                  {node.endings.length > 0 ? <text className={node.endings.includes(shownRow) ? 'treeEnd isShown' : 'treeEnd'} x={x + radiusOf(value) + 7} y={y + 4}>{endsRight(node) ? '✓' : '✗'} {node.endings.map((row) => row + 1).join(', ')}</text> : null}
                </g>
              );
            })}
          </g>
        </svg>
      </div>
      <AsTable caption="The answers as a tree" head={['After', 'Value', 'Answers', 'Ends here', 'Parts in']}
        rows={() => nodes.map((node) => [
          pathOf(node) || 'the start', formatShort(values[node.id]!), node.answers.map((row) => row + 1).join(', '),
          node.endings.length === 0 ? '' : `${node.endings.map((row) => row + 1).join(', ')} ${endsRight(node) ? 'right' : 'wrong'}`, node.children.length > 1 ? String(node.children.length) : '',
        ])} />
    </section>
  );
}
