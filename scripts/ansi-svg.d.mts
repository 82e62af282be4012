interface Run {
  readonly text: string;
  readonly style: Readonly<Record<string, unknown>>;
}

export declare function parseAnsi(text: string): readonly (readonly Run[])[];
export declare function widthOf(text: string): number;
export declare function renderTerminal(
  text: string,
  options: { readonly title: string; readonly about: string },
): string;
