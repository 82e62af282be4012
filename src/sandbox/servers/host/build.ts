import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';

/** What is started, and where. */
export interface BuildOrder {
  readonly commit: string;
  readonly version: string | undefined;
  readonly program: { readonly command: string; readonly args: readonly string[] };
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the written tree. */
  readonly root: string;
  /** File that takes what the build says on stderr. */
  readonly log: string;
}

/** One running build of the application. */
export interface Build {
  readonly order: BuildOrder;
  readonly port: number;
  readonly agent: Agent;
  /** Requests that are at it now; counted by the edge. */
  inFlight: number;
  isRunning(): boolean;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

const LONGEST_START_MS = 20_000;
const GRACE_MS = 3_000;
// Shorter than the five seconds after which a build closes an idle connection: whoever sends a request into that close
// is told 502 through no fault of the build.
const IDLE_MS = 2_000;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const untilEnd = (child: ChildProcess): Promise<void> =>
  hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()));

/** The pipe's end asks the build to end; soon after it is ended for good. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.stdin?.end();
  await untilEnd(child);
  clearTimeout(timer);
}

function spawnBuild({ program, env, root, log }: BuildOrder): ChildProcess {
  const file = openSync(log, 'a');
  // Nothing of our environment but what Windows cannot do without: no secret reaches the application by accident.
  const system = process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot };
  const child = spawn(program.command, [...program.args], {
    cwd: root,
    env: { ...system, ...env, PORT: '0' },
    // A group of its own: Ctrl-C in the terminal is ours to answer. Its stdin ends with us, whatever ends us.
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', file],
  });
  closeSync(file);
  child.stdin?.on('error', () => undefined);
  return child;
}

/** The port in a line like `{"port":4711}`; undefined for any other line. */
function readPort(line: string): number | undefined {
  try {
    const { port } = JSON.parse(line) as { port?: unknown };
    return typeof port === 'number' && port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Resolves to the port that the build says on stdout; what it says later is let go. */
const waitForPort = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      const lines = `${said}${part}`.split('\n');
      said = (lines.pop() ?? '').slice(-4096);
      for (const line of lines) {
        const port = readPort(line);
        if (port !== undefined) resolve(port);
      }
    });
  });

const lastWords = (log: string): string => readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' · ');

/** Starts a build and waits for its port. Rejects, with its last words, when it ends or keeps silent instead. */
export async function startBuild(order: BuildOrder): Promise<Build> {
  const child = spawnBuild(order);
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LONGEST_START_MS);
  });
  try {
    const ended = untilEnd(child).then(() => undefined);
    const port = await Promise.race([waitForPort(child), ended, silent, failed]);
    if (port === undefined) throw new Error(`the application did not start: ${lastWords(order.log)}`);
    return runningBuild(order, child, port);
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function runningBuild(order: BuildOrder, child: ChildProcess, port: number): Build {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  return {
    order,
    port,
    agent,
    inFlight: 0,
    isRunning: () => !hasEnded(child),
    stop: async () => {
      await end(child);
      agent.destroy();
    },
  };
}
