import { describe, expect, it } from 'vitest';
import { OWN } from '../support/own-runbook.ts';

const { runbook } = OWN;
const { thresholds, window, monitoring, smoke } = runbook;
const { production } = runbook.environments;

describe('thresholds', () => {
  it('PRE-25: the window is Tuesday to Thursday, 10:00 to 14:00 in New York, last start 11:30 (E-05)', () => {
    expect(window).toMatchObject({
      days: ['Tue', 'Wed', 'Thu'],
      from: '10:00',
      to: '14:00',
      lastStartBefore: 150,
    });
    expect(runbook.timezone).toBe('America/New_York');
  });

  it('DAY-15: after a NO-GO the release is postponed by 24 to 48 hours', () => {
    expect(window?.postponeHours).toEqual([24, 48]);
  });

  it.each([
    ['ENV-03: a certificate warns at 30 days and fails at 7', thresholds.tls, { warnDays: 30, failDays: 7 }],
    ['ENV-06: less than 80 % of the connections are in use', thresholds.pool.maxPercent, 80],
    ['ENV-08: no query is blocked for more than 30 seconds', thresholds.blockingSeconds, 30],
    [
      'GO-05, NG-07, PAR-05: parity is GO above 90 and NO-GO below 80',
      [thresholds.parity.go, thresholds.parity.noGo],
      [90, 80],
    ],
    ['GO-01, NG-02, PRE-14: 95 % of E2E scenarios pass', thresholds.e2ePassPercent, 95],
    ['GO-04, NG-03: a finding blocks from CVSS 7.0 on', thresholds.cvss, 7],
    ['PRE-10, SUC-02: P95 is below 200 ms and P99 below 500', thresholds.api, { p95Ms: 200, p99Ms: 500 }],
    ['PRE-11: a page loads in less than 2 seconds', thresholds.pageLoadMs, 2000],
    ['PRE-12, SUC-04: a query takes less than 100 ms', thresholds.queryP95Ms, 100],
    [
      'SUC-01, EXT-01: errors stay below 0.5 %, later below 1 %',
      thresholds.errorPercent,
      { first30: 0.5, later: 1 },
    ],
    ['SUC-06: less than 0.1 % of logins fail', thresholds.loginFailurePercent, 0.1],
    ['EXT-04: fewer than 5 complaints', thresholds.complaints, 5],
    ['HOO-09: 98 % of payments succeed', thresholds.paymentSuccessPercent, 98],
    ['SUC-08: 48 clean hours make a success', monitoring.successHours, 48],
    ['MIG-09: the restore window covers watch and 24 hours (E-44)', production?.neon?.minRetentionHours, 26],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted);
  });
});

describe('the smoke scenario', () => {
  const calls = smoke?.calls ?? [];
  const call = (row: string) => calls.find((one) => one.row === row);

  it('SMK-00: runs the thirteen calls, with enough samples for a P95, within five minutes', () => {
    expect(calls.map((one) => one.row)).toEqual(
      Array.from({ length: 13 }, (_, i) => `SMK-${String(i + 1).padStart(2, '0')}`),
    );
    expect(smoke).toMatchObject({ deadlineSeconds: 300, samples: 124, writeSamples: 5, p95: 'here' });
  });

  it('SMK-01F: the health answer must carry the version that was deployed (E-78)', () => {
    expect(call('SMK-01')?.body).toEqual({ status: 'ok', version: '{version}', timestamp: 'is:string' });
  });

  it('SMK-03F: credentials come from secrets (E-70)', () => {
    expect(call('SMK-03')?.json).toEqual({ email: '{email}', password: '{password}' });
    expect(production?.smoke).toMatchObject({ user: '$SMOKE_USER', password: '$SMOKE_PASSWORD' });
  });

  it('SMK-07F: no id is written down; each comes from an earlier answer (E-71)', () => {
    const paths = calls.flatMap((one) => [one.path, JSON.stringify(one.undo ?? '')]);
    expect(paths.filter((path) => /\/\d/.test(path))).toEqual([]);
    expect(call('SMK-07')?.path).toBe('/api/assessments/{assessmentId}');
    expect(call('SMK-11')?.fields).toEqual({ questionId: '{questionId}' });
  });

  it('SMK-06F, SMK-11F, SMK-12F: what is created is marked or taken away (E-72)', () => {
    expect(call('SMK-06')?.json).toMatchObject({ name: 'smoke:{version} {run}' });
    for (const row of ['SMK-06', 'SMK-11', 'SMK-12'])
      expect(call(row)).toMatchObject({ writes: true, undo: { method: 'DELETE' } });
  });

  it('SMK-08F: the webhook event is signed and nobody acts on it (E-59, E-74)', () => {
    expect(call('SMK-08')).toMatchObject({ signed: 'stripe', status: [200], body: { received: true } });
    expect(call('SMK-08')?.json?.type).not.toMatch(/checkout|payment|invoice|customer|charge/);
  });

  it('SMK-09F: the price comes from the configuration, or the call is left out (E-73)', () => {
    expect(call('SMK-09')).toMatchObject({ json: { priceId: '{checkoutPrice}' }, needs: 'checkout-price' });
  });

  it('SMK-13F: the export is awaited for 60 seconds and must be a PDF (E-75)', () => {
    expect(call('SMK-13')).toMatchObject({ until: { everySeconds: 1, forSeconds: 60 }, starts: '%PDF-' });
  });

  it('SUC-03: login, creation and payment are the critical path', () => {
    const critical = calls.filter((one) => one.critical).map((one) => one.id);
    expect(critical).toEqual(expect.arrayContaining(['login', 'create-assessment', 'checkout']));
  });
});

describe('integrity queries', () => {
  const query = (row: string) => runbook.integrity.find((one) => one.row === row);
  const sqlOf = (row: string): string => {
    const found = query(row);
    return found !== undefined && 'sql' in found ? found.sql : '';
  };

  it('DAT-01: no assessment may be lost, our own records left out', () => {
    expect(query('DAT-01')).toMatchObject({
      expect: 'no-row-lost',
      table: 'assessments',
      key: 'id',
      where: "name not like 'smoke:%'",
      percent: 5,
    });
  });

  it('DAT-02: the users of seven days, up to the baseline (E-26)', () => {
    expect(query('DAT-02')).toMatchObject({
      ...{ expect: 'no-row-lost', table: 'users', until: 'created_at' },
      where: "created_at >= {baseline} - interval '7 days'",
    });
  });

  it('DAT-03: the files of twenty-four hours, up to the baseline (E-26)', () => {
    expect(query('DAT-03')).toMatchObject({
      ...{ expect: 'no-row-lost', table: 'evidence_files', until: 'uploaded_at' },
      where: "uploaded_at >= {baseline} - interval '24 hours'",
    });
  });

  it('DAT-04: no assessment without a facility', () => {
    expect(query('DAT-04')?.expect).toBe('zero');
    expect(sqlOf('DAT-04')).toContain('left join facilities');
  });

  it('DAT-05: no active subscriber whom Stripe does not know', () => {
    expect(query('DAT-05')?.expect).toBe('zero');
    expect(sqlOf('DAT-05')).toContain("subscription_status = 'active' and stripe_customer_id is null");
  });

  it('DAT-06: five percent is for growth; the counts themselves tolerate no loss', () => {
    const growth = runbook.integrity.filter(({ row }) => row === 'DAT-06');
    expect(growth.map((one) => ('sql' in one ? one.sql : ''))).toEqual([
      'select count(*) from users',
      'select count(*) from evidence_files',
    ]);
    for (const one of growth) expect(one).toMatchObject({ expect: 'within-percent', percent: 5 });
  });

  it('DAT-07: no foreign key is left unvalidated or switched off', () => {
    expect(query('DAT-07')?.expect).toBe('zero');
    expect(sqlOf('DAT-07')).toContain('not convalidated');
  });

  it('DAT-08: no orphan behind any foreign key', () => {
    expect(query('DAT-08')).toMatchObject({ expect: 'no-orphans' });
  });

  it('E-26: no window moves with the clock', () => {
    for (const one of runbook.integrity) expect(JSON.stringify(one)).not.toMatch(/\bnow\(\)|current_/i);
  });
});
