/** What an editor hands over in `initialize`, which may be anything: wrong parts count as not given. */
import type { InitializeParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { InitializationOptions, ParserFiles } from '../protocol';

type Untrusted = { readonly [Key in keyof InitializationOptions]: unknown };

export function initializationOptions(given: unknown): InitializationOptions {
  if (typeof given !== 'object' || given === null) return {};
  const { kexecMint, parser, readsFiles, documentation, layoutChanged, commands, diagnostics }: Untrusted =
    given;
  return {
    kexecMint,
    ...(isParserFiles(parser) ? { parser } : {}),
    readsFiles: readsFiles === true,
    ...(typeof documentation === 'string' ? { documentation } : {}),
    layoutChanged: layoutChanged === true,
    commands: Array.isArray(commands) ? commands.filter((each) => typeof each === 'string') : [],
    ...(diagnostics === 'push' ? { diagnostics } : {}),
  };
}

function isParserFiles(given: unknown): given is ParserFiles {
  if (typeof given !== 'object' || given === null) return false;
  const { runtime, language }: { [Key in keyof ParserFiles]?: unknown } = given;
  return runtime instanceof Uint8Array && language instanceof Uint8Array;
}

/** URIs of the workspace's folders; older clients have one root, as a URI or, before that, as a path. */
export function workspaceFolders({
  workspaceFolders,
  rootUri,
  rootPath,
}: InitializeParams): readonly string[] {
  if (workspaceFolders?.length) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [URI.file(rootPath).toString()] : [];
}
