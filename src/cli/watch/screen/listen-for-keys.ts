import { StringDecoder } from 'node:string_decoder';
import { type Key, readKeys } from './read-keys.ts';

/** The keyboard, key by key. */
export interface Keyboard {
  /** Gives the terminal back as it was: lines, echo, and its own Ctrl-C. */
  rest(): void;
  listen(): void;
}

/** A terminal that is typed at. */
export type Stdin = Pick<NodeJS.ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;

/** Calls back for every key while it listens. `process` ends by itself only when nobody listens any more. */
export function listenForKeys(stdin: Stdin, onKey: (key: Key) => void): Keyboard {
  let isOn = false;
  // A letter of several bytes may come in two pieces.
  const decoder = new StringDecoder('utf8');
  const onData = (typed: Buffer): void => {
    for (const key of readKeys(decoder.write(typed))) if (isOn) onKey(key);
  };
  return {
    listen: () => {
      if (isOn) return;
      isOn = true;
      stdin.setRawMode(true);
      stdin.on('data', onData);
      stdin.resume();
    },
    rest: () => {
      if (!isOn) return;
      isOn = false;
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
