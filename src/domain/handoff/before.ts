import type { HandoffItem } from './item.ts';
import { auto, both, inGroup, person } from './make-item.ts';

export type BeforeFact =
  | 'deploy-plan'
  | 'known-issues'
  | 'api-changes'
  | 'stakeholders'
  | 'acceptance'
  | 'security'
  | 'performance';

/** Who meets at T-1 (HOP-00). */
export const BEFORE_ROLES = ['engineering-lead', 'devops-lead', 'qa-lead'] as const;

/** Development to operations (HOP-01 to HOP-24): what a deployment of this candidate needs to be true. */
export const BEFORE: readonly HandoffItem<BeforeFact>[] = [
  ...inGroup<BeforeFact>('Code and documentation', [
    auto('b1', 'HOP-01', 'Release branch tagged and frozen', {
      checks: ['source.frozen', 'source.tested-tree', 'source.release-branch'],
    }),
    auto('b2', 'HOP-02', 'Changelog names all changes', { checks: ['source.changelog'] }),
    auto('b3', 'HOP-03', 'Version numbers updated', { checks: ['source.version-files'] }),
    both(
      'b4',
      'HOP-04',
      'Migrations reviewed and tested',
      { checks: ['migrations.lint', 'migrations.rollback-scripts', 'migrations.rehearsal'] },
      'Who reviewed the migrations, beside their author? "none" when there are none',
    ),
  ]),
  ...inGroup<BeforeFact>('Tests', [
    auto('b5', 'HOP-05', 'End-to-end tests passed', { checks: ['tests.e2e'] }),
    person(
      'b6',
      'HOP-06',
      'Acceptance signed by the product owner',
      'Which product owner accepted it, and where is that recorded?',
      { facts: ['acceptance'] },
    ),
    auto('b7', 'HOP-07', 'Performance meets the baseline', {
      checks: ['tests.performance'],
      facts: ['performance'],
    }),
    auto('b8', 'HOP-08', 'No severe vulnerability', {
      checks: ['security.audit', 'security.scanners'],
      facts: ['security'],
    }),
  ]),
  ...inGroup<BeforeFact>('Instructions', [
    auto('b9', 'HOP-09', 'Deployment plan', { facts: ['deploy-plan'] }),
    both(
      'b10',
      'HOP-10',
      'Way back reviewed',
      { checks: ['people.rollback-rehearsed'] },
      'Has the way back been read, and by whom? (release rollback --rehearse tries it, --plan shows it)',
    ),
    both(
      'b11',
      'HOP-11',
      'Known issues in the release notes',
      { facts: ['known-issues'] },
      'Are these all known issues? "none" when there are none',
    ),
    both(
      'b12',
      'HOP-12',
      'API changes documented',
      { facts: ['api-changes'] },
      'Where are changes of the API documented? "none" when there are none',
    ),
  ]),
  ...inGroup<BeforeFact>('Environments', [
    auto('b13', 'HOP-13', 'Candidate runs on staging', { checks: ['app.staging'] }),
    auto('b14', 'HOP-14', 'Staging is like production', { checks: ['parity.likeness'] }),
    auto('b15', 'HOP-15', 'Backup can be made and reaches far enough back', {
      checks: ['database.backed-up', 'database.restore-window'],
    }),
    auto('b16', 'HOP-16', 'Production is healthy', {
      checks: ['app.health', 'database.connect', 'database.blocking-queries', 'database.schema-version'],
    }),
  ]),
  ...inGroup<BeforeFact>('Risk and communication', [
    person('b17', 'HOP-17', 'Risk register reviewed', 'Where is the risk register, and who reviewed it?'),
    person(
      'b18',
      'HOP-18',
      'Criteria for a rollback understood',
      'Have all signers read when a rollback is ordered? (release config print rules, docs/go-no-go.md)',
    ),
    auto('b19', 'HOP-19', 'Incident team is there', { checks: ['people.roles-staffed'] }),
    auto('b20', 'HOP-20', 'Everybody who is to be told can be', {
      checks: ['people.channels-routed'],
      facts: ['stakeholders'],
    }),
  ]),
  ...inGroup<BeforeFact>('Infrastructure', [
    auto('b21', 'HOP-21', 'Host of production verified', { checks: ['app.dns', 'app.tls', 'app.health'] }),
    both(
      'b22',
      'HOP-22',
      'Database has room',
      { checks: ['database.capacity', 'database.pool-headroom'] },
      'Is that enough for the release?',
    ),
    both(
      'b23',
      'HOP-23',
      'Payment webhooks verified',
      { checks: ['payments.webhook-enabled', 'payments.webhook-signed', 'payments.webhook-unsigned'] },
      'Are these the events that the release needs?',
    ),
    both(
      'b24',
      'HOP-24',
      'Secrets configured',
      { checks: ['drift.secrets'] },
      'Are the values of the secrets those of production, and rotated where that was due?',
    ),
  ]),
];
