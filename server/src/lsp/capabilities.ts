/** What the server offers, what it asks the client to watch, and what of that the client can do. */
import {
  type ClientCapabilities,
  type FileSystemWatcher,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { IOMEM_LANGUAGE } from '../project/iomem-files';
import { CODE_ACTION_KINDS } from '../service/features/code-actions';

export const SERVER_CAPABILITIES: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  hoverProvider: true,
  inlayHintProvider: { resolveProvider: false },
  codeLensProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: false },
  definitionProvider: true,
  documentSymbolProvider: true,
  documentLinkProvider: { resolveProvider: false },
  // Of dumps alone: an editor may fold by indentation only files that no server folds.
  foldingRangeProvider: { documentSelector: [{ language: IOMEM_LANGUAGE }] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/**
 * Any file or folder may come or go: with a folder its whole tree does, and only the folder is reported. And a project
 * file may name files of any name. The service looks at those alone that something rests on.
 */
export const WATCHERS: FileSystemWatcher[] = [{ globPattern: '**' }];

export interface ClientFeatures {
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  /** Edits may name the version of the document they are for. */
  readonly versionedEdits: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  /** Work of ours that takes long can be shown. */
  readonly showsProgress: boolean;
}

export function clientFeatures({ workspace, window }: ClientCapabilities): ClientFeatures {
  return {
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    showsProgress: window?.workDoneProgress === true,
  };
}
