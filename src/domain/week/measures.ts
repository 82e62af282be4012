/** Something that is to be read on and on after a release. */
export interface Measure {
  /** Its row of the runbook. */
  readonly row: string;
  readonly what: string;
  /** Rules of the configuration that read it, where there are such. */
  readonly rules: readonly string[];
}

/** What the runbook wants to be read on and on (CMM rows). No source is known for those whose rules the shipped runbook lacks. */
export const MEASURES: readonly Measure[] = [
  { row: 'CMM-01', what: 'failed requests', rules: ['error-percent'] },
  { row: 'CMM-02', what: 'response times', rules: ['p95-ms', 'p99-ms'] },
  { row: 'CMM-03', what: 'database queries', rules: ['query-p95-ms'] },
  { row: 'CMM-04', what: 'background jobs that succeed', rules: ['job-success-percent'] },
  { row: 'CMM-05', what: 'assessments that are made', rules: ['assessments-per-hour'] },
  { row: 'CMM-06', what: 'PDF exports that succeed', rules: ['pdf-export-success-percent'] },
  { row: 'CMM-07', what: 'payments that succeed', rules: ['payment-success-percent'] },
  { row: 'CMM-08', what: 'engagement of users', rules: ['engagement'] },
  { row: 'CMM-09', what: 'resources of the host', rules: ['host-percent'] },
  { row: 'CMM-10', what: 'database connections', rules: ['pool-percent'] },
  { row: 'CMM-11', what: 'memory and CPU', rules: ['memory-percent', 'cpu-percent'] },
  { row: 'CMM-12', what: 'use of API rate limits', rules: ['rate-limit-percent'] },
];
