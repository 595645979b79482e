/** The window's one map panel: its commands, and its return when the window is loaded again. */
import { commands, Disposable, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { OPEN_MAP_COMMAND } from '../../../server/src/protocol';
import { isServedFile, isServedPath } from '../selector';
import type { ServerSession } from '../session';
import { text } from '../texts';
import { copyMap } from './export';
import { Git } from './git';
import { MapPanel, type MapWorld } from './map-panel';
import type { Choice } from './messages';

const VIEW_TYPE = 'kexecMint.map';

/** Context key: the active editor shows a file whose map can be opened. */
const IS_MAP_FILE = 'kexecMint.isMapFile';

export function registerMap(dist: Uri, session: ServerSession): Disposable {
  const git = new Git();
  const maps = new Maps({ session, git, dist });
  noteActiveEditor();
  return Disposable.from(
    git,
    maps,
    commands.registerCommand(OPEN_MAP_COMMAND, (args?: unknown) => maps.open(choiceFrom(args))),
    commands.registerCommand('kexecMint.exportMap', () => maps.export()),
    commands.registerCommand('kexecMint.copyMap', () => maps.copy()),
    window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel) => {
        maps.adopt(panel, undefined);
      },
    }),
    window.onDidChangeActiveTextEditor(noteActiveEditor),
    workspace.onDidChangeConfiguration(noteActiveEditor),
  );
}

class Maps implements Disposable {
  private panel: MapPanel | undefined;

  constructor(private readonly world: MapWorld) {}

  /** Shows the map beside the code, where the person goes on typing; a second time brings it to the front. */
  open(choice: Choice | undefined): void {
    if (this.panel) return this.panel.reveal(choice);
    const viewColumn = window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
    const place = { viewColumn, preserveFocus: true };
    const panel = window.createWebviewPanel(VIEW_TYPE, text('map.title'), place);
    this.adopt(panel, choice);
  }

  adopt(panel: WebviewPanel, choice: Choice | undefined): void {
    this.panel?.dispose();
    const adopted = new MapPanel(panel, this.world, choice);
    this.panel = adopted;
    adopted.onDidClose(() => {
      if (this.panel === adopted) this.panel = undefined;
    });
  }

  /** Saves what the panel shows; without one the map of the active file. */
  async export(): Promise<void> {
    if (!this.panel) this.open(activeChoice());
    await this.panel?.export();
  }

  async copy(): Promise<void> {
    await (this.panel ? this.panel.copy() : copyMap(this.world.session, activeChoice() ?? {}));
  }

  dispose(): void {
    this.panel?.dispose();
  }
}

function noteActiveEditor(): void {
  const active = window.activeTextEditor?.document.uri;
  const isMapFile = active !== undefined && isServedFile(active);
  void commands.executeCommand('setContext', IS_MAP_FILE, isMapFile);
}

/** From a lens `{uri}`, from an editor's title the file itself, from the palette nothing: then the active file. */
function choiceFrom(args: unknown): Choice | undefined {
  if (args instanceof Uri) return { uri: args.toString() };
  if (typeof args !== 'object' || args === null || !('uri' in args)) return activeChoice();
  return typeof args.uri === 'string' ? { uri: args.uri } : activeChoice();
}

function activeChoice(): Choice | undefined {
  const active = window.activeTextEditor?.document.uri;
  return active && isServedPath(active) ? { uri: active.toString() } : undefined;
}
