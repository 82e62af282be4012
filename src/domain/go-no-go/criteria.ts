/** One line of the runbook's lists of what must be true for a GO, and what makes it a NO-GO. */
export interface Criterion {
  /** `go.e2e`, permanent. */
  readonly id: string;
  readonly row: string;
  /** As it reads when it is fulfilled. */
  readonly text: string;
  /** Ids of the checks that answer it; `app.*` is a whole room. */
  readonly from: readonly string[];
  /** Roles of whom the first that the runbook has must say it: no check can. */
  readonly saidBy?: readonly string[];
}

const E2E = ['tests.e2e'];
const BUGS = ['source.open-bugs'];
const VULNERABILITIES = ['security.audit', 'security.scanners'];
const PARITY = ['parity.likeness'];
const BACKUP = ['database.backed-up', 'database.restore-window', 'database.capacity'];
const STAFFED = ['people.roles-staffed'];

/** GO-01 to GO-09: all of them must be fulfilled (GO-10). NG-01 to NG-07: one that is not is a NO-GO (NG-08). */
export const CRITERIA: readonly Criterion[] = [
  { id: 'go.e2e', row: 'GO-01', text: 'End-to-end tests passed', from: E2E },
  { id: 'go.bugs', row: 'GO-02', text: 'No open P0 or P1 bug', from: BUGS },
  { id: 'go.uat', row: 'GO-03', text: 'UAT signed off', from: [], saidBy: ['product-owner'] },
  { id: 'go.vulnerabilities', row: 'GO-04', text: 'No grave vulnerability', from: VULNERABILITIES },
  { id: 'go.parity', row: 'GO-05', text: 'Staging like production', from: PARITY },
  { id: 'go.backup', row: 'GO-06', text: 'Database can be restored', from: BACKUP },
  { id: 'go.on-call', row: 'GO-07', text: 'On-call is ready', from: STAFFED, saidBy: ['on-call'] },
  {
    id: 'go.rollback',
    row: 'GO-08',
    text: 'Rollback is understood',
    from: [],
    saidBy: ['rollback-lead', 'deployment-lead'],
  },
  {
    id: 'go.environment',
    row: 'GO-09',
    text: 'Environment is healthy',
    from: ['app.*', 'database.*', 'payments.*'],
  },
  { id: 'no-go.bugs', row: 'NG-01', text: 'No P0 or P1 bug in the candidate', from: BUGS },
  { id: 'no-go.e2e', row: 'NG-02', text: 'End-to-end tests above the limit', from: E2E },
  {
    id: 'no-go.vulnerabilities',
    row: 'NG-03',
    text: 'No vulnerability above the limit',
    from: VULNERABILITIES,
  },
  { id: 'no-go.staging', row: 'NG-04', text: 'Staging is healthy', from: ['app.staging'] },
  { id: 'no-go.backup', row: 'NG-05', text: 'Backup did not fail', from: BACKUP },
  { id: 'no-go.on-call', row: 'NG-06', text: 'Everybody needed is there', from: STAFFED },
  { id: 'no-go.parity', row: 'NG-07', text: 'Likeness of staging above the limit', from: PARITY },
];
