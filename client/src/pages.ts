/** Texts that the server or the extension writes, shown as documents; nothing is on disk. */
import {
  commands,
  type Disposable,
  EventEmitter,
  type Tab,
  TabInputCustom,
  type TextDocumentContentProvider,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { textColumn } from './show-place';

const SCHEME = 'kexec-mint';
/** The editor's own preview of Markdown, as an editor of its own. */
const PREVIEW = 'vscode.markdown.preview.editor';

export class Pages implements TextDocumentContentProvider, Disposable {
  /** The newest text, by the page's address. */
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** @param path what the page is called, its ending included, for its language follows from that */
  set(path: string, content: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path });
    this.texts.set(uri.toString(), content);
    this.changed.fire(uri);
    return uri;
  }

  delete(uri: Uri): void {
    this.texts.delete(uri.toString());
  }

  /** Shows a page of Markdown beside the code. */
  async show(title: string, markdown: string): Promise<void> {
    await commands.executeCommand('markdown.showPreviewToSide', this.set(`/${title}.md`, markdown));
  }

  /** Shows a page of Markdown below the code, where it leaves the map beside the code to be seen. */
  async showBelowCode(title: string, markdown: string): Promise<void> {
    const page = this.set(`/${title}.md`, markdown);
    const { tabGroups } = window;
    await tabGroups.close(tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => shows(tab, page))));
    const editor = window.activeTextEditor ?? window.visibleTextEditors[0];
    const code = editor && (await window.showTextDocument(editor.document, editor.viewColumn));
    await commands.executeCommand('workbench.action.newGroupBelow');
    await commands.executeCommand('vscode.openWith', page, PREVIEW, ViewColumn.Active);
    // It has half the height now.
    code?.revealRange(code.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Shows a page as the text that it is, where text is shown. */
  async showText(page: Uri): Promise<void> {
    await window.showTextDocument(page, { viewColumn: textColumn(), preview: false });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function shows({ input }: Tab, page: Uri): boolean {
  return input instanceof TabInputCustom && input.uri.toString() === page.toString();
}
