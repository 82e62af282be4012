import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { EngineEvent } from '../engine/events.ts';
import { makePaint } from '../report/color.ts';
import { makeWorkflow } from '../report/github/workflow.ts';
import { makeEventStream } from '../report/json-events.ts';
import { makeLines } from '../report/lines.ts';
import { makeQuiet } from '../report/quiet.ts';
import type { Renderer } from '../report/renderer.ts';
import type { CliContext } from './context.ts';
import { redactDeep } from './redactor.ts';

/** The renderer for this terminal (ux 2.5): live, lines or quiet. */
async function chooseView({ flags, terminal, out, clock }: CliContext): Promise<Renderer> {
  if (flags.quiet || flags.events === '-') return makeQuiet(out.note);
  if (flags.verbose > 0 || !terminal.isLive) return makeLines({ write: out.note, clock });
  const { makeTerminal } = await import('../report/terminal.ts');
  const paint = makePaint(terminal.color.stderr);
  return makeTerminal({ stream: process.stderr, clock, paint, ascii: terminal.ascii });
}

/** Command lines whose --events file has been begun. */
const begun = new WeakSet<CliContext['flags']>();

function openEvents({ flags, out, clock, cwd, tool, command, redact }: CliContext): Renderer | undefined {
  const { env, events } = flags;
  if (events === undefined) return undefined;
  const hello = { tool, command, ...(env === undefined ? {} : { env }) };
  if (events === '-') return makeEventStream(out.json, clock, hello);
  const path = resolve(cwd, events);
  mkdirSync(dirname(path), { recursive: true });
  // A command may show two things one after the other, its gate and its run: the second must not wipe the first.
  const file = openSync(path, begun.has(flags) ? 'a' : 'w');
  begun.add(flags);
  const stream = makeEventStream((doc) => writeSync(file, `${redact(JSON.stringify(doc))}\n`), clock, hello);
  return {
    emit: stream.emit,
    close: async () => {
      await stream.close();
      closeSync(file);
    },
  };
}

/** What is under way, for the answer to Ctrl-C: a step or a gate, and what goes beside it. */
interface Underway {
  readonly name: string;
  readonly after: string;
  readonly usualMs?: number;
  readonly beside?: true;
}

function follow(underway: readonly Underway[], event: EngineEvent): readonly Underway[] {
  const besides = underway.filter(({ beside }) => beside);
  switch (event.type) {
    case 'gate.started':
      return [...besides, { name: event.gate, after: event.gate }];
    case 'step.started': {
      const { name, title, usualMs, beside } = event;
      const usual = usualMs === undefined ? {} : { usualMs };
      return beside
        ? [...underway, { name, after: title, ...usual, beside }]
        : [...besides, { name, after: title, ...usual }];
    }
    case 'gate.decided':
      return besides;
    case 'step.done':
    case 'step.warned':
    case 'step.failed':
      return underway.filter(({ name }) => name !== event.name);
    default:
      return underway;
  }
}

/** What people wait for: not a message, as long as something else is under way. */
const findAwaited = (underway: readonly Underway[]): Underway | undefined =>
  underway.findLast(({ beside }) => beside !== true) ?? underway.at(-1);

/**
 * Opens everything that shows a run: the view on stderr, the --events stream, GitHub's annotations. Ask all
 * questions before, and close it before printing the result. The first Ctrl-C is answered here, at once: the
 * runner itself looks up only between two steps.
 */
export async function openProgress(context: CliContext): Promise<Renderer> {
  const workflow = context.env.GITHUB_ACTIONS === 'true' ? makeWorkflow(context.out.command) : undefined;
  const views = [await chooseView(context), openEvents(context)].filter((view) => view !== undefined);
  let underway: readonly Underway[] = [];
  const emit = (event: EngineEvent): void => {
    const clean = redactDeep(event, context.redact);
    underway = follow(underway, clean);
    workflow?.before(clean);
    for (const view of views) view.emit(clean);
    workflow?.after(clean);
  };
  const forget = context.stop.onRequest(() => {
    const awaited = findAwaited(underway);
    if (awaited === undefined || context.stop.signal.aborted) return;
    const { after, usualMs } = awaited;
    emit({ type: 'stopping', after, ...(usualMs === undefined ? {} : { usualMs }) });
  });
  return {
    emit,
    close: async () => {
      forget();
      for (const view of views) await view.close();
      workflow?.close();
    },
  };
}
