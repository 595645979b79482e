/** The requests and commands of our own between client and server, each declared once; both sides import them. */
import type { Location, Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';

/** Request: an edit that ends a node's region at an address. Answered with an {@link EditResult}. */
export const EXTEND_REQUEST = 'kexecMint/extend';

export interface ExtendParams {
  /** A file of the project. */
  readonly uri: string;
  /** The region: by any place in its size or start, or by name. */
  readonly at: { readonly position: Position } | RegionName;
  /** The exclusive end, as typed: `0x60000000`. */
  readonly address: string;
}

/** A region of an OS node. */
export interface RegionName {
  readonly osid: number;
  /** `region3` */
  readonly region: string;
}

export type EditResult =
  /** `title` says what the edit does, for a person who has not chosen it by its title. */
  | { readonly kind: 'edit'; readonly title?: string; readonly edit: WorkspaceEdit }
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

/** Request: where a region can be made to end. Answered with a {@link TargetsResult}. */
export const TARGETS_REQUEST = 'kexecMint/extendTargets';

export interface TargetsParams {
  /** A file of the project. */
  readonly uri: string;
  readonly osid: number;
  /** `region3`; without it, the region that divides the window. */
  readonly region?: string;
}

export type TargetsResult =
  | {
      readonly kind: 'targets';
      /** `region3` */
      readonly region: string;
      /** Where the region starts, `0x20000000`. */
      readonly start: string;
      /** A sensible first answer to "which address?". */
      readonly suggestion: string;
      /** Those for which there is an exact edit. */
      readonly targets: readonly TargetItem[];
    }
  /** A sentence for the person, in the session's language. */
  | { readonly kind: 'error'; readonly message: string };

/** Texts are in the session's language. */
export interface TargetItem {
  /** `The window's end` */
  readonly label: string;
  /** The exclusive end, for {@link ExtendParams}. */
  readonly address: string;
  /** What the region becomes: `0x20000000–0x68000000 · 1152 MiB` */
  readonly description: string;
  /** Which other nodes' memory it takes then; undefined where none. */
  readonly warning?: string;
}

/** Command of the palette: asks which node and where it is to end. Its argument may be {@link ExtendNodeArguments}. */
export const EXTEND_NODE_COMMAND = 'kexecMint.extendNode';

/** What is known already. */
export type ExtendNodeArguments = TargetsParams;

/**
 * Request: an edit that lets a node watch the other nodes' memory: reserved ranges, which it reads and never allocates.
 * Answered with an {@link EditResult}.
 */
export const WATCH_REQUEST = 'kexecMint/watch';

export interface WatchParams {
  /** A file of the project. */
  readonly uri: string;
  readonly osid: number;
  /** All of the other nodes' share of the window, or their kernel text alone. */
  readonly part: 'memory' | 'kernel-text';
}

/** Command of the palette: asks for a node and the part, then sends {@link WATCH_REQUEST}. */
export const WATCH_COMMAND = 'kexecMint.watch';

/** Command of the client: shows places of a region beside the code. Its argument is {@link ShowRegionArguments}. */
export const SHOW_REGION_COMMAND = 'kexecMint.showRegion';

export interface ShowRegionArguments {
  readonly uri: string;
  readonly position: Position;
  /** The same lines of every node, this one included. */
  readonly locations: readonly { readonly uri: string; readonly range: Range }[];
}

/** Command of the palette: writes a project file from what was discovered, and opens it. */
export const CREATE_PROJECT_FILE_COMMAND = 'kexecMint.createProjectFile';

/** Request: the text of the project file for a project that has none. */
export const CREATE_PROJECT_FILE_REQUEST = 'kexecMint/createProjectFile';

export interface CreateProjectFileParams {
  /** A document of the project, or a workspace folder for the first one. */
  readonly uri: string;
}

export type CreateProjectFileResult =
  | { readonly kind: 'new'; readonly uri: string; readonly text: string }
  /** The project has one. */
  | { readonly kind: 'present'; readonly uri: string }
  /** A sentence for the person, in the session's language. */
  | { readonly kind: 'error'; readonly message: string };

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

/** Command of the palette: boots OS nodes in QEMU, by the command line. */
export const BOOT_COMMAND = 'kexecMint.boot';

/** Notification of the server: the layout of a project, or what is found about it, is another one now. */
export const LAYOUT_CHANGED = 'kexecMint/layoutChanged';

/** Request: the layout of every project, for lists of its nodes. Answered with a {@link LayoutResult}. */
export const LAYOUT_REQUEST = 'kexecMint/layout';

export interface LayoutResult {
  /** Those that have OS nodes. */
  readonly projects: readonly ProjectItem[];
}

/** Texts are in the session's language, addresses as in C (`0x20000000`), ends exclusive. */
export interface ProjectItem {
  /** Names the project in requests: any file of it would do. */
  readonly uri: string;
  /** The folder's name. */
  readonly name: string;
  /** `3 OS nodes · 2 overlaps` */
  readonly summary: string;
  /** How bad the worst finding is; undefined where there is none. */
  readonly worst?: FindingItem['severity'];
  readonly window: AddressItem;
  readonly nodes: readonly NodeItem[];
  /** What is found and concerns no OS node: most often the project file. */
  readonly findings: readonly FindingItem[];
}

export interface AddressItem {
  readonly start: string;
  readonly end: string;
}

export interface NodeItem {
  readonly osid: number;
  /** `OS node 0` */
  readonly label: string;
  /** Its name, role and source tree. */
  readonly description: string;
  /** Its tree's firmware_memmap.c. */
  readonly file: string;
  readonly regions: readonly RegionItem[];
  readonly kernelText?: PlacedItem;
  readonly dumps: readonly { readonly uri: string; readonly label: string }[];
  /** What is found about the node. */
  readonly findings: readonly FindingItem[];
}

export interface RegionItem {
  readonly name: string;
  /** `0x20000000–0x38000000 · 384 MiB`, or that it is unknown. */
  readonly description: string;
  /** How it came about, or why it is unknown, as Markdown. */
  readonly tooltip: string;
  /** Undefined where it is unknown. */
  readonly range?: AddressItem;
  readonly kind: 'ram' | 'reserved';
  /** The places that set its start and size, the one to go to first; none where nothing does. */
  readonly places: readonly Location[];
  /** It is the region that divides the window. */
  readonly isShare: boolean;
  readonly overlaps: boolean;
}

export interface PlacedItem {
  readonly description: string;
  readonly range: AddressItem;
  readonly location: Location;
}

export interface FindingItem {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly location: Location;
}

/** Command of the client: opens the map of a project. Its argument may be {@link OpenMapArguments}. */
export const OPEN_MAP_COMMAND = 'kexecMint.openMap';

export interface OpenMapArguments {
  /** A file of the project. */
  readonly uri: string;
}

/** Request: the picture of a project's layout. Answered with a {@link PictureResult}, or null where there is no layout. */
export const PICTURE_REQUEST = 'kexecMint/picture';

export interface PictureParams {
  /** A file of the project; without one, the first project. */
  readonly uri?: string;
  /** An earlier state, drawn beside the present one. */
  readonly before?: EarlierState;
  /** A region as it would be if it ended elsewhere; drawn so, and nothing is edited. */
  readonly trial?: RegionName & { readonly end: string };
  /** For how many pixels it is made, where it can be; it never gets too narrow to be read. */
  readonly width?: number;
}

export type EarlierState =
  /** What the open documents are on disk. */
  | { readonly kind: 'saved' }
  /** Files as they were, by URI, as base64 of their bytes; the others have not changed. */
  | {
      readonly kind: 'files';
      readonly title: string;
      /** `null`: there was no such file. */
      readonly files: Readonly<Record<string, string | null>>;
    };

export interface PictureResult {
  /** The project that is drawn, and all there are to choose from. */
  readonly uri: string;
  readonly projects: readonly { readonly uri: string; readonly name: string }[];
  /** Every text that the layout rests on, by URI: sources, project file, dumps. */
  readonly files: readonly string[];
  /** Inline SVG for a page with the picture's style sheet; `server/src/picture/` says how it is made up. */
  readonly svg: string;
  /** The same content in words: a heading and its rows for each state that is drawn. */
  readonly tables: readonly PictureTable[];
  /** `3 OS nodes · 2 overlaps`, of the present state, with the trial. */
  readonly summary: string;
  /**
   * The places that set each region, the one to go to first. Memory that is no region but a range of kexec's table goes by
   * its addresses, as the picture's `data-region` has it: `0x38000000-0x68000000`, end exclusive.
   */
  readonly regions: readonly (RegionName & { readonly places: readonly Location[] })[];
  /** Whether the earlier state differs; undefined where none was asked for. */
  readonly changed?: boolean;
}

export interface PictureTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A sentence that belongs below the table: what of it rests on less than the others. */
  readonly note?: string;
}

/** Request: the picture for a report. Answered with an {@link ExportResult}, or null where there is no layout. */
export const EXPORT_REQUEST = 'kexecMint/export';

export interface ExportParams extends Omit<PictureParams, 'trial' | 'width'> {
  /** `svg`: self-contained, for print; `markdown`: a table; `text`: for a terminal or a mail. */
  readonly format: 'svg' | 'markdown' | 'text';
}

export interface ExportResult {
  readonly text: string;
}

/** Command of the palette: shows the answer to {@link FOUND_REQUEST} for the active document. */
export const FOUND_COMMAND = 'kexecMint.showFound';

/** Request: which files are recognized, as what and why. Answered with a {@link FoundResult}. */
export const FOUND_REQUEST = 'kexecMint/found';

export interface FoundParams {
  /** A file that the person asks about. */
  readonly uri?: string;
}

export interface FoundResult {
  readonly markdown: string;
}

/** Request to the client: a file that is on no disk of the server's. Answered with a {@link ReadFileResult}. */
export const READ_FILE_REQUEST = 'kexecMint/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** A file of more bytes is not read. */
  readonly limit: number;
  /** Nor one that is not in a workspace folder. */
  readonly inside: boolean;
}

/** The bytes as base64; null where there is no such file, or where it may not be read. */
export type ReadFileResult = string | null;

/** Request to the client: the files below a folder that is on no disk of the server's. Answered with a {@link FindFilesResult}. */
export const FIND_FILES_REQUEST = 'kexecMint/findFiles';

export interface FindFilesParams {
  readonly folder: string;
  readonly globs: readonly string[];
}

export interface FindFilesResult {
  /** URIs of the files whose path matches one of the globs. */
  readonly files: readonly string[];
  /** How many entries of folders were looked at, where the search ended early. */
  readonly endedAfter?: number;
}

export interface ParserFiles {
  /** web-tree-sitter.wasm */
  readonly runtime: Uint8Array;
  /** tree-sitter-c.wasm */
  readonly language: Uint8Array;
}

/** What the client hands over in `initialize`. */
export interface InitializationOptions {
  /** The parser, for a server without a disk: the messages of a worker may hold bytes. */
  readonly parser?: ParserFiles;
  /** Folder of the extension's documentation on the web, without a trailing slash, where it has one. */
  readonly documentation?: string;
  /** The client wants {@link LAYOUT_CHANGED}. */
  readonly layoutChanged?: boolean;
  /** The client has {@link OPEN_MAP_COMMAND}. */
  readonly opensMap?: boolean;
}
