/** The language server: wires a connection to a session. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import type { CParser } from '../c/parser';
import { createDocument, updateDocument } from '../project/document';
import { serverCapabilities } from './capabilities';
import { registerFeatures } from './features';
import { initializationOptions } from './initialization';
import { registerMapFeatures } from './map-features';
import { type Platform, Session } from './session';

/** Listens on the connection until it ends. */
export function startServer(connection: Connection, platform: Platform): void {
  let session: Session | undefined;
  const documents = new TextDocuments({
    create: (uri, language, version, text) =>
      createDocument(uri, language, version, text, session?.client.encoding ?? 'utf-16'),
    update: updateDocument,
  });

  connection.onInitialize(async (params) => {
    const { parser: files } = initializationOptions(params.initializationOptions);
    const parser = await parserOf(connection, () => platform.parser(files));
    session = new Session(connection, platform, parser, params);
    return { capabilities: serverCapabilities(session.client), serverInfo: { name: 'kexec-mint' } };
  });
  connection.onInitialized(() => session?.start());
  connection.onDidChangeConfiguration(({ settings }) => session?.configure(settings));
  connection.onDidChangeWatchedFiles(({ changes }) => session?.filesChanged(changes));
  documents.onDidChangeContent(({ document }) => session?.opened(document));
  documents.onDidClose(({ document }) => session?.closed(document));
  documents.onDidSave(() => session?.saved());
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
