import type { SignedPoint } from '../../domain/approvals/payload.ts';

/** What is typed to sign it. */
export const signLine = (point: SignedPoint, version: string, env: string): string =>
  point === 'before' || point === 'after'
    ? `release handoff ${point} ${version} --sign --env ${env}`
    : `release approve ${version} --point ${point} --env ${env}`;
