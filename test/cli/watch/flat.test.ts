import { describe, expect, it } from 'vitest';
import { progressMinutes } from '../../../src/config/progress-pace.ts';
import { makeRunbook } from '../../support/policy.ts';

import { openThread } from './told-world.ts';

const well = () => ({});
const routes = { 'release-progress': ['releases'] };
const flat = { services: { slack: { channels: { releases: { webhook: '$HOOK' } }, routes } } };

describe('updates without threads', () => {
  it('E-95: name the release and the time since its start, and come every half hour', async () => {
    const { watch, slack } = await openThread('webhook');
    await watch({ script: well, order: { forMs: 3_700_000 }, runbook: flat });
    const texts = slack.messages.map(({ message }) => message.text.split('\n')[0] ?? '');
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toMatch(/^v2\.1\.0( · T\+(\d+ h )?\d+ min)?$/);
  });

  it('E-95: one channel with threads keeps the pace of the runbook', () => {
    const channels = { releases: { webhook: '$HOOK' }, ops: { id: 'C0OPS' } };
    const both = { 'release-progress': ['releases', 'ops'] };
    const paceOf = (slack: object) => progressMinutes(makeRunbook({ services: { slack } }));
    expect(paceOf({ channels, routes })).toBe(30);
    expect(paceOf({ botToken: '$T', channels, routes: both })).toBe(15);
  });
});
