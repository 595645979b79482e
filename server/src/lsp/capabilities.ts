/** What the client declares → what the server uses of it, and what the server offers. Nothing else asks what a client can do. */
import {
  type ClientCapabilities,
  type FileSystemWatcher,
  type ServerCapabilities,
  SymbolKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { PositionEncoding } from '../project/document';
import { IOMEM_LANGUAGE } from '../project/iomem-files';
import { APPLY_EDIT_COMMAND, type InitializationOptions } from '../protocol';
import { CODE_ACTION_KINDS } from '../service/features/code-actions';

/** Each is used only where it is declared; what stands in for it otherwise is said beside it. */
const DECLARATIONS = {
  /** Settings are asked for. Else: those of `initialize` and those that are pushed. */
  configuration: ({ workspace }) => workspace?.configuration,
  /** Else: a change of settings is told by clients that tell it without being asked to. */
  registersConfiguration: ({ workspace }) => workspace?.didChangeConfiguration?.dynamicRegistration,
  /** Else: files are read again when a document is opened or saved. */
  registersWatchers: ({ workspace }) => workspace?.didChangeWatchedFiles?.dynamicRegistration,
  /** Else: `rootUri`, `rootPath`, or where the open documents lie. */
  workspaceFolders: ({ workspace }) => workspace?.workspaceFolders,
  /** Edits name the version of the document they are for. */
  versionedEdits: ({ workspace }) => workspace?.workspaceEdit?.documentChanges,
  /** Edits create files. Else: none is offered that would. */
  createsFiles: ({ workspace }) =>
    workspace?.workspaceEdit?.documentChanges &&
    workspace.workspaceEdit.resourceOperations?.includes('create'),
  /** Edits can be sent by the server. */
  appliesEdits: ({ workspace }) => workspace?.applyEdit,
  /** Tooltips of hints are asked for one by one. Else: each hint brings its own. */
  resolvesTooltips: ({ textDocument }) =>
    textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip'),
  refreshesHints: ({ workspace }) => workspace?.inlayHint?.refreshSupport,
  refreshesLenses: ({ workspace }) => workspace?.codeLens?.refreshSupport,
  refreshesDiagnostics: ({ workspace }) => workspace?.diagnostics?.refreshSupport,
  /** Work of ours that takes long is shown. */
  showsProgress: ({ window }) => window?.workDoneProgress,
  /** Hovers and tooltips are Markdown. Else: plain text. */
  markdown: ({ textDocument }) => textDocument?.hover?.contentFormat?.includes('markdown'),
  /** Else: a command of the server applies the edit, where the client lets it. */
  codeActionLiterals: ({ textDocument }) => textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  preferredActions: ({ textDocument }) => textDocument?.codeAction?.isPreferredSupport,
  /** Else: a flat list, each with the name of what it is in. */
  symbolTree: ({ textDocument }) => textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport,
  /** Kinds of symbols that came later than version 1 of the protocol. */
  objectSymbols: ({ textDocument }) =>
    textDocument?.documentSymbol?.symbolKind?.valueSet?.includes(SymbolKind.Object),
  /** Else: they are lines of the message. */
  relatedInformation: ({ textDocument }) => textDocument?.publishDiagnostics?.relatedInformation,
  codeDescriptions: ({ textDocument }) => textDocument?.publishDiagnostics?.codeDescriptionSupport,
  diagnosticVersions: ({ textDocument }) => textDocument?.publishDiagnostics?.versionSupport,
  /** Diagnostics of open documents are asked for. Those of other files are pushed in any case. */
  pullsDiagnostics: ({ textDocument }) => textDocument?.diagnostic !== undefined,
  linkTooltips: ({ textDocument }) => textDocument?.documentLink?.tooltipSupport,
} satisfies Readonly<Record<string, (declared: ClientCapabilities) => boolean | undefined>>;

type Declaration = keyof typeof DECLARATIONS;

export interface ClientFeatures extends Readonly<Record<Declaration, boolean>> {
  /** What positions count. */
  readonly encoding: PositionEncoding;
  /** Files that are on no disk are asked for. */
  readonly readsFiles: boolean;
  /** Those that lenses and code actions may name. */
  readonly commands: ReadonlySet<string>;
}

/** Without them no message can be read. */
const ENCODINGS: readonly string[] = ['utf-8', 'utf-16', 'utf-32'] satisfies PositionEncoding[];

export function clientFeatures(
  declared: ClientCapabilities,
  { commands, diagnostics, readsFiles = false }: InitializationOptions,
): ClientFeatures {
  const entries = Object.entries(DECLARATIONS).map(([name, of]) => [name, of(declared) === true]);
  const features: Readonly<Record<Declaration, boolean>> = Object.fromEntries(entries);
  return {
    ...features,
    pullsDiagnostics: features.pullsDiagnostics && diagnostics !== 'push',
    // The client's order: other servers that follow it too then count as this one does.
    encoding: declared.general?.positionEncodings?.find(isEncoding) ?? 'utf-16',
    readsFiles,
    commands: new Set(commands),
  };
}

function isEncoding(name: string): name is PositionEncoding {
  return ENCODINGS.includes(name);
}

/** Everything is registered here, statically, but what only dynamic registration knows: what is to be watched. */
export function serverCapabilities(client: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: client.encoding,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: !client.registersWatchers,
    },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: client.resolvesTooltips },
    codeLensProvider: { resolveProvider: false },
    codeActionProvider: client.codeActionLiterals
      ? { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: false }
      : true,
    ...(appliesByCommand(client) ? { executeCommandProvider: { commands: [APPLY_EDIT_COMMAND] } } : {}),
    definitionProvider: true,
    documentSymbolProvider: true,
    documentLinkProvider: { resolveProvider: false },
    // Of dumps alone: an editor may fold by indentation only files that no server folds.
    foldingRangeProvider: { documentSelector: [{ language: IOMEM_LANGUAGE }] },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: client.workspaceFolders } },
  };
}

/** Code actions are commands of the server. */
export function appliesByCommand({ codeActionLiterals, appliesEdits }: ClientFeatures): boolean {
  return !codeActionLiterals && appliesEdits;
}

/**
 * Any file or folder may come or go: with a folder its whole tree does, and only the folder is reported. And a project
 * file may name files of any name. The service looks at those alone that something rests on.
 */
export const WATCHERS: FileSystemWatcher[] = [{ globPattern: '**' }];
