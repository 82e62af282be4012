import { describe, expect, it } from 'vitest';
import { judgeRemote } from '../../../src/cli/probe/judge-remote.ts';
import type { RemoteAnswer } from '../../../src/services/git/probe-remote.ts';

const USUAL = 'refs/release/';
const BRANCHES = 'refs/heads/release-ledger/';
const taken = { end: 'taken' } as const;
const refused = { end: 'refused', why: 'GH013' } as const;
const unclear = { end: 'unclear', why: 'no answer in time' } as const;
const place = (prefix: string, push: RemoteAnswer['places'][number]['push']) => ({
  prefix,
  push,
  tookMs: 812,
});

const judge = (answer: Partial<RemoteAnswer>, wanted = USUAL) =>
  judgeRemote(
    { places: [place(USUAL, taken)], atomic: taken, options: refused, left: [], ...answer },
    wanted,
  );
const outcomes = (answer: Partial<RemoteAnswer>, wanted?: string) =>
  Object.fromEntries(judge(answer, wanted).map(({ id, outcome }) => [id.replace('git.', ''), outcome]));

describe('the answer of a git host', () => {
  it('is good when the place is taken and refs move together', () => {
    expect(outcomes({})).toEqual({ 'ledger-place': 'pass', 'atomic-push': 'pass', 'push-options': 'skip' });
    expect(judge({})[0]?.said).toContain('812 ms a push');
  });

  it('is no when the place is refused, with the place that is taken', () => {
    const places = [place(USUAL, refused), place(BRANCHES, taken)];
    expect(outcomes({ places })).toMatchObject({ 'ledger-place': 'fail' });
    expect(judge({ places })[0]?.next).toContain(`ledger: { refs: ${BRANCHES} }`);
    expect(outcomes({ places }, BRANCHES)).toMatchObject({ 'ledger-place': 'pass' });
  });

  it('leads elsewhere when no place is taken', () => {
    const { atomic: _, ...none } = { places: [place(USUAL, refused), place(BRANCHES, refused)], atomic: 0 };
    const [first, second] = judgeRemote({ ...none, left: [] }, USUAL);
    expect(first).toMatchObject({ outcome: 'fail', next: expect.stringContaining('ledger.store: postgres') });
    expect(second).toMatchObject({ id: 'git.atomic-push', outcome: 'unknown' });
  });

  it('is not known, and never good, when nobody knows what became of the push', () => {
    expect(outcomes({ places: [place(USUAL, unclear)], atomic: unclear })).toMatchObject({
      'ledger-place': 'unknown',
      'atomic-push': 'unknown',
    });
  });

  it('is no without atomic pushes: main and tag would move one by one', () => {
    expect(outcomes({ atomic: refused })).toMatchObject({ 'atomic-push': 'fail' });
  });

  it('tells what it left behind, with the line that deletes it', () => {
    const found = judge({ left: ['refs/release/probe-1/one'] }).at(-1);
    expect(found).toMatchObject({
      outcome: 'warn',
      next: expect.stringContaining('git push origin :refs/release/probe-1/one'),
    });
  });
});
