import { expect, it } from 'vitest';
import { exitOf } from '../../../src/cli/preflight/exit-of.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { judgeFindings } from '../../../src/domain/verdict.ts';
import { finding } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';

const { context } = makeTestContext({});
const waived = { check: 'a.b', by: 'Sam Example', reason: 'known' };
const fine = finding('a.fine');
const failed = finding('b.failed', { outcome: 'fail' });
const silent = finding('c.silent', { outcome: 'unknown' });
const keyless = finding('d.keyless', { outcome: 'unknown', credential: 'missing' });
const refused = finding('e.refused', { outcome: 'unknown', credential: 'refused' });
const advisory = (one: Finding): Finding => ({ ...one, weight: 'advisory' });

const exits = (findings: readonly Finding[]): readonly number[] => {
  const answer = { findings, verdict: judgeFindings(findings) };
  return [exitOf(answer, context, false), exitOf(answer, context, true)];
};

it.each<[string, readonly Finding[], number, number]>([
  ['GO', [fine], 0, 0],
  ['nobody looked', [], 3, 3],
  ['NO-GO', [fine, failed], 3, 3],
  ['HOLD', [fine, silent], 3, 3],
  ['a missing secret', [fine, keyless], 4, 0],
  ['a missing and a refused one', [keyless, refused], 4, 4],
  ['a refused secret', [fine, refused], 4, 4],
  ['a refused secret beside a failure', [refused, failed], 3, 3],
  ['a refused secret beside silence', [refused, silent], 4, 4],
  ['a missing secret beside a failure', [keyless, failed], 4, 4],
  ['a missing secret beside silence', [keyless, silent], 4, 4],
  ['a missing secret that is waived', [fine, { ...keyless, waived }], 0, 0],
  ['a missing secret that is waived, beside a failure', [{ ...keyless, waived }, failed], 3, 3],
  ['a missing secret of an advisory check', [fine, advisory(keyless)], 0, 0],
  ['a refused secret of an advisory check, beside silence', [advisory(refused), silent], 3, 3],
])('of %s is what the contract says, without and with --allow-skips', (_, findings, plain, allowed) => {
  expect(exits(findings)).toEqual([plain, allowed]);
});
