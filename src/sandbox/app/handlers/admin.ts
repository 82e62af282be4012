import { requireOperator } from '../access/require.ts';
import { type AppHandler, ok } from '../http/exchange.ts';
import { Problem } from '../http/problem.ts';
import { readObject } from '../http/read-body.ts';

/** Switches maintenance mode; it answers with the state that is in force (DAY-17, DAY-35). */
export const switchMaintenance: AppHandler = (app, request) => {
  requireOperator(app, request);
  const { enabled } = readObject(request.body);
  if (typeof enabled !== 'boolean') throw new Problem(400, 'enabled must be true or false');
  return ok({ maintenance: app.flags.write({ maintenance: enabled }).maintenance });
};

/** Pauses the worker, or lets it go on (RBX-2.2, RBX-6.2). */
export const switchJobs =
  (jobsPaused: boolean): AppHandler =>
  (app, request) => {
    requireOperator(app, request);
    return ok({ jobsPaused: app.flags.write({ jobsPaused }).jobsPaused });
  };
