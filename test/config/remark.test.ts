import { expect, it } from 'vitest';
import { mustKnow } from '../../src/config/sense/remark.ts';

const said = (known: readonly string[]) =>
  mustKnow('role', ['people'], 'qa-leed', known).map((one) => one.message);

it('a name that points at nothing is told with the one that was meant, or that there is none yet', () => {
  expect(said(['qa-leed'])).toEqual([]);
  expect(said(['qa-lead', 'sre'])).toEqual(['there is no role "qa-leed". Did you mean "qa-lead"?']);
  expect(said([])).toEqual(['there is no role "qa-leed". None is described yet: docs/config.md.']);
});
