import type { CommandSpec } from './spec.ts';

const config: CommandSpec = {
  name: 'config',
  group: 'Set up',
  summary: 'check the configuration, print it, or write its JSON Schema',
  args: [
    { name: 'what', about: 'check (default), print or schema' },
    { name: 'path', about: 'print: only this part, like environments.production' },
  ],
  options: [],
  examples: [
    { line: 'release config check', says: 'every problem with file, line and column' },
    { line: 'release config print --env staging', says: 'merged values; secrets stay hidden' },
    { line: 'release config schema > runbook.schema.json', says: 'completion in editors' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 fine · 2 wrong · 4 only secrets are missing',
};

const demo: CommandSpec = {
  name: 'demo',
  group: 'Set up',
  summary: 'watch a whole release in a sandbox; no accounts needed',
  args: [{ name: 'scenario', about: 'a story (see --list), or: up, down' }],
  options: [
    { flags: '--list', about: 'list the stories' },
    { flags: '--speed <n>', about: 'how many times faster than life' },
    { flags: '--step', about: 'wait for Enter between steps' },
    { flags: '--keep', about: 'keep the sandbox afterwards' },
  ],
  examples: [
    { line: 'release demo', says: 'a bad deploy and the way back' },
    { line: 'release demo good', says: 'a release that goes well' },
    { line: 'release demo up', says: 'a sandbox that stays, for trying every command by hand' },
  ],
  takesEnv: false,
  takesPlan: true,
  exits: '0 the story went as written',
  stopsInStages: true,
};

export const setUp: readonly CommandSpec[] = [config, demo];
