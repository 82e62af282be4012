import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import type { StatusIncident, StatusOrder, StatusPagePort } from '../../../src/services/statuspage/port.ts';
import { tellPage } from '../../../src/steps/statuspage/tell-page.ts';
import { makeDeployPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const NOW = '2026-11-24T15:00:00.000Z';

function makeContext(over: Partial<StepContext> = {}): StepContext {
  return {
    ...{ run: 'r-1', step: 'status-identified', scope: 'rur2/production', epoch: 1, attempt: 1, facts: {} },
    plan: makeDeployPlan(runbook),
    runbook,
    // Nobody waits here: patience ends only where a test says so.
    clock: { now: () => new Date(NOW), monotonic: () => 0, sleep: () => new Promise<void>(() => {}) },
    intentAt: NOW,
    signal: new AbortController().signal,
    guard: () => {},
    withFence: (_, push) => push([]),
    tell: () => {},
    secret: () => '',
    render: () => ({ text: '', blocks: [] }),
    ...over,
  };
}

const input = {
  ...{ env: 'production', state: 'identified', title: 'Going back', text: 'Soon.' },
  ...{ outBy: ['maintenance-on'], patienceMs: 3000 },
} as const;
const asked = () => ({ ...input, state: input.state as 'identified', outBy: [...input.outBy] });

function makePage(over: Partial<StatusPagePort> = {}) {
  const told: StatusOrder[] = [];
  const statuspage: StatusPagePort = {
    canRead: () => true,
    list: async () => [],
    tell: async (_, order) => {
      told.push(order);
      const { run, title, state, text } = order;
      return { run, title, state, text, at: NOW, link: 'https://stspg.example/x' };
    },
    ...over,
  };
  return { told, statuspage };
}

const incident = (over: Partial<StatusIncident> = {}): StatusIncident => ({
  ...{ run: 'r-1', title: 'Going back', state: 'identified', text: 'Soon.', at: NOW },
  ...over,
});
const inspect = (statuspage: StatusPagePort) => tellPage.inspect?.({ statuspage }, asked(), makeContext());

describe('telling the status page', () => {
  it('RBX-7.2: says it in the incident of this run, and keeps where people read it', async () => {
    const { told, statuspage } = makePage();
    const done = await tellPage.run({ statuspage }, asked(), makeContext());
    expect(done).toEqual({ state: 'identified', link: 'https://stspg.example/x', at: NOW });
    expect(told).toMatchObject([{ run: 'r-1', state: 'identified', text: 'Soon.' }]);
  });

  it('calls users out only when maintenance mode is on by the record', async () => {
    const { told, statuspage } = makePage();
    await tellPage.run({ statuspage }, asked(), makeContext());
    await tellPage.run({ statuspage }, asked(), makeContext({ facts: { 'maintenance-on': { on: true } } }));
    expect(told.map(({ impact }) => impact)).toEqual(['impaired', 'out']);
  });

  it('E-84: does not wait for a page that hangs, and sends nothing afterwards', async () => {
    let signal: AbortSignal | undefined;
    const tell: StatusPagePort['tell'] = (_env, _order, given) => {
      signal = given;
      return new Promise(() => {});
    };
    const { statuspage } = makePage({ tell });
    const clock = { now: () => new Date(NOW), monotonic: () => 0, sleep: async () => {} };
    await expect(tellPage.run({ statuspage }, asked(), makeContext({ clock }))).rejects.toMatchObject({
      code: 'E_STATUS_PAGE_UNREACHABLE',
      text: { state: 'partly-done' },
    });
    expect(signal?.aborted).toBe(true);
  });

  it('finds what a killed run has said, and nothing of another run', async () => {
    const saying = (told: StatusIncident) => makePage({ list: async () => [told] }).statuspage;
    expect(await inspect(saying(incident()))).toMatchObject({ state: 'done', done: { state: 'identified' } });
    expect(await inspect(saying(incident({ state: 'resolved' })))).toMatchObject({ state: 'done' });
    expect(await inspect(saying(incident({ state: 'investigating' })))).toEqual({ state: 'absent' });
    expect(await inspect(saying(incident({ run: 'r-2' })))).toEqual({ state: 'absent' });
  });

  it('tells a page that cannot be asked once more: its receiver knows the id', async () => {
    const { statuspage } = makePage({ canRead: () => false, list: () => Promise.reject(new Error('asked')) });
    expect(await inspect(statuspage)).toEqual({ state: 'absent' });
  });
});
