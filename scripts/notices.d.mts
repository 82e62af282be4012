interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly texts: readonly string[];
}

export declare function listPackages(meta: { readonly inputs: object }): readonly BundledPackage[];
export declare function renderNotices(packages: readonly BundledPackage[]): string;
