import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Refs that a push has moved, while whoever pushed waits for the answer. */
export type OnPush = (refs: readonly string[]) => Promise<void>;

export interface PushWatch {
  /** One watcher at a time; undefined lets every push go through. */
  watch(onPush: OnPush | undefined): void;
  close(): void;
}

// Runs in the origin when the refs have moved, before the one who pushes is told. It holds for 20 seconds at most, so
// that nothing hangs when nobody lets it go.
const HOOK = `#!/bin/sh
[ -e watching/on ] || exit 0
while read -r _ _ ref; do refs="$refs $ref"; done
echo "$refs" > watching/.new.$$ && mv watching/.new.$$ "watching/push.$$"
tries=0
while [ -e "watching/push.$$" ] && [ $tries -lt 1000 ]; do sleep 0.02; tries=$((tries + 1)); done
`;

/** Puts a hook into the origin, as its owner could; a push is told of once, and goes on when its watcher is done. */
export function watchPushes(origin: string): PushWatch {
  const folder = join(origin, 'watching');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(origin, 'hooks'), { recursive: true });
  const hook = join(origin, 'hooks', 'post-receive');
  writeFileSync(hook, HOOK);
  chmodSync(hook, 0o755);
  const flag = join(folder, 'on');
  const told = new Set<string>();
  let onPush: OnPush | undefined;
  const tell = async (file: string): Promise<void> => {
    told.add(file);
    const refs = readFileSync(file, 'utf8').trim().split(' ');
    await onPush?.(refs).finally(() => rmSync(file, { force: true }));
    rmSync(file, { force: true });
  };
  const watcher = watch(folder, (_, name) => {
    if (name === null || !name.startsWith('push.')) return;
    const file = join(folder, name);
    if (existsSync(file) && !told.has(file)) void tell(file);
    // A number of a process comes back some day.
    else if (!existsSync(file)) told.delete(file);
  });
  return {
    watch: (next) => {
      onPush = next;
      if (next === undefined) rmSync(flag, { force: true });
      else writeFileSync(flag, '');
    },
    close: () => watcher.close(),
  };
}
