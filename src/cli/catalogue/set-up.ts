import type { CommandSpec } from './spec.ts';

const init: CommandSpec = {
  name: 'init',
  group: 'Set up',
  summary: 'write a first configuration; files that are there stay as they are',
  args: [],
  options: [
    { flags: '--force-print', about: 'print every file in full, also one that is there; write nothing' },
    { flags: '--probe', about: 'try out what git host, Neon and Slack really accept, and clean up' },
    { flags: '--send', about: 'with --probe: post one message into every Slack channel' },
  ],
  examples: [
    { line: 'release init', says: 'at most seven questions, each with a default' },
    { line: 'release init --plan', says: 'the files as they would be, line by line' },
    { line: 'release init --yes', says: 'every default, without a question' },
    { line: 'release init --probe', says: 'with a configuration: is everything accepted?' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 done · 1 not written · 2 no terminal, no --yes · 3 --probe: refused, not known · 130 stopped',
};

const config: CommandSpec = {
  name: 'config',
  group: 'Set up',
  summary: 'check the configuration and a written runbook, print it, or write its JSON Schema',
  args: [
    {
      name: 'what',
      about: 'check (default), print, docs or schema',
      choices: ['check', 'print', 'docs', 'schema'],
    },
    { name: 'path', about: 'print: only this part, like environments.production' },
  ],
  options: [
    {
      flags: '--runbook <file>',
      about: 'check: also where a written runbook contradicts itself',
    },
  ],
  examples: [
    { line: 'release config check', says: 'every problem with file, line and column' },
    { line: 'release config check --runbook RUNBOOK.md', says: 'and every contradiction of the document' },
    { line: 'release config docs --out RUNBOOK.md', says: 'the runbook as it is really carried out' },
    { line: 'release config print --env staging', says: 'merged values; secrets stay hidden' },
    { line: 'release config schema > runbook.schema.json', says: 'completion in editors' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 fine · 2 wrong · 3 the runbook has errors · 4 only secrets are missing',
  hasFindings: true,
};

const demo: CommandSpec = {
  name: 'demo',
  group: 'Set up',
  summary: 'watch a whole release in a sandbox; no accounts needed',
  args: [
    { name: 'story', about: 'one of --list (default: bad-deploy), or: up, down, break, mend, users' },
    { name: 'what', about: 'break, mend: what, like app (without it they are listed); users: how many' },
  ],
  options: [
    { flags: '--list', about: 'list the stories' },
    { flags: '--speed <n>', about: 'so many of its seconds pass in one of yours; default 60' },
    { flags: '--step', about: 'wait for Enter before every scene' },
    { flags: '--keep', about: 'leave the sandbox up afterwards, as demo up does' },
  ],
  examples: [
    { line: 'release demo', says: 'a good release, a bad one, and the way back' },
    { line: 'release demo interrupted', says: 'kill -9 in the middle of a migration' },
    { line: 'release demo up', says: 'a sandbox that stays, to try things by hand' },
    { line: 'release demo users', says: 'send it users, as a watch needs them' },
    { line: 'release demo break app', says: 'break something in it' },
    { line: 'release demo down', says: 'end it' },
  ],
  takesEnv: false,
  takesPlan: false,
  exits: '0 the story went as written · 1 it did not',
  stopsInStages: true,
};

export const setUp: readonly CommandSpec[] = [init, config, demo];
