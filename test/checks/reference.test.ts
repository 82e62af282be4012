import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { sayDuration, seconds } from '../../src/domain/duration.ts';
import { GATES } from '../../src/domain/finding.ts';
import type { Check } from '../../src/kit.ts';

const USUAL_MS = seconds(10);

const listed = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1));
const roomOf = ({ id }: Check): string => id.split('.')[0] ?? id;
const rooms = [...new Set(listed.map(roomOf))];
const rowsOf = ({ runbook }: Check): readonly string[] => [runbook].flat();

const row = (check: Check): string => {
  const gates = check.gates.join(', ');
  const marks = [
    ...(check.weight === 'advisory' ? [' (advisory)'] : []),
    ...(check.releaseOnly ? [' ¹'] : []),
  ].join('');
  const timeout = sayDuration(check.timeoutMs ?? USUAL_MS);
  const needs = check.needs.join(', ') || '–';
  return `| \`${check.id}\` | ${check.title}${marks} | ${gates} | ${needs} | ${timeout} | ${rowsOf(check).join(', ')} |`;
};

const document = [
  '# Checks',
  '',
  'Made from `checks/` by `npx vitest run test/checks/reference.test.ts -u`.',
  '',
  'A check asks the world a question and changes nothing. Each is a blocker unless it says advisory: a fail is NO-GO, and',
  'no answer within its time is "unknown", which is HOLD. A check whose services are not configured is not asked, and the',
  'screen says so. `release preflight --list` shows those of the next preflight; `--waive <id> --reason "…"` accepts one',
  'finding, visibly. The last column names the rows of the runbook that the check answers.',
  '',
  '¹ Preflight asks it of a release, and not of a candidate that comes to [staging](staging.md) to be tested.',
  ...rooms.flatMap((room) => [
    '',
    `## ${room}`,
    '',
    '| Id | Duty | Asked by | Services | Longest | Rows |',
    '|---|---|---|---|---|---|',
    ...listed.filter((check) => roomOf(check) === room).map(row),
  ]),
  '',
].join('\n');

describe('the reference of the checks', () => {
  it('docs/checks.md says what the checks say', async () => {
    await expect(document).toMatchFileSnapshot('../../docs/checks.md');
  });
});

describe('every check', () => {
  it('has an id of its own: the room that it stands in, and the name of its file', () => {
    const files = readdirSync('checks', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.check.ts'))
      .map((path) => path.replace('.check.ts', '').replace('/', '.'));
    expect(listed.map(({ id }) => id)).toEqual(files.sort());
    for (const { id } of listed) expect(id).toMatch(/^[a-z]+\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it('answers a row of the runbook and is asked by a gate', () => {
    for (const check of listed) {
      expect(rowsOf(check).length, check.id).toBeGreaterThan(0);
      for (const gate of check.gates) expect(GATES, check.id).toContain(gate);
      expect(check.gates.length, check.id).toBeGreaterThan(0);
    }
  });
});
