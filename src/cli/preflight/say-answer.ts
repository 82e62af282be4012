import type { ChecksAnswer } from '../../engine/run-checks.ts';
import { makePaint } from '../../report/color.ts';
import { sayGate } from '../../report/verdict-text.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** The screen of a gate's answer for people; `title` names the command that asked. */
export function sayAnswer(
  answer: ChecksAnswer,
  title: string,
  { terminal }: CliContext,
  { runbook, env, environment }: Wired,
): string {
  const story = {
    title: runbook.sandbox ? `SANDBOX  ${title}` : title,
    env,
    isProtected: environment.protected,
    url: environment.url,
    findings: answer.findings,
    verdict: answer.verdict,
    absent: answer.absent.map((one) => `${one.check} (${one.why})`),
    tookMs: answer.wallMs,
  };
  return sayGate(story, { paint: makePaint(terminal.color.stdout), ascii: terminal.ascii, columns: 80 });
}
