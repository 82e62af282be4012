import { type LintCase, shell } from './lint-case.ts';

const letter = (line: string, work: string) =>
  `## Rollback\n\n${work}\n\n## Messages\n\n~~~\nDear all,\n${line}\n~~~\n`;
const onCall = (database: string, lead: string) =>
  `## Production\n\n**On-Call**: 24/7\n\n## Billing\n\n»**On-Call**: ${database}\n\n## Rollback\n\n1. **${lead}**: puts it back\n`;
const posts = (how: string) => `## Messages\n\nSent by ${how}.\n\n~~~\n»Updates: in this thread\n~~~\n`;

export const peopleCases: readonly LintCase[] = [
  {
    rule: 'rollback-forgets-settings',
    row: 'E-42',
    bad: '## Rollback\n\n»1. Redeploy the last image\n',
    good: '## Rollback\n\n1. Redeploy the last image\n2. Compare its secrets with those of now\n',
  },
  {
    rule: 'webhooks-stopped',
    row: 'E-83',
    bad: '## Rollback\n\n»1. Pause the webhooks of the shop\n2. Go back\n3. Switch them on\n',
    good: '## Rollback\n\n1. Pause the webhooks of the shop\n2. Go back\n3. Replay the events of the gap\n',
  },
  {
    rule: 'promise-unconditional',
    row: 'E-86',
    bad: letter('»None of you: no data was lost.', '- A restore point loses data of the last minutes'),
    good: letter('{data_loss}', '- A restore point loses data of the last minutes'),
  },
  {
    rule: 'promise-unconditional',
    bad: letter('»It came with zero downtime.', '- Maintenance mode goes on'),
    good: letter('It took {downtime}.', '- Maintenance mode goes on'),
  },
  {
    rule: 'thread-by-webhook',
    row: 'E-95',
    bad: posts('an incoming webhook'),
    good: posts('a bot token (an incoming webhook as a spare)').replace('»', ''),
  },
  {
    rule: 'authority-differs',
    row: 'E-85',
    bad: '## Rollback\n\n»- Shift Manager decides on a rollback\n- Rollback authorization: Platform Lead\n',
    good: '## Rollback\n\n- Shift Manager decides on a rollback\n- Rollback authorization: Shift Manager\n',
  },
  {
    rule: 'cover-gap',
    row: 'E-10',
    bad: onCall('weekdays 8 AM - 6 PM', 'Billing Lead'),
    good: onCall('24/7, by phone', 'Billing Lead').replace('»', ''),
  },
  {
    rule: 'owner-missing',
    bad: '## Queue\n\n»**Owner**: TBD\n\n| Task | Owner |\n|---|---|\n»| Close tickets | |\n',
    good: '## Queue\n\n**Owner**: Platform Lead\n\n| Task | Owner |\n|---|---|\n| Close tickets | Platform Lead |\n',
  },
  {
    rule: 'step-without-role',
    bad: '**Owner**: Platform Lead\n\n»## Step 1: stop the queue\n\n- Stop it\n',
    good: '**Owner**: Platform Lead\n\n## Step 1: stop the queue\n\n- Platform Lead stops it\n',
  },
  {
    rule: 'role-undefined',
    bad: '**Owner**: Platform Lead\n\n»**Approvers**: Chief Happiness Officer\n',
    good: '**Owner**: Platform Lead\n\n**Approvers**: Platform Lead\n',
  },
  {
    rule: 'steps-overlap',
    bad: '## Step 1 (0-10 minutes)\n\nA\n\n»## Step 2 (5-8 minutes)\n\nB\n',
    good: '## Step 1 (0-10 minutes)\n\nA\n\n## Step 2 (10-18 minutes)\n\nB\n',
  },
  {
    rule: 'mark-off-clock',
    bad: '## 14:00 Start of the deployment\n\nA\n\n»## 60-minute mark (15:30)\n\nB\n',
    good: '## 14:00 Start of the deployment\n\nA\n\n## 60-minute mark (15:00)\n\nB\n',
  },
  {
    rule: 'production-in-staging',
    bad: shell('Staging', '»curl -f https://prod.example.com/up'),
    good: shell('Staging', 'curl -f https://staging.example.com/up'),
  },
  {
    rule: 'production-in-staging',
    bad: shell('Staging', '»curl -f https://shop.example.com/up'),
    good: shell('Production', 'curl -f https://shop.example.com/up'),
    known: { productionHosts: ['shop.example.com'] },
  },
];
