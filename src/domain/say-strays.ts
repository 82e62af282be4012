import { type CatalogueDifference, sayCatalogueDifference } from './catalogue.ts';

const MOST_NAMED = 5;

const keyOf = ({ kind, name }: CatalogueDifference): string => `${kind} ${name}`;

/**
 * What the schema of `env` has otherwise than `other`, named. `made` is what the migrations did in the rehearsal:
 * what they never touched, somebody else changed; undefined where nobody knows.
 */
export function sayStrays(
  strays: readonly CatalogueDifference[],
  made: readonly CatalogueDifference[] | undefined,
  env: string,
  other = 'the rehearsal',
): string {
  // Two objects of one name, as a dot in it makes them, hide each other; their fingerprints do not.
  if (strays.length === 0)
    return `its fingerprint is not that of ${other}, and no object can be named; look for two of one name`;
  const touched = new Set(made?.map(keyOf));
  const say = (one: CatalogueDifference): string => {
    const said = sayCatalogueDifference(one, { left: env, right: other });
    if (made === undefined) return said;
    return touched.has(keyOf(one)) ? said : `${said} (no migration touches it: another hand or a job)`;
  };
  const named = strays.slice(0, MOST_NAMED).map(say).join('; ');
  return strays.length > MOST_NAMED ? `${named}; and ${strays.length - MOST_NAMED} more` : named;
}
