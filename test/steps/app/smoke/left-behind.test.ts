import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../../src/domain/failure.ts';
import type { StepContext } from '../../../../src/kit.ts';
import { runSmoke } from '../../../../src/steps/app/smoke/run-smoke.ts';
import { smokeTest } from '../../../../src/steps/app/smoke-test.ts';
import { onlyThese } from '../../../support/policy.ts';
import { makeScriptedWeb } from '../../../support/scripted-web.ts';
import { good, order, smoke, stateOf } from './smoke-world.ts';

describe('what the smoke scenario leaves behind', () => {
  it('E-72: lists what could not be deleted', async () => {
    const { report } = await smoke((one) => (one.method === 'DELETE' ? { status: 500 } : good(one)));
    expect(report.cleanup).toEqual({ created: 1, deleted: 0, left: ['DELETE /things/4512'] });
  });

  it('E-72: lists what a wrong answer may have made, and deletes nothing that only it names', async () => {
    const { report, asked } = await smoke((one) =>
      one.method === 'POST' && one.path === '/things' ? { status: 200, json: { id: 4512 } } : good(one),
    );
    expect(stateOf(report, 'create')).toBe('fail');
    expect(asked.filter((one) => one.method === 'DELETE')).toEqual([]);
    expect(report.cleanup.left).toEqual(['what POST /things may have made; it carries the name r-1']);
  });

  it('E-72: lists what was made under an id that nobody was told', async () => {
    const { report, asked } = await smoke((one) =>
      one.method === 'POST' && one.path === '/things' ? { status: 201, json: {} } : good(one),
    );
    expect(asked.some((one) => one.method === 'DELETE')).toBe(false);
    expect(report.cleanup.left).toEqual(['what POST /things made; its answer gave no thingId']);
  });

  it('E-72: lists what a lost answer may have made', async () => {
    const lost = new ReleaseError('E_APP_DOWN', { what: 'no answer', next: 'look', state: 'unclear' });
    const { report } = await smoke((one) => {
      if (one.method === 'POST' && one.path === '/things') throw lost;
      return good(one);
    });
    expect(report.cleanup.left).toEqual(['what POST /things may have made; it carries the name r-1']);
  });

  it('E-72: a request that never left has made nothing', async () => {
    const unsent = new ReleaseError('E_APP_DOWN', { what: 'refused', next: 'look', state: 'untouched' });
    const { report } = await smoke((one) => {
      if (one.method === 'POST' && one.path === '/things') throw unsent;
      return good(one);
    });
    expect(report.cleanup).toEqual({ created: 0, deleted: 0, left: [] });
  });

  it('E-72: says what stays behind also when it is stopped in the middle of a write', async () => {
    const stop = new AbortController();
    const { web } = makeScriptedWeb((one) => {
      if (one.method !== 'POST' || one.path !== '/things') return good(one);
      stop.abort();
      throw new Error('stopped');
    });
    const told: string[] = [];
    const stopped = order({ signal: stop.signal, tell: (said) => void told.push(said) });
    await expect(runSmoke(onlyThese({ web }), stopped)).rejects.toThrow('stopped');
    expect(told).toContain('left behind: what POST /things may have made; it carries the name r-1');
  });

  it('takes away what it made also when it is stopped in the middle', async () => {
    const stop = new AbortController();
    const { web, asked } = makeScriptedWeb((one) => {
      if (one.path.startsWith('/things/') && one.method === 'GET') {
        stop.abort();
        throw new Error('stopped');
      }
      return good(one);
    });
    await expect(runSmoke(onlyThese({ web }), order({ signal: stop.signal }))).rejects.toThrow('stopped');
    expect(asked.filter((one) => one.method === 'DELETE')).toHaveLength(1);
  });

  it('E-72: lists what stays when a second Ctrl-C ends the taking away as well', async () => {
    const [stop, leave] = [new AbortController(), new AbortController()];
    const told: string[] = [];
    const { web, asked } = makeScriptedWeb((one) => {
      if (one.path !== '/pdf') return good(one);
      stop.abort();
      leave.abort();
      throw new Error('stopped');
    });
    const tell = (said: string) => void told.push(said);
    const stopped = order({ signal: stop.signal, leave: leave.signal, tell });
    await expect(runSmoke(onlyThese({ web }), stopped)).rejects.toThrow('stopped');
    expect(asked.some((one) => one.method === 'DELETE')).toBe(false);
    expect(told).toContain('left behind: DELETE /things/4512');
  });

  it.each([
    [1, []],
    [2, ['what a killed try of POST /things may have made; it carries the name r-1']],
  ])('E-72: says at try %i what a killed one before it may have left', async (attempt, left) => {
    const { web } = makeScriptedWeb(good);
    const tried = { attempt, intentAt: '2025-10-01T14:00:00Z', guard: () => undefined, facts: {} };
    const context = { ...order(), ...tried };
    const done = await smokeTest.run(
      onlyThese({ web }),
      { env: 'production', version: 'v2.1.0' },
      context as unknown as StepContext,
    );
    expect(done.cleanup).toMatchObject({ left });
  });
});
