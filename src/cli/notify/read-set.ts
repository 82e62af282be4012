import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandOptions } from '../command.ts';

const LONGEST = 400;

/** Values that are lists: the flag may be given several times. */
const LISTS: readonly string[] = ['affected_features', 'affected_services', 'team', 'findings'];

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  data_loss: ['none', 'possible', 'checking'],
  severity: ['P0', 'P1', 'P2', 'P3'],
};

const wrong = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', { what, next, state: 'untouched' });

function readOne(typed: string): readonly [name: string, value: string] {
  const at = typed.indexOf('=');
  const value = oneLine(typed.slice(at + 1), LONGEST);
  if (at < 1 || value === '')
    throw wrong(
      `--set ${oneLine(typed, 40)} gives nothing a value.`,
      'Write it like --set reason="too slow".',
    );
  return [typed.slice(0, at).trim(), value];
}

/** Somebody whom the configuration knows is mentioned, also when only a name was typed. */
const asPerson = (value: string, { people }: Runbook): JsonObject | string => {
  const found = Object.values(people).find(({ name }) => name === value);
  return found === undefined ? value : { name: found.name, slack: found.slack ?? null };
};

function refuseChoice(name: string, value: string): void {
  const choices = CHOICES[name];
  if (choices === undefined || choices.includes(value)) return;
  throw wrong(
    `--set ${name}=${oneLine(value, 40)} is none of its values.${didYouMean(value, choices)}`,
    `One of: ${choices.map((one) => `${name}=${one}`).join(', ')}.`,
  );
}

/** What a person adds to a message (--set name=value). Throws E_FLAG_VALUE. */
export function readSet(options: CommandOptions, runbook: Runbook): JsonObject {
  const typed = Array.isArray(options.set) ? (options.set as readonly string[]) : [];
  const set: Record<string, string | string[] | JsonObject> = {};
  for (const one of typed) {
    const [name, value] = readOne(one);
    refuseChoice(name, value);
    const before = set[name];
    if (LISTS.includes(name)) set[name] = [...(Array.isArray(before) ? before : []), value];
    else set[name] = asPerson(value, runbook);
  }
  return set;
}

/** Values of a message that are chosen, where the text itself is made. */
const NOTES: readonly string[] = ['data_loss', 'severity', 'reason', ...LISTS];

/** Throws E_FLAG_VALUE for a name that the message does not have, and for a value that was computed. */
export function refuseSet(set: JsonObject, view: JsonObject, isFree: boolean): void {
  const known = Object.keys(view);
  for (const name of Object.keys(set)) {
    if (NOTES.includes(name) && (name !== 'data_loss' || 'data_sentence' in view)) continue;
    if (!known.includes(name))
      throw wrong(
        `This message has no variable "${oneLine(name, 60)}".${didYouMean(name, known)}`,
        'release notify <template> --preview lists those without a value.',
      );
    const isPerson = typeof view[name] === 'object' && !Array.isArray(view[name]);
    if (!isFree && view[name] !== null && !isPerson)
      throw wrong(
        `${name} is computed, and stays: ${oneLine(String(view[name]), 80)}`,
        'Leave it out. A record that is wrong is corrected where it was made.',
      );
  }
}
