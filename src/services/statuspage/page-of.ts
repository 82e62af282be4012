import type { Environment } from '../../config/schema/index.ts';

type Page = NonNullable<Environment['statusPage']>;

/** The settings of one kind of page. */
export type KindOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

/** Whose incidents they are: several services may share a page. */
export interface PageOf {
  readonly service: string;
  readonly env: string;
}
