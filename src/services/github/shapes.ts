import * as z from 'zod';
import { oneLine } from '../../domain/screen-text.ts';
import type { WorkflowRun } from './port.ts';

// Only what we read, and only as strict as we need it.

// Shapes are made when an answer is there: most commands never meet most of them.
const runShape = z.lazy(() =>
  z.object({
    id: z.number().int(),
    name: z.string().nullish(),
    display_title: z.string().nullish(),
    status: z.string(),
    conclusion: z.string().nullish(),
    html_url: z.string(),
  }),
);
export type TheirRun = z.infer<typeof runShape>;

export const runAnswer = runShape;
export const runsAnswer = z.object({ workflow_runs: z.array(runShape) });
/** With the run's details, or nothing (204) from a server that does not give them. */
export const dispatchAnswer = z.lazy(() =>
  z.object({ workflow_run_id: z.number().int(), html_url: z.string() }).or(z.undefined()),
);
const issueShape = z.lazy(() =>
  z.object({
    number: z.number().int(),
    title: z.string(),
    milestone: z.object({ title: z.string() }).nullish(),
    pull_request: z.unknown().optional(),
  }),
);
export type TheirIssue = z.infer<typeof issueShape>;
export const issuesAnswer = z.array(issueShape);
const ticketShape = z.lazy(() =>
  z.object({
    number: z.number().int(),
    html_url: z.string(),
    body: z.string().nullish(),
    pull_request: z.unknown().optional(),
  }),
);
export type TheirTicket = z.infer<typeof ticketShape>;
export const ticketAnswer = ticketShape;
export const ticketsAnswer = z.array(ticketShape);
export const limitsAnswer = z.lazy(() =>
  z.object({
    resources: z.object({
      core: z.object({ limit: z.number().int().positive(), remaining: z.number().int().min(0) }),
    }),
  }),
);
export const searchAnswer = z.lazy(() =>
  z.object({ incomplete_results: z.boolean(), items: z.array(ticketShape) }),
);
export const labelsAnswer = z.lazy(() => z.array(z.object({ name: z.string() })));
export const checkRunsAnswer = z.lazy(() =>
  z.object({
    check_runs: z.array(z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullish() })),
  }),
);
export const statusAnswer = z.lazy(() =>
  z.object({
    statuses: z.array(z.object({ context: z.string(), state: z.string() })),
  }),
);

const STATES: ReadonlyMap<string, WorkflowRun['status']> = new Map([
  ['queued', 'queued'],
  ['requested', 'queued'],
  ['pending', 'queued'],
  ['waiting', 'waiting'],
  ['completed', 'completed'],
]);

/** A run in our words. A state that GitHub may add one day is one that has not ended. */
export const toRun = ({ id, status, conclusion, html_url }: TheirRun): WorkflowRun => ({
  id: String(id),
  status: STATES.get(status) ?? 'in_progress',
  ...(conclusion ? { conclusion: oneLine(conclusion, 40) } : {}),
  url: oneLine(html_url, 300),
});
