import { describe, expect, it } from 'vitest';
import { judgeFindings } from '../../src/domain/verdict.ts';
import { makePaint } from '../../src/report/color.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { sayRun } from '../../src/report/verdict-run.ts';
import { sayGate } from '../../src/report/verdict-text.ts';
import { finding } from '../support/run-events.ts';

const look = { paint: makePaint(false), ascii: false, columns: 80 };
const findings = [
  finding('app.health', { said: 'health 200 in 74 ms' }),
  finding('database.blocking-queries', {
    outcome: 'fail',
    said: '1 query blocked for 48 s (limit 30 s), pid 4412 ALTER TABLE assessments ADD COLUMN score integer',
    remedy: 'Let it end, or stop it with pg_cancel_backend(4412).',
  }),
  finding('payments.webhook', { outcome: 'warn', weight: 'advisory', said: 'answered after 190 ms of 200' }),
];
const story = {
  title: 'release preflight v2.1.0',
  env: 'production',
  isProtected: true,
  url: 'https://shop.example.com',
  findings,
  verdict: judgeFindings(findings),
  absent: ['app.tls (web not configured)'],
  now: new Date('2025-10-01T14:00:00Z'),
  tookMs: 39_000,
};

describe('the screen of a gate', () => {
  it('shows rooms, troubles in full, the call and why', () => {
    expect(sayGate(story, look)).toMatchInlineSnapshot(`
      "release preflight v2.1.0                   PRODUCTION   shop.example.com

        ✔ app          1/1    health 200 in 74 ms
        ✖ database     0/1
            ✖ database.blocking-queries
               1 query blocked for 48 s (limit 30 s), pid 4412 ALTER TABLE assessments
               ADD COLUMN score integer
        ▲ payments     0/1
            ▲ payments.webhook (advisory)
               answered after 190 ms of 200

        not asked: app.tls (web not configured)

        NO-GO   1 failed · 1 warned · 1 passed   39 s · 3 checks

        Why      database.blocking-queries
                 Let it end, or stop it with pg_cancel_backend(4412)."
    `);
  });

  it('keeps to 80 columns', () => {
    const many = (outcome: 'fail' | 'unknown' | 'warn' | 'pass' | 'skip', count: number) =>
      Array.from({ length: count }, (_, i) => finding(`a.${outcome}${i}`, { outcome }));
    const all = [
      ...many('fail', 4),
      ...many('unknown', 3),
      ...many('warn', 3),
      ...many('pass', 31),
      ...many('skip', 1),
    ];
    const long = { ...story, findings: all, verdict: judgeFindings(all) };
    for (const line of [...sayGate(story, look).split('\n'), ...sayGate(long, look).split('\n')])
      expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('cuts between two words', () => {
    const said = '127.0.0.1 has 1 address, 100 ms';
    const [, , room] = sayGate(
      { ...story, findings: [finding('app.dns', { said: `${said}; ${said}` })] },
      look,
    ).split('\n');
    expect(room).toBe('  ✔ app          1/1    127.0.0.1 has 1 address, 100 ms; 127.0.0.1 has 1 …');
  });

  it('says what to do about all that is in the way, also what is not known beside a NO-GO', () => {
    const all = [...findings, finding('a.dark', { outcome: 'unknown', remedy: 'Light the lamp.' })];
    const screen = sayGate({ ...story, findings: all, verdict: judgeFindings(all) }, look);
    expect(screen).toContain('Light the lamp.');
  });

  it('GO-10: the GO of a part says that it is no verdict on the release', () => {
    const [health] = findings.slice(0, 1);
    const part = { ...story, findings: [health as (typeof findings)[0]], ofChecks: 42 };
    const screen = sayGate({ ...part, verdict: judgeFindings(part.findings) }, look);
    expect(screen).toContain(
      'GO   1 passed   39 s · 1 check\n       only 1 of 42 checks were asked: no verdict on the release',
    );
  });
});

describe('the end of a run', () => {
  const run = {
    command: 'deploy',
    env: 'production',
    version: 'v2.1.0',
    said: 'smoke said no',
    tookMs: 532_000,
  } as const;
  const end = (verdict: Parameters<typeof sayRun>[0]['verdict']) =>
    sayRun({ ...run, verdict, facts: [] }, look);

  it('says live only when it is', () => {
    expect(end('completed')).toBe('  ✔ v2.1.0 is live on production.   8 min 52 s');
    for (const verdict of ['reverted', 'failed', 'paused', 'in-doubt', 'fenced', 'unsafe'] as const) {
      expect(end(verdict)).not.toContain('is live');
      expect(end(verdict)).toContain('smoke said no');
    }
  });

  it('ux 2.11: is wrapped between its words, remedy and all', () => {
    const remedy =
      'Look at what holds the lock of assessments, end it or wait for it, then go on with --resume.';
    const said = `migrate failed: ${'the lock was not given within 3 s '.repeat(5).trim()}`;
    for (const verdict of ['reached', 'failed', 'unsafe'] as const) {
      const told = sayRun({ ...run, said, verdict, facts: [remedy] }, look);
      for (const line of told.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
      expect(told.replace(/\s+/g, ' ')).toContain(`${said} ${remedy}`);
    }
  });

  it('calls for a person when production is not known to be good', () => {
    for (const verdict of ['in-doubt', 'unsafe'] as const)
      expect(end(verdict)).toContain('A person is needed');
  });
});
