/** Texts that the server or the extension writes, shown as documents; nothing is on disk. */
import {
  commands,
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';

const SCHEME = 'kexec-mint';

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

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
