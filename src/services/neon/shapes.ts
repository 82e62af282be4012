import * as z from 'zod';

// Only what we read, and only as strict as we need it: Neon adds fields between minor versions.

// Shapes are made when an answer is there: most commands never meet most of them.
export const branchShape = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    parent_id: z.string().nullish(),
    current_state: z.string(),
    pending_state: z.string().nullish(),
    logical_size: z.number().nullish(),
    default: z.boolean().default(false),
    protected: z.boolean().default(false),
    created_at: z.string(),
    restricted_actions: z.array(z.object({ name: z.string(), reason: z.string() })).nullish(),
  }),
);
export type NeonBranch = z.infer<typeof branchShape>;

export const operationShape = z.lazy(() =>
  z.object({
    id: z.string(),
    action: z.string().default('an operation'),
    status: z.string(),
    failures_count: z.number().default(0),
    error: z.string().nullish(),
    branch_id: z.string().nullish(),
  }),
);
export type NeonOperation = z.infer<typeof operationShape>;

const operations = z.array(operationShape);

export const projectAnswer = z.lazy(() =>
  z.object({
    project: z.object({ history_retention_seconds: z.number().nonnegative() }),
  }),
);
export const capacityAnswer = z.lazy(() =>
  z.object({
    project: z.object({
      owner: z.object({ branches_limit: z.number().nullish() }).nullish(),
      branch_logical_size_limit_bytes: z.number().nullish(),
      maintenance_scheduled_for: z.string().nullish(),
    }),
  }),
);
export const branchAnswer = z.object({ branch: branchShape });
export const branchesAnswer = z.lazy(() =>
  z.object({
    branches: z.array(branchShape),
    pagination: z.object({ next: z.string().nullish() }).nullish(),
  }),
);
export const branchWorkAnswer = z.object({ branch: branchShape, operations });
export const endpointShape = z.lazy(() =>
  z.object({
    id: z.string(),
    host: z.string(),
    type: z.string(),
    current_state: z.string(),
  }),
);
export type NeonEndpoint = z.infer<typeof endpointShape>;
export const endpointsAnswer = z.object({ endpoints: z.array(endpointShape) });
export const endpointWorkAnswer = z.object({ endpoint: endpointShape, operations });
export const operationAnswer = z.object({ operation: operationShape });
export const operationsAnswer = z.object({ operations });
export const uriAnswer = z.object({ uri: z.string() });
/** 204 for a branch that is gone already has no body. */
export const deletedAnswer = z
  .object({ operations: operations.default([]) })
  .or(z.literal('').transform(() => ({ operations: [] })));
