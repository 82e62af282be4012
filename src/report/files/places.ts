import type { Finding } from '../../domain/finding.ts';
import type { Json } from '../../domain/json.ts';

/** A spot in a file that a finding is about. Lines and columns count from 1, columns in characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
}

const LEVELS = ['error', 'warning', 'note'] as const;

const count = (value: Json | undefined): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : 1;
const word = (value: Json | undefined, instead: string): string =>
  typeof value === 'string' && value !== '' ? value : instead;

/** Text that has a spelling in UTF-8: half a letter becomes a sign that there was one. */
const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

/** A path below the repository, with slashes; undefined for an address or a file elsewhere, which no squiggle can reach. */
function below(file: string): string | undefined {
  const path = wellFormed(file).replace(/\\/g, '/');
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  const isElsewhere = /^([a-z][a-z0-9+.-]*:|\/)/i.test(path) || path.endsWith('/') || steps.includes('..');
  return isElsewhere || steps.length === 0 ? undefined : steps.join('/');
}

function readPlace(value: Json, finding: Finding): readonly Place[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { file, line, column, rule, level, message } = value as { readonly [key: string]: Json };
  const path = below(word(file, ''));
  if (path === undefined) return [];
  const known = LEVELS.find((one) => one === level) ?? (finding.outcome === 'fail' ? 'error' : 'warning');
  return [
    {
      file: path,
      line: count(line),
      column: count(column),
      rule: word(rule, finding.check),
      level: known,
      message: word(message, finding.said),
    },
  ];
}

/** The places that a finding names in `evidence.places`; what is no place is left out. Never throws. */
export function placesOf(finding: Finding): readonly Place[] {
  const { evidence } = finding;
  if (evidence === undefined || evidence === null || typeof evidence !== 'object') return [];
  const { places } = evidence as { readonly places?: Json };
  return Array.isArray(places) ? (places as readonly Json[]).flatMap((one) => readPlace(one, finding)) : [];
}
