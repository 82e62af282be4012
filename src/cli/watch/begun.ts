import type { Watch } from '../../domain/watch/fold.ts';
import type { Tallying } from '../../domain/watch/tally.ts';
import type { Trail } from '../../domain/watch/trail.ts';
import type { Sampler } from '../../engine/watch/sampler.ts';
import type { Attention } from './attention.ts';
import type { Watched } from './find-release.ts';
import type { Recorder } from './recorder.ts';
import type { TickFile } from './tick-file.ts';

/** A watch that can be gone on with. */
export interface Begun {
  readonly watched: Watched;
  readonly watch: Watch;
  readonly tallying: Tallying;
  readonly attention: Attention;
  readonly trail: Trail;
  readonly file: TickFile;
  readonly samplers: readonly Sampler[];
  /** ms since 1970, never back. */
  readonly now: () => number;
  /** Name of this watch. */
  readonly run: string;
  readonly recorder: Recorder;
  /** Nobody watched for so long; undefined: it is the first watch of this release. */
  readonly gapMs: number | undefined;
}
