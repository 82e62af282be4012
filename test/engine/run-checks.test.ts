import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { ask, check, says, silent } from './gate-of-checks.ts';

describe('the checks of a gate', () => {
  it('are asked at once: the whole takes as long as the slowest', async () => {
    const time = new VirtualTime();
    const slow = (id: string, ms: number) =>
      check(id, async () => {
        await time.sleep(ms);
        return says('pass');
      });
    const answer = await ask(
      [slow('a.one', 3000), slow('b.two', 9000), slow('c.three', 5000)],
      {},
      time,
    ).answer();
    expect(answer.wallMs).toBe(9000);
    expect(answer.findings.map((one) => one.durationMs)).toEqual([3000, 9000, 5000]);
    expect(answer.verdict.call).toBe('go');
  });

  it('GO-05: a judge that leaves the decision to people makes it HOLD; only a fail can', async () => {
    const open = check('a.one', async () => ({ ...says('fail'), holds: true }));
    const fine = check('b.two', async () => ({ ...says('pass'), holds: true }));
    const answer = await ask([open, fine]).answer();
    expect(answer.verdict.call).toBe('hold');
    expect(answer.findings.map((one) => one.holds)).toEqual([true, undefined]);
  });

  it('are told in the order in which they end, and found in the order in which they stand', async () => {
    const time = new VirtualTime();
    const slow = (id: string, ms: number) =>
      check(id, async () => {
        await time.sleep(ms);
        return says('pass');
      });
    const { told, answer } = ask([slow('a.one', 300), slow('b.two', 100), slow('c.three', 200)], {}, time);
    expect((await answer()).findings.map((one) => one.check)).toEqual(['a.one', 'b.two', 'c.three']);
    const results = told.flatMap((event) => (event.type === 'check.result' ? [event.finding.check] : []));
    expect(results).toEqual(['b.two', 'c.three', 'a.one']);
    expect([told[0]?.type, told.at(-1)?.type]).toEqual(['gate.started', 'gate.decided']);
  });

  it('go to one service a few at a time, and to others meanwhile', async () => {
    const time = new VirtualTime();
    let busy = 0;
    let most = 0;
    const probe = async () => {
      busy += 1;
      most = Math.max(most, busy);
      await time.sleep(1000);
      busy -= 1;
      return says('pass');
    };
    const neon = Array.from({ length: 7 }, (_, i) => check(`neon.n${i}`, probe, { needs: ['neon'] }));
    const other = check('stripe.s', async () => says('pass'), { needs: ['stripe'] });
    const answer = await ask([...neon, other], { width: 3 }, time).answer();
    expect(most).toBe(3);
    expect(answer.wallMs).toBe(3000);
    expect(answer.findings.at(-1)).toMatchObject({ check: 'stripe.s', startMs: 0 });
  });

  it('count the time limit of each from its own turn, not from the start of the gate', async () => {
    const time = new VirtualTime();
    const probe = async () => {
      await time.sleep(8000);
      return says('pass');
    };
    const checks = ['a.x', 'a.y', 'a.z'].map((id) => check(id, probe, { needs: ['neon'] }));
    const answer = await ask(checks, { width: 1 }, time).answer();
    expect(answer.verdict.call).toBe('go');
    expect(answer.findings.map((one) => one.startMs)).toEqual([0, 8000, 16_000]);
  });
});

describe('a gate that is stopped', () => {
  it('ends at once, asks nobody any more, and says so', async () => {
    const stop = new AbortController();
    const time = new VirtualTime();
    let asked = 0;
    const probe = async () => {
      asked += 1;
      return silent();
    };
    const checks = ['a.x', 'a.y', 'a.z'].map((id) => check(id, probe, { needs: ['neon'] }));
    time.after(1000, () => stop.abort(new DOMException('stopped', 'AbortError')));
    const answer = await ask(checks, { signal: stop.signal, width: 1 }, time).answer();
    expect([asked, answer.wallMs, answer.verdict.call]).toEqual([1, 1000, 'hold']);
    expect(answer.findings.map((one) => one.said)).toEqual(Array(3).fill('stopped before it answered'));
  });
});
