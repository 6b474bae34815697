// The methods that are to stand side by side: each can be left out, and others added up to a limit.

import type { ReactNode } from 'react';

export interface OfferedMethod {
  readonly name: string;
  readonly title: string;
  /** beside its title in the list */
  readonly note?: string;
}

interface ChosenMethodsProps {
  readonly legend: string;
  readonly chosen: readonly string[];
  readonly offered: readonly OfferedMethod[];
  readonly most: number;
  onChange(chosen: readonly string[]): void;
  readonly children?: ReactNode;
}

export function ChosenMethods({ legend, chosen, offered, most, onChange, children }: ChosenMethodsProps) {
  return (
    <fieldset className="compareMethods">
      <legend>{legend}</legend>
      <ul className="chosenMethods">
        {chosen.map((name) => {
          const title = offered.find((one) => one.name === name)?.title ?? name;
          return <li key={name}><button type="button" aria-label={`Leave out ${title}`} onClick={() => onChange(chosen.filter((one) => one !== name))}>{title} <span aria-hidden="true">×</span></button></li>;
        })}
        <li>
          <select aria-label="Add a method" value="" disabled={chosen.length >= most} onChange={(event) => onChange([...chosen, event.target.value])}>
            <option value="">{chosen.length >= most ? `${most} are chosen` : 'add a method …'}</option>
            {offered.filter(({ name }) => !chosen.includes(name)).map(({ name, title, note }) => <option key={name} value={name}>{title}{note === undefined ? '' : ` (${note})`}</option>)}
          </select>
        </li>
      </ul>
      {children}
    </fieldset>
  );
}
