/** The requests and commands of our own between client and server, each declared once; both sides import them. */
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';

/** Request: an edit that ends a node's region at an address that the person types. */
export const EXTEND_REQUEST = 'kexecMint/extend';

export interface ExtendParams {
  readonly uri: string;
  /** Any place in the region's size or start. */
  readonly position: Position;
  /** The exclusive end, as typed: `0x60000000`. */
  readonly address: string;
}

export type EditResult =
  | { readonly kind: 'edit'; readonly edit: WorkspaceEdit }
  /** A sentence for the person, in the session's language. */
  | { readonly kind: 'error'; readonly message: string };

/** Command of the client: asks for an address, then sends {@link EXTEND_REQUEST}. Its argument is {@link ExtendArguments}. */
export const EXTEND_COMMAND = 'kexecMint.extendTo';

export interface ExtendArguments {
  readonly uri: string;
  readonly position: Position;
  /** What is extended, for the input box's prompt. */
  readonly osid: number;
  /** `region3` */
  readonly region: string;
  /** Where the region starts, `0x20000000`. */
  readonly start: string;
  /** A sensible first answer: the window's end. */
  readonly suggestion: string;
}

/** Command of the client: shows places of a region beside the code. Its argument is {@link ShowRegionArguments}. */
export const SHOW_REGION_COMMAND = 'kexecMint.showRegion';

export interface ShowRegionArguments {
  readonly uri: string;
  readonly position: Position;
  /** The same lines of every node, this one included. */
  readonly locations: readonly { readonly uri: string; readonly range: Range }[];
}

/** Request: an edit of kexec-mint.json that allows overlaps with a reason. Answered with an {@link EditResult}. */
export const ALLOW_REQUEST = 'kexecMint/allowOverlap';

export interface AllowParams extends AllowArguments {
  readonly reason: string;
}

/** Command of the client: asks for a reason, then sends {@link ALLOW_REQUEST}. Its argument is {@link AllowArguments}. */
export const ALLOW_COMMAND = 'kexecMint.allowOverlap';

export interface AllowArguments {
  /** A file of the project. */
  readonly uri: string;
  readonly overlaps: readonly {
    readonly nodes: readonly [number, number];
    /** A region of each, in the order of `nodes`. */
    readonly regions: readonly [string, string];
  }[];
}

/** Request: what the overlaps of a project mean. */
export const EXPLAIN_REQUEST = 'kexecMint/explainOverlaps';

export interface ExplainParams {
  /** A file of the project; without one, all projects. */
  readonly uri?: string;
}

export interface ExplainResult {
  readonly markdown: string;
}

/** Command of the client: shows the answer to {@link EXPLAIN_REQUEST}. Its argument may be {@link ExplainParams}. */
export const EXPLAIN_COMMAND = 'kexecMint.explainOverlaps';

/** What the client hands over in `initialize`. */
export interface InitializationOptions {
  /** Folder of the extension's documentation on the web, without a trailing slash, where it has one. */
  readonly documentation?: string;
}
