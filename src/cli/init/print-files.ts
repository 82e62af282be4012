import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Answers } from './answers.ts';
import type { Detected } from './detected.ts';
import { planFiles } from './plan-files.ts';

/** Every file in full, under its name, as if nothing stood there yet; nothing is written. */
export function printFiles(answers: Answers, found: Detected): CommandResult {
  const whole = { ...answers, workflow: true, ignore: true };
  const files = planFiles(whole, found, () => ({ kind: 'free' }));
  return {
    exitCode: EXIT.ok,
    result: { files: files.map(({ name, after }) => ({ name, text: after })) },
    text: files.map(({ name, after }) => `==> ${name} <==\n${after}`).join('\n'),
    next: [],
    warnings: [],
  };
}
