import * as z from 'zod';

const share = z.number().min(0).max(1);

/** What may stand in `app/behaviour.json`. */
export const behaviourSchema = z.strictObject({
  /** Routes that fail for a share of their requests; the share may climb from 0, after a time in which nothing is wrong. */
  faults: z
    .array(
      z.strictObject({
        route: z.string(),
        share,
        status: z.number().int().min(400).max(599).default(500),
        afterRequests: z.number().int().min(0).default(0),
        growsOverRequests: z.number().int().min(0).default(0),
      }),
    )
    .default([]),
  slow: z
    .array(z.strictObject({ route: z.string(), ms: z.number().min(0), share: share.default(1) }))
    .default([]),
  refuseStart: z.boolean().default(false),
  reportVersion: z.string().optional(),
});
