import type { Clock } from '../domain/clock.ts';
import { sayDuration, seconds } from '../domain/duration.ts';
import type { EngineEvent } from '../engine/events.ts';
import { sayElapsed, sayEvent } from './lines-say.ts';
import type { Renderer } from './renderer.ts';

const HEARTBEAT_MS = seconds(30);

export interface LinesOptions {
  /** Takes one line, without a newline. */
  readonly write: (line: string) => void;
  readonly clock: Clock;
}

/** What is going on now, and since when: what a heartbeat has to say. */
interface Going {
  readonly name: string;
  readonly since: number;
  readonly usualMs?: number;
  readonly open: Set<string>;
}

/** For pipes, CI and dumb terminals: one line per event, a sign of life each 30 s, no cursor codes. */
export function makeLines({ write, clock }: LinesOptions): Renderer {
  const start = clock.monotonic();
  const ended = new AbortController();
  let going: Going | undefined;
  let silence = 0;
  const say = (line: string): void => write(`${sayElapsed(clock.monotonic() - start)} ${line}`);

  const beat = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(HEARTBEAT_MS, ended.signal);
      if (going && silence > 0) say(sayStillGoing(going, clock.monotonic()));
      silence += 1;
    }
  };
  const beating = beat().catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  return {
    emit: (event) => {
      going = follow(going, event, clock.monotonic());
      const lines = sayEvent(event);
      if (lines.length > 0) silence = 0;
      for (const line of lines) say(line);
    },
    close: async () => {
      ended.abort();
      await beating;
    },
  };
}

function sayStillGoing({ name, since, usualMs, open }: Going, now: number): string {
  const usual = usualMs === undefined ? '' : `, usually ${sayDuration(usualMs)}`;
  const waiting = open.size > 0 ? ` for ${[...open].slice(0, 5).join(', ')}` : '';
  return `… ${name} still ${open.size > 0 ? 'waiting' : 'running'}${waiting} (${sayDuration(now - since)}${usual})`;
}

function follow(going: Going | undefined, event: EngineEvent, now: number): Going | undefined {
  switch (event.type) {
    case 'gate.started':
      return { name: event.gate, since: now, open: new Set(event.checks.map((check) => check.id)) };
    case 'check.result':
      going?.open.delete(event.finding.check);
      return going;
    case 'step.started': {
      if (event.beside) return going;
      const usual = event.usualMs === undefined ? {} : { usualMs: event.usualMs };
      return { name: event.name, since: now, ...usual, open: new Set() };
    }
    case 'step.done':
    case 'step.failed':
      return going?.name === event.name ? undefined : going;
    case 'gate.decided':
    case 'run.ended':
      return undefined;
    default:
      return going;
  }
}
