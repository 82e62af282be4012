import type { Scene, Story } from './story.ts';

const IN_FULL = ['--env', 'production', '--yes'];

const preflight = (version: string, says: string, exit = 0): Scene => ({
  kind: 'run',
  says,
  words: ['preflight', version],
  exit,
});

const deploy = (version: string, says: string): Scene => ({
  kind: 'run',
  says,
  words: ['deploy', version, ...IN_FULL],
  exit: 0,
});

const signOffs = (version: string): Scene => ({
  kind: 'sign-offs',
  says: 'Three people decide; here they are only named.',
  point: 1,
  version,
});

const users = (minutes: number, says: string): Scene => ({ kind: 'users', says, minutes });

/** Too few measurements are never taken for good, also where only the machine is to blame. */
const TOO_BUSY = 'this machine is too busy to be measured {speed} times as fast';

/** At the speed of the sandbox, and at a pace of its own requests that one machine bears. */
const watch = (version: string, how: readonly string[], exit: number, says: string): Scene => ({
  kind: 'run',
  says,
  words: ['watch', version, ...how, '--time-scale', '{speed}', '--interval', '2s'],
  exit,
  ...(exit === 0 ? { orElse: { exit: 3, says: TOO_BUSY } } : {}),
});

/** Where the page of a story's last run lies, beside what Slack showed. */
const REPORT_PAGE = '.release/demo/report.html';

const report: Scene = {
  kind: 'run',
  says: 'And one page for whoever was not there.',
  words: ['report', '--out', REPORT_PAGE],
  exit: 0,
};

const opening: readonly Scene[] = [
  users(1, 'RuR2 runs v2.0.3, and people use it. What they meet now is what a watch compares with later.'),
  preflight('v2.1.0', 'v2.1.0 is prepared, with two migrations. May we deploy it?'),
  signOffs('v2.1.0'),
  deploy(
    'v2.1.0',
    'Restore point and backup, migrations, merge and tag in one push, publish, proof, smoke tests.',
  ),
  watch(
    'v2.1.0',
    ['--for', '16m'],
    0,
    'Users are back. Here 16 of the 120 minutes that a watch takes, {speed} times as fast as yours.',
  ),
];

const good: Story = {
  name: 'good',
  about: 'a release that goes well, from the gate to the open door',
  scenes: [...opening, { kind: 'run', says: 'Where do we stand?', words: ['status'], exit: 0 }, report],
  moral:
    'Every step was recorded before it was done; a second deploy of v2.1.0 would say that there is nothing to do.',
};

const badDeploy: Story = {
  name: 'bad-deploy',
  about: 'a good release, then a bad one: errors climb, a rule fires, the way back (the default)',
  scenes: [
    ...opening,
    { kind: 'bad-release', says: 'A week later v2.2.0 is prepared. Nobody knows yet that it is bad.' },
    deploy('v2.2.0', 'The gate and the smoke tests see nothing wrong: the fault needs real traffic.'),
    watch(
      'v2.2.0',
      ['--auto-rollback', 'P0', '--env', 'production'],
      8,
      'Users are back, and errors climb with every request. Who watches has ordered the rollback of a P0.',
    ),
    { kind: 'run', says: 'What is on record?', words: ['history'], exit: 0 },
    report,
  ],
  moral:
    'No branch was forced, every row that is counted is still there, and the team read about it meanwhile.',
};

const noGo: Story = {
  name: 'no-go',
  about: 'the gate says no, three times, and why; then it is mended',
  scenes: [
    preflight('v2.1.0', 'All is well to begin with.'),
    { kind: 'break', says: 'Somebody revokes the Stripe key.', what: 'stripe-key' },
    preflight('v2.1.0', 'A refused key is no success, whatever the status page says.', 3),
    { kind: 'mend', says: 'The key works again, but the application is down now.', what: 'stripe-key' },
    { kind: 'break', says: 'The application stops.', what: 'app' },
    preflight('v2.1.0', 'What does not answer is never taken for good.', 3),
    {
      kind: 'run',
      says: 'And a deploy asks the same gate.',
      words: ['deploy', 'v2.1.0', ...IN_FULL],
      exit: 3,
    },
    { kind: 'mend', says: 'The application is started again.', what: 'app' },
    preflight('v2.1.0', 'GO.'),
  ],
  moral: 'Not known is not GO: exit 3 stops a pipeline as surely as a failure does.',
};

const interrupted: Story = {
  name: 'interrupted',
  about: 'the program is killed in the middle of a migration, and goes on as if nothing had been',
  scenes: [
    {
      kind: 'break',
      says: 'A forgotten report reads the table that the migration changes.',
      what: 'migration',
    },
    {
      kind: 'run',
      says: 'The migration waits for its lock, and then: kill -9.',
      words: ['deploy', 'v2.1.0', ...IN_FULL],
      exit: 137,
      killAt: 'migrate:0042_add_due_date',
    },
    { kind: 'run', says: 'The ledger knows what was begun and not ended.', words: ['status'], exit: 0 },
    {
      kind: 'run',
      says: 'Nobody can start another release on top of it.',
      words: ['deploy', 'v2.1.0', ...IN_FULL],
      exit: 5,
    },
    { kind: 'mend', says: 'The report is ended.', what: 'migration' },
    {
      kind: 'run',
      says: 'Going on: what was done is passed over, what is in doubt is asked about.',
      words: ['deploy', '--resume', ...IN_FULL],
      exit: 0,
    },
    report,
  ],
  moral:
    'One backup, one merge, one announcement, each migration once, although the program died on the way.',
};

const rollback: Story = {
  name: 'rollback',
  about: 'both ways back: rollback scripts, and what a restore would take',
  scenes: [
    deploy('v2.1.0', 'First v2.1.0 goes out.'),
    users(3, 'People work with it, and write data.'),
    {
      kind: 'run',
      says: 'Putting the database back would lose what they wrote. It is counted, and nothing is done.',
      words: ['rollback', '--to', 'v2.0.3', '--db', 'restore', '--plan'],
      exit: 0,
    },
    {
      kind: 'run',
      says: 'Without a terminal and without consent it refuses.',
      words: ['rollback', '--to', 'v2.0.3', '--db', 'restore', ...IN_FULL],
      exit: 2,
    },
    {
      kind: 'run',
      says: 'The better way: rollback scripts take the schema back, and every row stays.',
      words: ['rollback', '--to', 'v2.0.3', '--reason', 'a rehearsal', ...IN_FULL],
      exit: 0,
    },
    report,
  ],
  moral: 'The tree of v2.0.3 lies on main as a new commit: history is kept, nothing was forced.',
};

/** Every story, the default first. */
export const STORIES: readonly Story[] = [badDeploy, good, noGo, interrupted, rollback];

export const findStory = (name: string): Story | undefined => STORIES.find((story) => story.name === name);
