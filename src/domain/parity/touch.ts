import type { CatalogueKind } from '../catalogue.ts';

/** One object that a statement makes, drops or changes; a `*` in its name stands for anything, where it is not sure. */
export interface Touch {
  readonly kind: CatalogueKind;
  readonly name: string;
  /** `change`: of what is there before and after; `replace`: made, or changed when it is there. */
  readonly way: 'add' | 'drop' | 'change' | 'replace';
}
export type Way = Touch['way'];

export type Fields = Readonly<Record<string, unknown>>;

export const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
export const asList = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(asFields) : [];
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
export const within = (node: Fields, name: string): Fields => asFields(node[name]);

/** Objects outside of public carry their schema, as they do in a catalogue. */
const shown = (parts: readonly string[]): string =>
  (parts[0] === 'public' ? parts.slice(1) : parts).join('.');
export const relationOf = (node: Fields): string =>
  shown([asText(node.schemaname), asText(node.relname)].filter(Boolean));
export const nameIn = (list: unknown): string =>
  shown(asList(list).map((one) => asText(within(one, 'String').sval)));

export const touch = (kind: CatalogueKind, name: string, way: Way): Touch => ({ kind, name, way });
