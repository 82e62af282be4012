export interface BenchResults {
  readonly at: string;
  readonly host: { readonly node: string; readonly os: string; readonly cores: number };
  readonly quality: { readonly load: number };
  readonly metrics: readonly { readonly id: string }[];
}
export function tableOf(results: BenchResults): string;
export function shownIn(page: string): string;
export function writeInto(path: string, results: BenchResults): void;
