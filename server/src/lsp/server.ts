/** The language server: wires a connection to a session. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CParser } from '../c/parser';
import { SERVER_CAPABILITIES } from './capabilities';
import { registerFeatures } from './features';
import { registerMapFeatures } from './map-features';
import { optionsFrom, type Platform, Session } from './session';

/** Listens on the connection until it ends. */
export function startServer(connection: Connection, platform: Platform): void {
  const documents = new TextDocuments(TextDocument);
  let session: Session | undefined;

  connection.onInitialize(async (params) => {
    const { parser: files } = optionsFrom(params.initializationOptions);
    const parser = await parserOf(connection, () => platform.parser(files));
    session = new Session(connection, platform, parser, params);
    return { capabilities: SERVER_CAPABILITIES, serverInfo: { name: 'kexec-mint' } };
  });
  connection.onInitialized(() => session?.start());
  connection.onDidChangeConfiguration(({ settings }) => session?.configure(settings));
  connection.onDidChangeWatchedFiles(({ changes }) => session?.filesChanged(changes));
  documents.onDidChangeContent(({ document }) => session?.opened(document));
  documents.onDidClose(({ document }) => session?.closed(document));
  registerFeatures(connection, documents, () => session);
  registerMapFeatures(connection, () => session);
  documents.listen(connection);
  connection.listen();
}

/** Where the parser cannot be loaded, every evaluation ends with the error, which the person sees as a finding. */
async function parserOf(connection: Connection, create: () => Promise<CParser>): Promise<CParser> {
  try {
    return await create();
  } catch (error) {
    connection.console.error(String(error));
    const parse = () => {
      throw error;
    };
    return { parse, dispose: () => {} };
  }
}
