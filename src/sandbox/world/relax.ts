type Part = Record<string, unknown>;

/** One machine runs the database, the application and five servers beside the program that measures them. */
export const PATIENCE = 5;

/** Budgets of endpoints. */
export const relax = (budgets: Record<string, Part>): Part =>
  Object.fromEntries(
    Object.entries(budgets).map(([name, budget]) => [
      name,
      {
        ...budget,
        p95Ms: Number(budget.p95Ms) * PATIENCE,
        ...(budget.maxMs === undefined ? {} : { maxMs: Number(budget.maxMs) * PATIENCE }),
      },
    ]),
  );

/** Rules about times, like budgets. Those that compare with a budget are relaxed by it already. */
export const relaxRules = (rules: Record<string, Part>): Part =>
  Object.fromEntries(
    Object.entries(rules).map(([id, rule]) => {
      const isOfTimes = rule.unit === 'ms' && rule.against !== 'p95-budget';
      const bands = rule.bands as readonly { readonly from?: number }[];
      const relaxed = bands.map((band) => ({ ...band, from: (band.from ?? 0) * PATIENCE }));
      return [id, isOfTimes ? { ...rule, bands: relaxed } : rule];
    }),
  );
