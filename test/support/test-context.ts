import { PassThrough } from 'node:stream';
import type { CliContext, GlobalFlags, Terminal } from '../../src/cli/context.ts';
import { makeOutput } from '../../src/cli/output.ts';
import { makeLearningRedactor } from '../../src/cli/redactor.ts';
import { makeStop } from '../../src/cli/signals.ts';
import { makeSteppedClock } from './stepped-clock.ts';

const FLAGS: GlobalFlags = {
  envIsTyped: false,
  json: false,
  out: [],
  plan: false,
  yes: false,
  input: true,
  quiet: true,
  verbose: 0,
  color: false,
  ascii: false,
};

const TERMINAL: Terminal = {
  stdinIsTty: false,
  stdoutIsTty: false,
  stderrIsTty: false,
  columns: 80,
  rows: 24,
  screen: { stdout: undefined, stderr: undefined },
  color: { stdout: false, stderr: false },
  ascii: false,
  isCi: false,
  canAsk: false,
  isLive: false,
};

interface Wanted {
  readonly command?: string;
  readonly flags?: Partial<GlobalFlags>;
  readonly terminal?: Partial<Terminal>;
  /** What the person types, question by question. */
  readonly answers?: readonly string[];
}

/** A context whose streams are kept, whose clock stands still and whose person has prepared answers. */
export function makeTestContext({ command = 'deploy', flags, terminal, answers = [] }: Wanted) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (part) => {
    written.stdout += part;
  });
  stderr.on('data', (part) => {
    written.stderr += part;
  });
  const redactor = makeLearningRedactor();
  const time = makeSteppedClock();
  const stop = makeStop();
  const asked: string[] = [];
  const answer = (question: string): string => {
    asked.push(question);
    return answers[asked.length - 1] ?? '';
  };
  const context: CliContext = {
    command,
    tool: '0.0.0',
    cwd: process.cwd(),
    nodeFlags: [],
    env: {},
    flags: { ...FLAGS, ...flags },
    out: makeOutput({ stdout, stderr, redact: redactor.redact, ascii: false, cwd: process.cwd() }),
    terminal: { ...TERMINAL, ...terminal },
    clock: time.clock,
    random: () => 0.5,
    redact: redactor.redact,
    learn: redactor.learn,
    ask: {
      confirm: async ({ question }) => answer(question) === 'y',
      type: async ({ question }) => answer(question),
      choose: async ({ question, choices }) => Math.max(0, choices.indexOf(answer(question))),
    },
    stop,
    readActor: async () => 'Dana Ito',
    host: 'dana-mbp',
  };
  return { context, stop, time, asked, stdout: () => written.stdout, stderr: () => written.stderr };
}
