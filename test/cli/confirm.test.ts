import { describe, expect, it } from 'vitest';
import { confirmHeavy, confirmLight, confirmWords } from '../../src/cli/confirm.ts';
import { makeTestContext } from '../support/test-context.ts';

const change = { env: 'production', inFull: 'release deploy v2.1.0 --env production --yes' };
const open = { terminal: { canAsk: true } };

describe('a heavy change', () => {
  it('goes on when the name of the environment was typed', async () => {
    const { context, asked } = makeTestContext({ ...open, answers: ['production'] });
    await confirmHeavy(context, change);
    expect(asked).toEqual(['Type the environment name to go on:']);
  });

  it('does nothing for any other answer', async () => {
    for (const answer of ['yes', '', 'prod']) {
      const { context } = makeTestContext({ ...open, answers: [answer] });
      await expect(confirmHeavy(context, change)).rejects.toMatchObject({
        code: 'E_ANSWERED_NO',
        message: `"${answer}" is not its name. Nothing was done.`,
      });
    }
  });

  it('refuses without a terminal and shows the line to type', async () => {
    const { context } = makeTestContext({ command: 'deploy' });
    await expect(confirmHeavy(context, change)).rejects.toMatchObject({
      code: 'E_CONFIRM_IN_FULL',
      text: {
        what: 'deploy changes production and this is not a terminal.',
        next: 'Say so in full: release deploy v2.1.0 --env production --yes',
      },
    });
  });

  it('says why nobody is asked at a terminal: CI is set, or --no-input', async () => {
    const tty = { stdinIsTty: true, stderrIsTty: true };
    for (const [wanted, why] of [
      [{ terminal: { ...tty, isCi: true } }, 'nothing is asked while CI is set'],
      [{ terminal: tty, flags: { input: false } }, 'nothing is asked with --no-input'],
    ] as const) {
      const { context } = makeTestContext({ command: 'deploy', ...wanted });
      await expect(confirmHeavy(context, change)).rejects.toMatchObject({
        text: { what: `deploy changes production and ${why}.` },
      });
    }
  });

  it('takes --yes only beside a typed --env, also in a terminal', async () => {
    for (const terminal of [{ canAsk: false }, { canAsk: true }]) {
      const { context } = makeTestContext({ terminal, flags: { yes: true, env: 'production' } });
      await expect(confirmHeavy(context, change)).rejects.toMatchObject({ code: 'E_CONFIRM_IN_FULL' });
    }
  });

  it('logs who agreed in a script', async () => {
    const { context, stderr } = makeTestContext({
      flags: { yes: true, env: 'production', envIsTyped: true },
    });
    await confirmHeavy(context, change);
    expect(stderr()).toBe('confirmed by --yes (Dana Ito)\n');
  });
});

describe('a light change', () => {
  it('is a question with no as its default', async () => {
    const { context } = makeTestContext({ ...open, answers: [''] });
    await expect(confirmLight(context, 'Send it?')).rejects.toMatchObject({ code: 'E_ANSWERED_NO' });
  });
});

describe('words that name a loss', () => {
  it('are typed in full or said by their flag', async () => {
    const typed = makeTestContext({ ...open, answers: ['lose 11 minutes'] });
    await confirmWords(typed.context, 'lose 11 minutes', '--accept-data-loss', false);
    const almost = makeTestContext({ ...open, answers: ['lose 10 minutes'] });
    await expect(
      confirmWords(almost.context, 'lose 11 minutes', '--accept-data-loss', false),
    ).rejects.toMatchObject({ code: 'E_ANSWERED_NO' });
    const said = makeTestContext(open);
    await confirmWords(said.context, 'lose 11 minutes', '--accept-data-loss', true);
    expect(said.stderr()).toBe('confirmed by --accept-data-loss (Dana Ito)\n');
  });
});
