import { minutes } from '../duration.ts';
import type { Change } from './change.ts';
import type { Watch } from './fold.ts';

/** One that is over sooner is a late answer, or one try that failed. */
const HOLE_MS = minutes(5);

/** Which sources fell silent for so long that nobody can say how that part of it went. Give it every change. */
export class Holes {
  /** The first source of which that is so, though it may tell again; undefined: none. */
  first: string | undefined;
  private readonly open = new Map<string, { readonly source: string; readonly at: number }>();
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /** What was before does not count any more. */
  begin(): void {
    this.first = undefined;
    this.open.clear();
  }

  note({ rule, knowledge, at }: Change): void {
    const was = this.open.get(rule);
    const source = knowledge === 'unknown' ? this.findSilent(rule) : undefined;
    if (source !== undefined) {
      if (was === undefined) this.open.set(rule, { source, at: Date.parse(at) });
      return;
    }
    this.open.delete(rule);
    if (was !== undefined && Date.parse(at) - was.at > HOLE_MS) this.first ??= was.source;
  }

  private findSilent(id: string): string | undefined {
    const heard = this.watch.states.find(({ rule }) => rule.id === id)?.heard;
    return heard?.find(({ telling }) => telling === 'silent')?.source;
  }
}
