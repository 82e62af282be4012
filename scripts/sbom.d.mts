interface Packaged {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export declare function renderSbom(bundled: readonly Packaged[]): string;
