import type { HandoffItem } from './item.ts';
import { auto, both, inGroup, person } from './make-item.ts';

export type AfterFact =
  | 'deployed'
  | 'smoke'
  | 'no-rollback'
  | 'version'
  | 'errors'
  | 'p95'
  | 'query-p95'
  | 'users'
  | 'payments'
  | 'alerts'
  | 'dashboard'
  | 'logs'
  | 'runbook'
  | 'watch'
  | 'payment-rule'
  | 'escalation'
  | 'previous'
  | 'way-back'
  | 'backup'
  | 'authority'
  | 'announced'
  | 'notes'
  | 'mail';

/** Who meets two hours after users came (HOO-00). Roles of this release, never titles (E-110). */
export const AFTER_ROLES = ['deployment-lead', 'on-call', 'sre-lead'] as const;

/** Operations to on-call (HOO-01 to HOO-28): what somebody needs who was not there. */
export const AFTER: readonly HandoffItem<AfterFact>[] = [
  ...inGroup<AfterFact>('Deployment', [
    auto('a1', 'HOO-01', 'Deployment completed', { facts: ['deployed'] }),
    auto('a2', 'HOO-02', 'Smoke tests passed', { facts: ['smoke'] }),
    auto('a3', 'HOO-03', 'No rollback was needed', { facts: ['no-rollback'] }),
    auto('a4', 'HOO-04', 'Version that is live', { facts: ['version'] }),
  ]),
  ...inGroup<AfterFact>('Measurements', [
    auto('a5', 'HOO-05', 'Failed requests', { facts: ['errors'] }),
    auto('a6', 'HOO-06', 'P95 of requests', { facts: ['p95'] }),
    auto('a7', 'HOO-07', 'P95 of queries', { facts: ['query-p95'] }),
    auto('a8', 'HOO-08', 'Active users', { facts: ['users'] }),
    auto('a9', 'HOO-09', 'Payments that succeed', { facts: ['payments'] }),
  ]),
  ...inGroup<AfterFact>('Known issues', [
    person('a10', 'HOO-10', 'No known issues, or they are listed', 'Are there known issues?', {
      choices: ['none', 'listed'],
    }),
    person(
      'a11',
      'HOO-11',
      'Known issues',
      'Each as: what / P0 to P3 / workaround; the next after a semicolon',
      { onlyWhen: { item: 'a10', says: 'listed' }, shape: 'issues' },
    ),
  ]),
  ...inGroup<AfterFact>('Where to look', [
    both(
      'a12',
      'HOO-12',
      'Alerts configured and tested',
      { facts: ['alerts'] },
      'When was a test alert received, and by whom?',
    ),
    both('a13', 'HOO-13', 'Dashboard', { facts: ['dashboard'] }, 'Does on-call reach the dashboard?'),
    both('a14', 'HOO-14', 'Logs arrive', { facts: ['logs'] }, 'How old is the newest line of the logs?'),
    auto('a15', 'HOO-15', 'Written runbook', { facts: ['runbook'] }),
  ]),
  ...inGroup<AfterFact>('What on-call does', [
    both(
      'a16',
      'HOO-16',
      'Watches failed requests for four hours',
      { facts: ['watch'] },
      'Who of on-call watches, and until when? (release watch --for 4h)',
    ),
    person('a17', 'HOO-17', 'Reads support tickets', 'Who reads the tickets?'),
    both(
      'a18',
      'HOO-18',
      'Hears of failing payments',
      { facts: ['payment-rule'] },
      'Who is called when payments fail?',
    ),
    person('a19', 'HOO-19', 'Reads the logs every hour', 'Who of on-call reads them?'),
    auto('a20', 'HOO-20', 'Calls for P0 and P1, in this order', { facts: ['escalation'] }),
  ]),
  ...inGroup<AfterFact>('Way back', [
    auto('a21', 'HOO-21', 'Earlier stable version', { facts: ['previous'] }),
    auto('a22', 'HOO-22', 'How to go back', { facts: ['way-back'] }),
    auto('a23', 'HOO-23', 'Backup', { facts: ['backup'] }),
    auto('a24', 'HOO-24', 'Who may order a rollback', { facts: ['authority'] }),
  ]),
  ...inGroup<AfterFact>('Who was told', [
    auto('a25', 'HOO-25', 'Announced in the channels', { facts: ['announced'] }),
    both('a26', 'HOO-26', 'Release notes for customers', { facts: ['notes'] }, 'Are they published?', {
      choices: ['yes', 'no'],
    }),
    person('a27', 'HOO-27', 'Support briefed', 'Who of support was briefed, and when? "no" when nobody was'),
    both('a28', 'HOO-28', 'Stakeholders told', { facts: ['mail'] }, 'Were the stakeholders told?', {
      choices: ['yes', 'no'],
    }),
  ]),
];
