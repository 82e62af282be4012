import type { Stop } from './context.ts';

/** GitHub follows SIGTERM with SIGKILL after 7.5 s (reliability 5.6): what has not ended by now is cut off. */
const TERM_GRACE_MS = 6000;

/** A stop that nobody asked for yet. */
export function makeStop(): Stop & {
  readonly endWith: (code: 130 | 143) => void;
  readonly breakWith: (bug: unknown) => void;
} {
  const controller = new AbortController();
  let requests = 0;
  let code: 130 | 143 = 130;
  const listeners = new Set<() => void>();
  const bugs: unknown[] = [];
  return {
    bugs,
    breakWith: (bug) => void bugs.push(bug),
    request: () => {
      requests += 1;
      if (requests === 1) for (const listener of listeners) listener();
      if (requests > 1) controller.abort(new DOMException('stopped', 'AbortError'));
    },
    get stopping() {
      return requests > 0;
    },
    signal: controller.signal,
    onRequest: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get exitCode() {
      return code;
    },
    endWith: (wanted) => {
      code = wanted;
    },
  };
}

/**
 * Ctrl-C, SIGTERM and a dropped line become stop requests. The first lets the running step finish, the second
 * cuts it off, the third ends the process. Without stages the first one cuts. Returns what takes the handlers off.
 */
export function listenForSignals(stop: ReturnType<typeof makeStop>, inStages: boolean): () => void {
  let received = 0;
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    received += 1;
    if (received === 1) stop.endWith(signal === 'SIGTERM' ? 143 : 130);
    if (received > 2) process.exit(stop.exitCode);
    stop.request();
    if (!inStages) stop.request();
    if (signal === 'SIGTERM') timer ??= setTimeout(() => stop.request(), TERM_GRACE_MS).unref();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return () => {
    clearTimeout(timer);
    for (const name of signals) process.off(name, onSignal);
  };
}
