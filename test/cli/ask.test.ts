import { describe, expect, it } from 'vitest';
import { answeredNo, makeAsk } from '../../src/cli/ask.ts';
import { exitCodeOf } from '../../src/cli/exit-by-code.ts';
import { failureOf } from '../support/failure-of.ts';

const question = { question: 'Type the environment name to go on:', flag: '--env production --yes' };
const choosing = { question: 'Back to which version?', flag: '--to <version>', choices: ['v2.0.3'] };

describe('a question while input is off', () => {
  const ask = makeAsk(false, new AbortController().signal);

  it.each([
    ['y/N', () => ask.confirm(question), question],
    ['a line', () => ask.type(question), question],
    ['a choice', () => ask.choose(choosing), choosing],
  ] as const)(
    'is refused with exit 2, what it would ask and the flag: %s',
    async (_, put, { question, flag }) => {
      const { code, text } = await failureOf(put());
      expect(code).toBe('E_INPUT_OFF');
      expect(exitCodeOf(code)).toBe(2);
      expect(text.what).toBe(`I would ask "${question}" here, but input is off (--no-input).`);
      expect(text.next).toBe(`Pass ${flag}.`);
    },
  );
});

describe('a no', () => {
  it('says that nothing was done, with a code that no script takes for success', () => {
    expect(answeredNo().text.what).toBe('Nothing was done.');
    expect(exitCodeOf(answeredNo().code)).toBe(130);
  });

  it('is also the answer of a stop that came before the question', async () => {
    const stopped = AbortSignal.abort();
    const ask = makeAsk(true, stopped);
    for (const put of [ask.confirm(question), ask.type(question), ask.choose(choosing)])
      expect((await failureOf(put)).code).toBe('E_ANSWERED_NO');
  });
});
