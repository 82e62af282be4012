import type { Change } from './change.ts';
import { isWorse } from './rule.ts';

/** Since when nothing above P3 has fired and nothing was missed. Give it every change, and every moment that ends what was known. */
export class Calm {
  private readonly firing = new Set<string>();
  private since: number | undefined;

  /** `at`: ms since 1970. What was before does not count any more: users came, nobody watched, or nobody knew what. */
  begin(at: number): void {
    this.since = at;
  }

  note(changes: readonly Change[]): void {
    for (const { rule, severity, fired_at: fired, at } of changes) {
      const was = this.firing.has(rule);
      const is = fired !== null && isWorse(severity, 'P3');
      if (is) this.firing.add(rule);
      else this.firing.delete(rule);
      if (was || is) this.since = Date.parse(at);
    }
  }

  /** How long it has been calm, in ms; 0 while something fires, and before users came. */
  lasted(now: number): number {
    return this.since === undefined || this.firing.size > 0 ? 0 : Math.max(0, now - this.since);
  }
}
