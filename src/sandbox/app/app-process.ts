// The application as a process of its own: started by the sandbox's platform for every publish, ended with it.
import { readSettings } from './read-settings.ts';
import { startApp } from './start-app.ts';

const say = (line: string): void => void process.stderr.write(`rur2 sandbox: ${line}\n`);

// A log that nobody reads any more is no reason to end.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

async function run(): Promise<void> {
  try {
    const app = await startApp(readSettings(process.env, say));
    let isEnding = false;
    const end = (): void => {
      if (isEnding) return;
      isEnding = true;
      void app.close().then(() => process.exit(0));
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    // The other end of stdin is the platform: when it is gone, nobody would ever end this process.
    process.stdin.on('end', end).on('error', end).resume();
    process.stdout.write(`${JSON.stringify({ port: app.port })}\n`);
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message || error.name : error).split('\n');
    say(`did not start: ${line}`);
    process.exit(1);
  }
}

void run();
