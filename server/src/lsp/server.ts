/** The language server: wires a connection to a session. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import type { CParser } from '../c/parser';
import { createDocument, updateDocument } from '../project/document';
import { serverCapabilities } from './capabilities';
import { registerFeatures } from './features';
import { initializationOptions } from './initialization';
import { Lifecycle } from './lifecycle';
import { registerMapFeatures } from './map-features';
import { type Platform, Session } from './session';

/** Listens on the connection until it ends. */
export function startServer(connection: Connection, platform: Platform): Lifecycle {
  const lifecycle = new Lifecycle();
  const documents = new TextDocuments({
    create: (uri, language, version, text) =>
      createDocument(uri, language, version, text, lifecycle.session?.client.encoding ?? 'utf-16'),
    update: updateDocument,
  });

  connection.onInitialize(async (params) => {
    lifecycle.initialize();
    const { parser: files } = initializationOptions(params.initializationOptions);
    const parser = await parserOf(connection, () => platform.parser(files));
    const session = new Session(connection, platform, parser, params);
    lifecycle.serve(session);
    return { capabilities: serverCapabilities(session.client), serverInfo: { name: 'kexec-mint' } };
  });
  connection.onInitialized(() => lifecycle.session?.start());
  connection.onDidChangeConfiguration(({ settings }) => lifecycle.session?.configure(settings));
  connection.onDidChangeWatchedFiles(({ changes }) => lifecycle.session?.filesChanged(changes));
  documents.onDidChangeContent(({ document }) => lifecycle.session?.opened(document));
  documents.onDidClose(({ document }) => lifecycle.session?.closed(document));
  documents.onDidSave(() => lifecycle.session?.saved());
  connection.onShutdown(() => lifecycle.end());
  registerFeatures(connection, documents, lifecycle);
  registerMapFeatures(connection, lifecycle);
  documents.listen(connection);
  connection.listen();
  return lifecycle;
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
