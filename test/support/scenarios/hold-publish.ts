import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from './open-scenario.ts';

const LONGEST_MS = 30_000;

/**
 * Makes the publish command follow its order to the end, as the deploy commands of many platforms do: the platform
 * has accepted, and the command says so only once it is let go.
 */
export function holdPublish({ folder }: Scenario): { accepted(): Promise<void>; letGo(): void } {
  const script = join(folder, 'publish.mjs');
  const [accepted, go] = [join(folder, 'accepted'), join(folder, 'let-go')];
  const order = readFileSync(script, 'utf8');
  const rest = `
const { existsSync, writeFileSync } = await import('node:fs');
writeFileSync(${JSON.stringify(accepted)}, '');
const until = Date.now() + ${LONGEST_MS};
while (!existsSync(${JSON.stringify(go)}) && Date.now() < until) await new Promise((later) => setTimeout(later, 20));
`;
  writeFileSync(script, `${order}${rest}`);
  return {
    accepted: async () => {
      const until = performance.now() + LONGEST_MS;
      while (!existsSync(accepted)) {
        if (performance.now() > until) throw new Error('the platform was never asked');
        await wait(5);
      }
    },
    letGo: () => {
      writeFileSync(script, order);
      writeFileSync(go, '');
    },
  };
}
