import { describe, expect, it } from 'vitest';
import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { handOver, makeHandoffWorld } from './handoff-world.ts';

const ASKED = ['a10', 'a12', 'a13', 'a14', 'a16', 'a17', 'a18', 'a19', 'a26', 'a27', 'a28'];
const links = { links: { dashboard: 'https://boards.example' } };

const ids = (questions: readonly string[]) => questions.map((one) => /^\s*(a\d+)/.exec(one)?.[1]);

describe('a handoff at a terminal', () => {
  it('asks what only people know, and nothing that evidence objects to', async () => {
    const shop = makeHandoffWorld({ canAsk: true, runbook: links });
    const questions: string[] = [];
    const type = async ({ question }: { question: string }) => {
      questions.push(question);
      return '';
    };
    await runHandoff(['after'], {}, { ...shop.context, ask: { ...shop.context.ask, type } }, shop.wired);
    expect(ids(questions)).toEqual(ASKED);
  });

  it('records each answer at once, leaves one for later at Enter, and says why one is not taken', async () => {
    const answers = ['perhaps', 'Kim at 12:04', ...ASKED.slice(2).map(() => '')];
    const shop = makeHandoffWorld({ canAsk: true, answers });
    await runHandoff(['after'], {}, shop.context, shop.wired);
    expect(shop.stderr()).toContain('a10 takes none, listed.');
    const again = await handOver(
      { ...shop, context: { ...shop.context, terminal: { ...shop.context.terminal, canAsk: false } } },
      'after',
    );
    expect([again.item('a10')?.state, again.item('a12')?.state, again.item('a13')?.state]).toEqual([
      'open',
      'done',
      'open',
    ]);
  });

  it('says what is on record when somebody leaves in the middle', async () => {
    const shop = makeHandoffWorld({ canAsk: true });
    let count = 0;
    const type = async (): Promise<string> => {
      count += 1;
      if (count === 1) return 'none';
      throw new ReleaseError('E_ANSWERED_NO', { what: 'Nothing was done.', next: '', state: 'untouched' });
    };
    const context = { ...shop.context, ask: { ...shop.context.ask, type } };
    await expect(runHandoff(['after'], {}, context, shop.wired)).rejects.toMatchObject({
      code: 'E_ANSWERED_NO',
      text: { what: 'Left at a12; 1 answer is on record.', state: 'partly-done' },
    });
    expect(shop.events.filter(({ type: kind }) => kind === 'handoff.answered')).toHaveLength(1);
  });
});
