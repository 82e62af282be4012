/**
 * The machine a run is recorded under. RELEASE_SANDBOX_HOST counts only when the configuration itself says
 * `sandbox: true`: there one machine plays two, and on production nobody may pass for another one.
 */
export function hostFor(
  sandbox: boolean,
  env: Readonly<Record<string, string | undefined>>,
  own: string,
): string {
  return (sandbox && env.RELEASE_SANDBOX_HOST) || own;
}
