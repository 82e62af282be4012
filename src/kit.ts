// The one door for checks and steps. Public as `release-runbook/kit`.
export type { Environment, Runbook } from './config/schema/index.ts';
export { ReleaseError } from './domain/failure.ts';
export type { Gate, Judgement } from './domain/finding.ts';
export { fingerprintOf } from './kit/catalogue.ts';
export * from './kit/check.ts';
export { defineDriftCheck } from './kit/drift/define-drift-check.ts';
export { describeSchema } from './kit/drift/describe-schema.ts';
export { driftRecord, whyNoDrift } from './kit/drift/drift-facts.ts';
export { readBuild } from './kit/drift/read-build.ts';
export { readSchema } from './kit/drift/read-schema.ts';
export { type Evidence, findCandidate, readEvidence } from './kit/evidence.ts';
export { findLiveCommit } from './kit/find-live-commit.ts';
export { hashConfig } from './kit/hash-config.ts';
export { hashText } from './kit/hash-text.ts';
export { type AskAgain, askIntegrity } from './kit/integrity/ask-again.ts';
export { established } from './kit/integrity/established.ts';
export {
  type Baseline,
  baselineOf,
  type IntegrityReader,
  readBaseline,
  readWhatAnswers,
} from './kit/integrity/read-baseline.ts';
export { hurriedReaderOf, readerOf } from './kit/integrity/reader-of.ts';
export { findSchema, keepSchema } from './kit/kept-schema.ts';
export { knockSigned } from './kit/knock-signed.ts';
export { listRealChanges } from './kit/list-real-changes.ts';
export { findPending, readMigrations } from './kit/migrations.ts';
export * from './kit/plan.ts';
export { buildCandidate, type Candidate, type Recipe } from './kit/prepare/build-candidate.ts';
export { exceptionRules, type FreezeFacts, readFreeze } from './kit/read-freeze.ts';
export { findSameDatabase, listNeighbours, readNeighbours } from './kit/read-neighbours.ts';
export { clearLeftovers } from './kit/rehearsal/clear-leftovers.ts';
export { isItsFault } from './kit/rehearsal/is-its-fault.ts';
export { readerOfCopy } from './kit/rehearsal/reader-of-copy.ts';
export { rehearsalOrder } from './kit/rehearsal/rehearsal-order.ts';
export { type ExpectedSchema, tryWayBack, type WayBackTrial } from './kit/rehearsal/try-way-back.ts';
export { makeStatusOrder, type RollbackWord } from './kit/status-order.ts';
export * from './kit/step.ts';
export type { ServiceName, Services } from './services/services.ts';
