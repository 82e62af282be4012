import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { plural } from '../../domain/plural.ts';
import type { Wired } from '../wired.ts';
import { asTried, type Tried } from './time-part.ts';

const isAnnouncement = (entry: Plan['entries'][number]): entry is PlannedStep =>
  entry.kind === 'step' && entry.step === 'slack.announce';

function momentOf({ name, input }: PlannedStep, plan: Plan, run: string, { env, clock }: Wired): Moment {
  const { notes = {} } = input as { readonly notes?: JsonObject };
  return {
    run,
    env,
    plan,
    facts: {},
    now: clock.now().toISOString(),
    step: name,
    canThread: false,
    repeated: false,
    notes,
  };
}

/** Every message of the plan, rendered and sent to nobody: a template that is broken shows here and not in an outage. */
export async function tryMessages(wired: Wired, plan: Plan, run: string): Promise<Tried> {
  const entries = plan.entries.filter(isAnnouncement);
  if (entries.length === 0) return { outcome: 'ok', said: 'the plan sends no message' };
  const answers = await Promise.all(
    entries.map(async (entry) => {
      const { template } = entry.input as { readonly template: string };
      try {
        await wired.render(template, momentOf(entry, plan, run, wired) as unknown as JsonObject);
        return [];
      } catch (error) {
        const { said, ...tried } = asTried(error);
        return [{ ...tried, said: `${template}: ${said}` }];
      }
    }),
  );
  const bad = answers.flat();
  const [first] = bad;
  return first === undefined
    ? { outcome: 'ok', said: `${plural(entries.length, 'message')} rendered, none sent` }
    : { ...first, outcome: 'not', said: bad.map(({ said }) => said).join('; ') };
}
