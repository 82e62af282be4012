import type { Live } from '../live.ts';
import type { Updates } from '../updates.ts';
import { listenForKeys, type Stdin } from './listen-for-keys.ts';
import { makeDesk } from './make-desk.ts';
import { makeScene } from './make-scene.ts';
import type { Stream } from './open-screen.ts';
import type { Key } from './read-keys.ts';

/** The two ends of a terminal: the process has both. */
export interface Tty {
  readonly stdin: Stdin;
  readonly stderr: Stream;
  /** Stops this process and whatever runs with it, until the shell lets them go on. Default: as Ctrl-Z does. */
  readonly suspend?: () => void;
}

const suspendGroup = (): void => {
  process.kill(0, 'SIGTSTP');
};

/** So long after a stop it is clear that nothing was stopped: without a shell above it, a terminal cannot. */
const STOPPED_MS = 250;

/** Begins the screen and listens to keys. Returns what gives the terminal back, however the watch ends. */
export function takeTerminal(live: Live, updates: Updates): () => void {
  const { screen } = live;
  if (screen === undefined) return () => undefined;
  const lend = (work: Promise<unknown>): void => {
    keyboard.rest();
    screen.rest();
    const back = (): void => {
      if (live.leaves !== undefined || isOver) return;
      live.byHand = undefined;
      screen.goOn();
      keyboard.listen();
    };
    // What broke is told by whoever waits for the rollback.
    void work.then(back, () => undefined);
  };
  const desk = makeDesk(live, { updates, lend, changed: () => screen.refresh(true) });
  const goOn = (): void => {
    process.off('SIGCONT', goOn);
    if (isOver || live.byHand !== undefined) return;
    screen.goOn();
    keyboard.listen();
  };
  const suspend = (): void => {
    keyboard.rest();
    screen.rest();
    process.on('SIGCONT', goOn);
    (live.tty.suspend ?? suspendGroup)();
    // Nobody would ever let go on what was not stopped.
    void live.base.clock.sleep(STOPPED_MS).then(goOn);
  };
  const press = (key: Key): void => {
    // A terminal that tells every key makes no signals of them.
    if ('does' in key && key.does === 'stop') process.kill(process.pid, 'SIGINT');
    else if ('does' in key && key.does === 'suspend') suspend();
    else desk.press(key);
  };
  const keyboard = listenForKeys(live.tty.stdin, press);
  let isOver = false;
  screen.begin((recent) =>
    makeScene(live, { recent, typing: desk.typing(), dueAt: updates.dueAt() }, live.now()),
  );
  if (live.hasKeys) keyboard.listen();
  return () => {
    isOver = true;
    process.off('SIGCONT', goOn);
    keyboard.rest();
    screen.close();
  };
}
