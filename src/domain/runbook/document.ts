/** A place in the text. Lines and columns count from 1. */
export interface Spot {
  readonly line: number;
  readonly col: number;
}

/** A heading and what stands below it. */
export interface Section extends Spot {
  readonly title: string;
  /** 1 to 6; 0 for what stands before the first heading. */
  readonly depth: number;
  /** Titles from the outermost heading down to its own. */
  readonly path: readonly string[];
  /** As GitHub makes it of the title: what a link to `#…` has to say. */
  readonly anchor: string;
}

/** A block between fences. */
export interface Fence extends Spot {
  /** The first word behind the opening fence, in small letters; '' without one. */
  readonly lang: string;
  readonly kind: 'shell' | 'sql' | 'text';
  /** Its lines, without the fences; the first of them stands at `line + 1`. */
  readonly lines: readonly string[];
  readonly isClosed: boolean;
  readonly section: Section;
}

/** One line of prose, without its marks: an item of a list, a paragraph's line, or a cell of a table. */
export interface Statement extends Spot {
  readonly text: string;
  readonly kind: 'item' | 'text' | 'cell' | 'heading';
  /** True for an item that begins with a box to tick. */
  readonly hasBox: boolean;
  /** The words in bold before a colon at its beginning, like `Error Rate`; '' without them. */
  readonly label: string;
  /** What the list, or the column of the table, is headed by: `GO Criteria`. The title of the section where nothing is. */
  readonly group: string;
  readonly section: Section;
}

/** A table: cells of a row by the column's heading. */
export interface Table extends Spot {
  readonly head: readonly string[];
  readonly rows: readonly (Spot & { readonly cells: readonly string[] })[];
  readonly section: Section;
}

/** A line that somebody is to run, with its continuation lines joined. */
export interface Command extends Spot {
  readonly text: string;
  /** Comments directly above and below it. */
  readonly above: readonly string[];
  readonly below: readonly (Spot & { readonly text: string })[];
  readonly section: Section;
  /** Undefined for one that stands between back-ticks in a sentence. */
  readonly fence: Fence | undefined;
}

/** A written runbook, read once; rules ask it and never the text. */
export interface RunbookDocument {
  /** As messages name the file. */
  readonly file: string;
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
  readonly fences: readonly Fence[];
  readonly statements: readonly Statement[];
  readonly tables: readonly Table[];
  readonly commands: readonly Command[];
}
