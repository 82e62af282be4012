import { describe, expect, it } from 'vitest';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { gitAlone } from '../cli-world.ts';
import { budgets, calls, good, smoke } from './smoke-world.ts';

describe('release smoke --no-cleanup', () => {
  const keptOf = (result: Awaited<ReturnType<typeof smoke>>['result']) =>
    (result?.result as { cleanup?: object } | undefined)?.cleanup;

  it('E-72: leaves what it made, lists it, and says how it goes later', async () => {
    const { result, sent } = await smoke('--no-cleanup --yes', { flags: { yes: true, envIsTyped: true } });
    expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect(keptOf(result)).toEqual({ created: 1, deleted: 0, left: [], kept: ['DELETE /things/7'] });
    expect(result?.text).toContain('left on purpose: DELETE /things/7');
    expect(result).toMatchObject({
      exitCode: 0,
      next: [`release smoke --env production --cleanup ${result?.run}`],
    });
  });

  it('E-72: is refused in a protected environment that nobody named, before anything is sent', async () => {
    const { code, sent, next } = await smoke('--no-cleanup --yes');
    expect({ code, sent }).toEqual({ code: 'E_CONFIRM_IN_FULL', sent: [] });
    expect(next).toBe('Say so in full: release smoke --no-cleanup --env production --yes');
  });

  it('E-72: wants the name of a protected environment typed at a terminal', async () => {
    const terminal = { canAsk: true };
    const no = await smoke('--no-cleanup', { terminal, answers: ['staging'] });
    expect({ code: no.code, sent: no.sent }).toEqual({ code: 'E_ANSWERED_NO', sent: [] });
    const yes = await smoke('--no-cleanup', { terminal, answers: ['production'] });
    expect(yes.result).toMatchObject({ exitCode: 0, verdict: 'healthy' });
  });

  it('E-72: asks less of an environment that is not protected', async () => {
    const open = gitAlone({
      ...{ budgets, smoke: { samples: 3, writeSamples: 1, p95: 'watch', calls } },
      environments: { production: { url: 'https://rur2.example' } },
    });
    const { result } = await smoke('--no-cleanup --yes', { runbook: open });
    expect(keptOf(result)).toMatchObject({ kept: ['DELETE /things/7'] });
  });

  it('E-73: ends a checkout all the same: whoever has its address could pay it', async () => {
    const ended: string[] = [];
    const checkout = {
      ...{ id: 'pay', row: 'SMK-09', method: 'POST', path: '/things', status: [201], budget: 'fast' },
      ...{ writes: true, capture: { sessionId: 'id' }, undo: { expireCheckout: '{sessionId}' } },
    };
    const paying = gitAlone({
      budgets,
      smoke: { samples: 1, writeSamples: 1, p95: 'watch', calls: [checkout] },
    });
    const stripe = { expireCheckout: async (_env: string, id: string) => void ended.push(id) };
    const { web } = makeScriptedWeb(good);
    const { result } = await smoke('--no-cleanup', {
      ...{ runbook: paying, services: { web, stripe }, flags: { yes: true, envIsTyped: true } },
    });
    expect(ended).toEqual(['7']);
    expect(keptOf(result)).toEqual({ created: 1, deleted: 1, left: [], kept: [] });
  });

  it('says in its plan that what it makes stays', async () => {
    expect((await smoke('--plan --no-cleanup')).result?.text).toContain('writes, and stays');
  });
});
