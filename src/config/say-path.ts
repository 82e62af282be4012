import type { Path } from './place.ts';

/** A path as people write it: `environments.production.url`, `smoke.calls[3].path`. */
export const sayPath = (path: Path): string =>
  path.length === 0
    ? 'the file'
    : path.reduce<string>((said, part) => {
        if (typeof part === 'number') return `${said}[${part}]`;
        return said === '' ? String(part) : `${said}.${String(part)}`;
      }, '');
