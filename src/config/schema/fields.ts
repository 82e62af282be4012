import * as z from 'zod';
import { isZone } from '../../domain/calendar/is-zone.ts';
import { SECRET_NAME } from '../secret-name.ts';

// A configuration is checked once: compiling a parser for it costs more than it saves.
z.config({ jitless: true });

/** A secret is named, never written: `$STRIPE_SECRET_KEY`. The value comes from the environment. */
export const secretName = z
  .string()
  .regex(SECRET_NAME, 'must name a secret as $UPPER_CASE; a value must never stand here')
  .meta({ 'x-secret': true });

/** A short name. Never `x-…`: those keys are free for other tools. */
export const slug = z
  .string()
  .regex(/^(?!x-)[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower case letters, digits and dashes');
export const text = z.string().min(1);
export const url = z.url({ protocol: /^https?$/, error: 'must be a full http(s) address' });
export const path = z.string().regex(/^\/\S*$/, 'must be a path that begins with /');
export const percent = z.number().min(0).max(100);
export const count = z.number().int().min(0);
export const positive = z.number().positive();
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 10:00');
export const weekday = z.enum(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
export const zone = z.string().refine(isZone, 'must be an IANA zone like America/New_York');

/** A row of the written runbook, like ENV-06. */
export const row = z.string().regex(/^[A-Z0-9]+-[A-Z0-9-]+$/, 'must be a row id like ENV-06');

/** A path inside the repository: never absolute, never upwards. */
export const repoPath = z
  .string()
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]+$/, 'must be a path inside the repository');

/** A git ref name that no option parser can mistake. `{version}` stands for the version with its v. */
export const refName = z
  .string()
  .regex(/^(?!-)(?!.*\.\.)[A-Za-z0-9._/{}-]{1,200}$/, 'must be a plain branch or tag name');

/** A command line that the runbook's owner wrote, run by zx in the repository. */
export const commandLine = z.string().min(1).max(4000);

export const httpMethod = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Values that go out as they are; every key is allowed here, also one that begins with `x-`. */
export const payload = z.record(z.string(), z.json());
export const textPayload = z.record(z.string(), z.string());
