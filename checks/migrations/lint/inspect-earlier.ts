import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { families } from '../rules/index.ts';
import { calledFunctions, callsOf } from './called-functions.ts';
import type { Known } from './known.ts';
import type { Hit } from './rule.ts';

/** What functions of earlier files do that these statements call, at the place of the call. */
export function inspectEarlier(
  statements: readonly SqlStatement[],
  bodies: readonly SqlStatement[],
  known: Known,
): readonly Hit[] {
  const called = calledFunctions([...statements, ...bodies]);
  const placeOf = (name: string): number =>
    (statements.find((one) => callsOf(one).includes(name)) ?? statements[0])?.at ?? 0;
  return bodies
    .filter(({ inside = '' }) => called.has(inside))
    .flatMap((body) => {
      const { inside = '' } = body;
      const hits = families.flatMap((family) => family.inspect(body, known));
      const said = `the function ${inside} of an earlier file`;
      return hits.map((hit) => ({ ...hit, at: placeOf(inside), said: `${said} ${hit.said}` }));
    });
}
