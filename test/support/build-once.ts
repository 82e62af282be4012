import { bundle, isFresh, writeCheckIndex } from '../../scripts/build.mjs';

/** Before any test: the built program is as young as its sources. */
export default async function buildOnce(): Promise<void> {
  writeCheckIndex();
  if (!isFresh()) await bundle();
}
