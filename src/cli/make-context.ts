import { hostname } from 'node:os';
import { readActor } from './actor.ts';
import { makeAsk } from './ask.ts';
import { systemClock } from './clock.ts';
import type { CliContext, Output, Stop, Terminal } from './context.ts';
import type { Parsed } from './program.ts';
import type { LearningRedactor } from './redactor.ts';
import { readToolVersion } from './tool-version.ts';

/** The context of one command, from the process it runs in. */
export function makeContext(
  parsed: Parsed,
  out: Output,
  redactor: LearningRedactor,
  stop: Stop,
  terminal: Terminal,
): CliContext {
  const env = { ...process.env };
  const cwd = process.cwd();
  let actor: Promise<string> | undefined;
  return {
    command: parsed.spec.name,
    tool: readToolVersion(),
    cwd,
    env,
    nodeFlags: [...process.execArgv, env.NODE_OPTIONS ?? ''],
    flags: parsed.flags,
    out,
    terminal,
    clock: systemClock,
    random: Math.random,
    redact: redactor.redact,
    learn: redactor.learn,
    ask: makeAsk(terminal.canAsk, stop.signal),
    stop,
    readActor: () => {
      actor ??= readActor(env, cwd);
      return actor;
    },
    host: hostname(),
  };
}

/** Makes every colour library of this process, and of its children, agree with our decision (ux D5). */
export function spreadColorDecision(color: boolean): void {
  delete process.env[color ? 'NO_COLOR' : 'FORCE_COLOR'];
  process.env[color ? 'FORCE_COLOR' : 'NO_COLOR'] = '1';
}
