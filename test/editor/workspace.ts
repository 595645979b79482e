/** The workspace that the tests run in: a copy of the sample with a tree per node, and C that is none of our business. */
import { strict as assert } from 'node:assert';
import {
  type Diagnostic,
  extensions,
  languages,
  type Position,
  Range,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';

export const EXTENSION = 'kexec-mint.kexec-mint';

/** Resolves when the language server runs. */
export async function serverStarted(): Promise<void> {
  await extensions.getExtension(EXTENSION)?.activate();
}

/** A file of an OS node's tree. */
export function fileOf(osid: number, name: 'firmware_memmap.c' | 'mint.h' = 'firmware_memmap.c'): Uri {
  return inWorkspace(`kexec-mint-os${osid}/kexec/${name}`);
}

/** A C file that no setting names. */
export const unrelated = () => inWorkspace('unrelated/main.c');

export function inWorkspace(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return Uri.joinPath(folder.uri, path);
}

export async function show(uri: Uri): Promise<TextEditor> {
  await serverStarted();
  return window.showTextDocument(await workspace.openTextDocument(uri));
}

/** The place of `text` in a document; of its `occurrence`-th, counted from 1. */
export function rangeOf(document: TextDocument, text: string, occurrence = 1): Range {
  const content = document.getText();
  let offset = -1;
  for (let count = 0; count < occurrence; count++) offset = content.indexOf(text, offset + 1);
  assert.notEqual(offset, -1, `${text} is in the document`);
  return new Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** The start of the assignment to `variable` outside of conditions and calls. */
export function assignmentOf(document: TextDocument, variable: string): Position {
  return rangeOf(document, `${variable} =`).start;
}

export const rule = (name: string) => (diagnostic: Diagnostic) =>
  (typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code) === name;

/** Every diagnostic of ours in the workspace, with its file. */
export function allDiagnostics(): readonly { readonly uri: Uri; readonly diagnostic: Diagnostic }[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) => diagnostics.map((diagnostic) => ({ uri, diagnostic })))
    .filter(({ diagnostic }) => diagnostic.source === 'kexec-mint');
}

/** Waits for the change of diagnostics after which `accept` returns something. */
export async function diagnosticsThat<T>(accept: () => T | undefined): Promise<T> {
  const now = accept();
  if (now !== undefined) return now;
  return new Promise((resolve) => {
    const subscription = languages.onDidChangeDiagnostics(() => {
      const then = accept();
      if (then === undefined) return;
      subscription.dispose();
      resolve(then);
    });
  });
}

/** Asks until the answer is accepted; each try is a round trip to the server, and the test's timeout ends it. */
export async function eventually<T>(ask: () => PromiseLike<T>, accept: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (accept(answer)) return answer;
  }
}
