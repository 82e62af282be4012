import { REVIEWS } from '../../domain/approvals/review.ts';
import type { CommandSpec } from './spec.ts';

export const approve: CommandSpec = {
  name: 'approve',
  group: 'Release day',
  summary: 'sign what you decide: GO or NO-GO, bound to the evidence',
  args: [{ name: 'version', about: 'in full, like v2.1.0' }],
  options: [
    {
      flags: '--point <point>',
      about: 'which decision or review; default: the decision that comes next',
      choices: ['1', '2', '3', '4', ...REVIEWS],
    },
    { flags: '--as <role>', about: 'the role you sign as' },
    { flags: '--no-go', about: 'says no, with --comment; one is enough' },
    { flags: '--comment <text>', about: 'stands beside the sign-off' },
    { flags: '--key <file>', about: 'SSH key to sign with; default: the one git signs with' },
    { flags: '--for <person>', about: 'writes down what somebody else has said' },
    { flags: '--proof <url>', about: 'with --for: where they have said it' },
    { flags: '--revoke', about: 'takes your word back' },
    { flags: '--require', about: 'exit 3 while it is incomplete; alone it signs nothing' },
  ],
  examples: [
    { line: 'release approve v2.1.0', says: 'shows what you sign, and asks' },
    { line: 'release approve v2.1.0 --no-go --comment "payments are slow"', says: 'puts the release off' },
    {
      line: 'release approve v2.1.0 --point security',
      says: 'a review that decision 1 rests on',
    },
    { line: 'release approve v2.1.0 --as qa-lead --yes', says: 'in a script' },
    { line: 'release approve --point 3', says: 'did the critical minutes go well?' },
    { line: 'release approve v2.1.0 --require', says: 'has everybody signed? (exit 0 or 3)' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 recorded · 2 not listed in people · 3 refused, or incomplete with --require · 5 closed',
};
