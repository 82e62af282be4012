import * as z from 'zod';

// `object` is checked with everything else: the SDK hands over any JSON without an `error` field (T30).

// Shapes are made when an answer is there: most commands never meet most of them.
export const balanceShape = z.lazy(() => z.object({ object: z.literal('balance'), livemode: z.boolean() }));

export const endpointShape = z.lazy(() =>
  z.object({
    object: z.literal('webhook_endpoint'),
    id: z.string(),
    url: z.string(),
    status: z.string(),
    api_version: z.string().nullish(),
    enabled_events: z.array(z.string()),
  }),
);

export const endpointsShape = z.lazy(() =>
  z.object({
    object: z.literal('list'),
    has_more: z.boolean(),
    data: z.array(endpointShape),
  }),
);

export const priceShape = z.lazy(() =>
  z.object({
    object: z.literal('price'),
    active: z.boolean(),
    livemode: z.boolean(),
    unit_amount: z.number().nullable(),
  }),
);

export const sessionShape = z.object({
  object: z.literal('checkout.session'),
  id: z.string(),
  status: z.string().nullable(),
  success_url: z.string().nullish(),
  return_url: z.string().nullish(),
});

export const sessionsShape = z.lazy(() =>
  z.object({
    object: z.literal('list'),
    has_more: z.boolean(),
    data: z.array(sessionShape.extend({ client_reference_id: z.string().nullish() })),
  }),
);

export const intentsShape = z.lazy(() =>
  z.object({
    object: z.literal('list'),
    has_more: z.boolean(),
    data: z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        last_payment_error: z.object({ type: z.string() }).nullish(),
      }),
    ),
  }),
);

/** Every field is kept: the event is sent on as it came. */
export const wholeEventsShape = z.lazy(() =>
  z.object({
    object: z.literal('list'),
    has_more: z.boolean(),
    data: z.array(
      z.looseObject({ object: z.literal('event'), id: z.string(), type: z.string(), created: z.number() }),
    ),
  }),
);

export const eventsShape = z.lazy(() =>
  z.object({
    object: z.literal('list'),
    data: z.array(z.object({ id: z.string(), created: z.number() })),
  }),
);
