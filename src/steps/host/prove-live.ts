import { minutes } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

type Input = { env: string; version: string; candidate?: string; commitOf: string };
type Done = { version: string; answers: number; tookMs: number };

/**
 * The wanted version must answer several times in a row: during a change of builds a share of the answers still
 * comes from the old one (DAY-26, E-78, F63).
 */
export const proveLive = defineStep<'host', Input, Done>({
  id: 'host.prove-live',
  def: 1,
  needs: ['host'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(15),
  stop: 'safe',
  title: ({ version }) => `See that ${version} answers`,
  run: async ({ host }, { env, commitOf, ...named }, { facts, tell, signal }) => {
    const wanted = { ...named, commit: String(facts[commitOf]?.commit ?? '') };
    const proof = await host.proveLive(env, wanted, tell, signal);
    return { version: proof.version, answers: proof.answers, tookMs: proof.tookMs };
  },
  undo: { kind: 'nothing' },
});
