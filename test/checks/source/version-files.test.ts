import { expect, it } from 'vitest';
import check from '../../../checks/source/version-files.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const judge = (version: string | undefined) =>
  check.judge([{ path: 'package.json', version }], makePolicy({ release })).outcome;

it.each([
  ['2.1.0', 'pass'],
  ['2.1.0-rc.2', 'pass'],
  ['2.0.3', 'fail'],
  [undefined, 'fail'],
])('HOP-03: package.json with %s is %s', (version, outcome) => {
  expect(judge(version)).toBe(outcome);
});

it.each(['not json', '[]', 'null', '{"version":3}'])('HOP-03: reads no version out of %s', async (text) => {
  const services = onlyThese({ git: { readFile: async () => text } });
  const files = await check.probe(services, makePolicy({ release }));
  expect(files).toEqual([{ path: 'package.json', version: undefined }]);
});
