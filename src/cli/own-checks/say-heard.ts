import { cleanForScreen } from '../../domain/screen-text.ts';
import type { OwnChecks } from './load-own-checks.ts';

/** What files of checks wrote to the terminal: one line for each, and with `inFull` the beginning of it. */
export const sayHeard = (heard: ReturnType<OwnChecks['heard']>, inFull: boolean): readonly string[] =>
  heard
    .filter(({ bytes }) => bytes > 0)
    .flatMap(({ name, bytes, start }) => {
      const line = `  ▲ ${name} wrote ${bytes} bytes to the terminal${inFull ? ':' : '; -v shows how they begin'}`;
      return inFull ? [line, cleanForScreen(start)] : [line];
    });
