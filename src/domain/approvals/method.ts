/** How it is known who signed, the strongest first. */
export const METHODS = ['ssh-signed', 'github', 'self-declared', 'proxy'] as const;
export type Method = (typeof METHODS)[number];

/**
 * What a runbook may demand. That a workflow of GitHub wrote an entry cannot be proven from the entry, so nothing may rest on it.
 */
export const DEMANDS = ['ssh-signed', 'self-declared', 'proxy'] as const;
export type Demand = (typeof DEMANDS)[number];

export const isMethod = (value: unknown): value is Method => METHODS.some((one) => one === value);

/** True when `method` proves no less than `least` does. */
export const isAtLeast = (method: Method, least: Method): boolean =>
  METHODS.indexOf(method) <= METHODS.indexOf(least);
