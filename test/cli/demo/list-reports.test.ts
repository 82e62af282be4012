import { expect, it } from 'vitest';
import { listReports } from '../../../src/cli/demo/list-reports.ts';
import { findStory } from '../../../src/sandbox/scenarios/stories.ts';

it('a story ends with the path of the page about it, and one that wrote none names none', () => {
  expect(listReports(findStory('bad-deploy') ?? { scenes: [] })).toEqual(['.release/demo/report.html']);
  expect(listReports(findStory('no-go') ?? { scenes: [] })).toEqual([]);
});
