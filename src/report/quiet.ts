import { sayEvent } from './lines-say.ts';
import type { Renderer } from './renderer.ts';

const HEARD = new Set(['step.warned', 'step.failed', 'stopping']);

/** For -q: nothing but what went wrong, and the answer to Ctrl-C. */
export const makeQuiet = (write: (line: string) => void): Renderer => ({
  emit: (event) => {
    if (HEARD.has(event.type)) for (const line of sayEvent(event)) write(line);
  },
  close: async () => undefined,
});
