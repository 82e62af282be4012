import { isatty } from 'node:tty';
import { reportBug } from './bug.ts';
import { systemClock } from './clock.ts';
import { conduct } from './conduct.ts';
import type { Output } from './context.ts';
import { EXIT } from './exit.ts';
import { blameForeign } from './foreign.ts';
import { makeContext, spreadColorDecision } from './make-context.ts';
import { makeOutput } from './output.ts';
import { makeLearningRedactor } from './redactor.ts';
import { guessFlags, refuseWords, understand } from './refuse-words.ts';
import { screenOf } from './screen-of.ts';
import { listenForSignals, makeStop } from './signals.ts';
import { readTerminal } from './terminal-facts.ts';

const BUG_GRACE_MS = 2000;

/** The program's edge: the one place that knows the process. Everything thrown ends here, printed once. */
export async function runEdge(words: readonly string[]): Promise<void> {
  const redactor = makeLearningRedactor();
  const parsed = understand(words, process.env);
  const flags = 'spec' in parsed ? parsed.flags : guessFlags(words);
  const { stdout, stderr } = process;
  // The stream is made at its first use, and most commands never read it: the descriptor alone says what it is.
  const terminal = readTerminal({ stdin: { isTTY: isatty(0) }, stdout, stderr }, process.env, flags);
  const out = makeOutput({
    stdout,
    stderr,
    redact: redactor.redact,
    ascii: terminal.ascii,
    cwd: process.cwd(),
    screenOf: (stream) => screenOf(stream, process.env),
    isWorkflow: process.env.GITHUB_ACTIONS === 'true',
  });
  if (!('spec' in parsed)) return leave(refuseWords(parsed, words, out, terminal.color.stderr), out);
  spreadColorDecision(terminal.color.stderr);
  const stop = makeStop();
  listenForSignals(stop, parsed.spec.stopsInStages === true);
  endOnBugs(stop, out);
  return leave(await conduct(parsed, makeContext(parsed, out, redactor, stop, terminal)), out, stop.bugs);
}

/** A bug outside of any await: stop what runs, so that its doubt is recorded, then end. Never go on. */
function endOnBugs(stop: ReturnType<typeof makeStop>, out: Output): void {
  const onBug = (error: unknown): void => {
    if (blameForeign(error)) return;
    stop.breakWith(error);
    out.note(reportBug(error, out, systemClock.now().toISOString().replace(/[:.]/g, '-')));
    stop.request();
    stop.request();
    void systemClock.sleep(BUG_GRACE_MS).then(() => leave(EXIT.broke, out));
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}

/**
 * Ends the process itself: sockets that a vendor's SDK keeps warm would hold it open for minutes. A bug may come as late
 * as while the last words are written, so that it is asked about last.
 */
async function leave(code: number, out: Output, bugs: readonly unknown[] = []): Promise<void> {
  const exitCode = () => (code === EXIT.ok && bugs.length > 0 ? EXIT.broke : code);
  process.exitCode = exitCode();
  await out.flush();
  insistOn(exitCode);
  process.exit();
}

/** A check's own file may listen for the end too, and set another code or end the process there: ours comes last. */
function insistOn(exitCode: () => number): void {
  const end = process.exit.bind(process);
  process.exit = () => end(exitCode());
  process.on('exit', () => {
    process.exitCode = exitCode();
  });
}
