/** The map panel: what its page shows follows the text, and what a person does in the page comes to effect. */
import { commands, Disposable, EventEmitter, type Uri, type WebviewPanel, window } from 'vscode';
import type { PictureResult } from '../../../server/src/protocol';
import type { ServerSession } from '../session';
import { text } from '../texts';
import { askFormat, copyMap, exportMap, type Subject } from './export';
import type { Git } from './git';
import type { Choice, MovedEnd, ToPage, ToPanel } from './messages';
import { applyMovedEnd, editFor } from './moved-end';
import { PictureFeed, type Shown } from './picture-feed';
import { regionsAtCursor, revealRegion } from './places';
import { Rasterizer } from './rasterizer';
import { shell } from './shell';

/** What a panel needs of the extension. */
export interface MapWorld {
  readonly session: ServerSession;
  readonly git: Git;
  /** Where the page's script and style sheets are. */
  readonly dist: Uri;
}

const HELP = { sample: 'kexecMint.openSample', found: 'kexecMint.showFound' } as const;

export class MapPanel implements Disposable {
  private readonly closed = new EventEmitter<void>();
  readonly onDidClose = this.closed.event;
  private readonly feed: PictureFeed;
  private readonly rasterizer = new Rasterizer((message) => this.post(message));
  private readonly subscriptions: Disposable;
  private choice: Choice = {};
  /** Chosen by a command that opened the panel; it counts for more than what the page remembers. */
  private wanted: Choice | undefined;
  private width: number | undefined;
  private trial: MovedEnd | undefined;
  private picture: PictureResult | undefined;
  private lit = '';

  constructor(
    private readonly panel: WebviewPanel,
    private readonly world: MapWorld,
    wanted: Choice | undefined,
  ) {
    this.wanted = wanted;
    this.feed = new PictureFeed(world.session, world.git, (shown) => this.show(shown));
    this.subscriptions = Disposable.from(
      this.closed,
      this.feed,
      panel.webview.onDidReceiveMessage((message: ToPanel) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is gone; it says when it is there again.
        if (!panel.visible) this.stop();
      }),
      window.onDidChangeTextEditorSelection(() => this.light()),
      window.onDidChangeActiveTextEditor(() => this.light()),
    );
    panel.onDidDispose(() => {
      this.stop();
      this.closed.fire();
      this.subscriptions.dispose();
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [world.dist] };
    panel.webview.html = shell(panel.webview, world.dist);
  }

  /** Brings the panel to the front, for another project if one is named. */
  reveal(wanted: Choice | undefined): void {
    this.panel.reveal(undefined, false);
    if (wanted) this.choose({ ...this.choice, ...wanted });
  }

  /** Saves what the panel shows, for a report. */
  async export(): Promise<void> {
    const format = await askFormat();
    if (format === undefined) return;
    await exportMap(this.world.session, this.subject(), format, (svg) => this.rasterizer.draw(svg));
  }

  async copy(): Promise<void> {
    await copyMap(this.world.session, this.subject());
  }

  dispose(): void {
    this.panel.dispose();
  }

  private subject(): Subject {
    const { uri } = this.picture ?? this.wanted ?? this.choice;
    const { before } = this.feed;
    return { ...(uri === undefined ? {} : { uri }), ...(before ? { before } : {}) };
  }

  private stop(): void {
    this.width = undefined;
    this.trial = undefined;
    this.rasterizer.stop();
    this.feed.look(undefined);
  }

  private async receive(message: ToPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.width = message.width;
        this.lit = '';
        this.choose({ ...message.choice, ...this.wanted });
        this.wanted = undefined;
        this.rasterizer.start();
        return;
      case 'choose':
        return this.choose(message.choice);
      case 'resized':
        this.width = message.width;
        return this.look();
      case 'reveal':
        return revealRegion(this.picture?.regions ?? [], message.region, this.panel.viewColumn);
      case 'trial':
        this.trial = message.trial;
        return this.look();
      case 'propose':
        return this.propose(message.trial);
      case 'apply':
        return this.apply();
      case 'export':
        return this.export();
      case 'copy':
        return this.copy();
      case 'help':
        await commands.executeCommand(HELP[message.with]);
        return;
      case 'drawn':
        return this.rasterizer.drawn(message);
    }
  }

  private choose(choice: Choice): void {
    this.choice = choice;
    this.trial = undefined;
    this.post({ type: 'chosen', choice });
    this.look();
  }

  private look(): void {
    const { width, choice, trial } = this;
    if (width !== undefined) this.feed.look({ choice, width, ...(trial ? { trial } : {}) });
  }

  private show(shown: Shown | undefined): void {
    this.picture = shown?.picture;
    this.post(shown ? { type: 'picture', ...shown, note: noteOn(shown) } : { type: 'nothing' });
    this.light();
  }

  private light(): void {
    const editor = window.activeTextEditor;
    // Without a text editor the cursor stays where it was.
    if (!editor && this.lit !== '') return;
    const regions = regionsAtCursor(this.picture?.regions ?? [], editor);
    const lit = JSON.stringify(regions);
    if (lit === this.lit) return;
    this.lit = lit;
    this.post({ type: 'lit', regions });
  }

  private async propose(trial: MovedEnd): Promise<void> {
    if (!this.picture) return;
    this.trial = trial;
    this.look();
    const result = await editFor(this.world.session, this.picture.uri, trial);
    // The person may have moved on meanwhile.
    if (this.trial !== trial) return;
    if (result.kind === 'error') this.settle(result.message, true);
    else this.post({ type: 'offer', title: result.title ?? '' });
  }

  private async apply(): Promise<void> {
    const { trial, picture } = this;
    if (!trial || !picture) return;
    const outcome = await applyMovedEnd(this.world.session, picture.uri, trial, this.panel.viewColumn);
    this.settle(outcome.text, outcome.failed);
  }

  /** The edit is made or there is none. */
  private settle(text: string, failed: boolean): void {
    this.trial = undefined;
    this.look();
    this.post({ type: 'settled', text, failed });
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** One sheet says nothing of why there are not two; with a trial in it, it is about something else. */
function noteOn({ picture: { changed }, compare, trial }: Shown): string {
  return changed !== false || compare === 'none' || trial ? '' : text(`map.same.${compare}`);
}
