/** `MAINTENANCE IS ON…: users are locked out`, with what is known of it (`detail`) before the colon. */
export const sayLockedOut = (inDoubt: boolean, detail: string): string =>
  inDoubt
    ? `MAINTENANCE MAY BE ON${detail}: users may be locked out; look at the application`
    : `MAINTENANCE IS ON${detail}: users are locked out`;

/** `Stripe delivers nothing to we_1…`, with what is known of it. */
export const sayWebhooksOff = (inDoubt: boolean, endpoints: readonly string[], detail: string): string =>
  `${inDoubt ? 'Stripe may deliver nothing' : 'Stripe delivers nothing'} to ${endpoints.join(', ')}${detail}: enable it in the dashboard`;

/** `USERS ARE SENT TO THE STATUS PAGE…`, with what is known of it. */
export const sayTrafficAway = (inDoubt: boolean, detail: string): string =>
  inDoubt
    ? `USERS MAY BE SENT TO THE STATUS PAGE${detail}: look at the CDN`
    : `USERS ARE SENT TO THE STATUS PAGE${detail}: they do not reach the application`;

/** `background jobs are paused…`, with what is known of it. */
export const sayPausedJobs = (inDoubt: boolean, detail: string): string =>
  inDoubt
    ? `background jobs may be paused${detail}: look at the application`
    : `background jobs are paused${detail}`;
