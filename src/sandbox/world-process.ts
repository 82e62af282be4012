// A world as a process of its own: it outlives the command that started it, or ends with it.
import { rmSync } from 'node:fs';
import { openControl } from './world/control.ts';
import { startWorld, USUAL_SPEED, type WorldOptions } from './world/start-world.ts';
import { writeWorldFile } from './world/world-file.ts';

/** What the process is started with, as JSON in its first argument. */
export interface WorldOrder extends Pick<WorldOptions, 'folder' | 'pace' | 'speed'> {
  /** True: it lives until it is told to end. False: it ends when its stdin does. */
  readonly stays: boolean;
}

const order = JSON.parse(process.argv[2] ?? '{}') as WorldOrder;
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

// A world that does not stay takes its configuration with it, also when the one who made the folder was killed.
const leave = (): void => {
  if (!order.stays) rmSync(order.folder, { recursive: true, force: true });
};

// The one who started it may be gone: that is no reason to end for a world that stays.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

async function run(): Promise<void> {
  try {
    const world = await startWorld({ ...order, hasPast: true, say: (part) => say({ starting: part }) });
    let isEnding = false;
    const end = (): void => {
      if (isEnding) return;
      isEnding = true;
      void control.server
        .close()
        .then(() => world.close())
        .then(leave)
        .finally(() => process.exit(0));
    };
    const control = await openControl(world, end);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
    if (!order.stays) process.stdin.on('end', end).on('error', end).resume();
    const file = {
      pid: process.pid,
      control: control.server.url,
      token: control.token,
      config: world.config,
      app: world.platform.url,
      staging: world.staging.url,
      speed: order.speed ?? USUAL_SPEED,
    };
    writeWorldFile(order.folder, file);
    say({ ready: true });
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

void run();
