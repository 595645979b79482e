/** Asks for the picture whenever something that it shows has changed, and hands on what comes of it. */
import { type Disposable, Uri, workspace } from 'vscode';
import { PICTURE_REQUEST, type PictureParams, type PictureResult } from '../../../server/src/protocol';
import type { ServerSession } from '../session';
import { type Earlier, earlierState } from './earlier';
import type { Git } from './git';
import { Latest } from './latest';
import type { Choice, MovedEnd } from './messages';

/** What the picture is asked for. */
export interface View {
  readonly choice: Choice;
  readonly width: number;
  readonly trial?: MovedEnd;
}

/** A picture, and what it was asked for. */
export interface Shown extends Omit<Earlier, 'before'> {
  readonly picture: PictureResult;
  readonly trial?: MovedEnd;
}

export class PictureFeed implements Disposable {
  private readonly requests = new Latest<void>(
    () => this.answer(),
    (error) => this.session.output.error(String(error)),
  );
  private readonly subscriptions: readonly Disposable[];
  private view: View | undefined;
  private shown: PictureResult | undefined;
  private earlier: PictureParams['before'];

  /** @param show told undefined where there is no layout */
  constructor(
    private readonly session: ServerSession,
    private readonly git: Git,
    private readonly show: (shown: Shown | undefined) => void,
  ) {
    const refresh = () => this.refresh();
    this.subscriptions = [
      session.onLayoutChanged(refresh),
      git.onDidChange(refresh),
      // Places move with lines though the layout stays.
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.restsOn(document.uri)) refresh();
      }),
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.restsOn(uri)) refresh();
      }),
    ];
  }

  /** What the newest picture is compared with. */
  get before(): PictureParams['before'] {
    return this.earlier;
  }

  /** Shows something else from now on; undefined: nobody is looking. */
  look(view: View | undefined): void {
    this.view = view;
    this.refresh();
  }

  dispose(): void {
    this.view = undefined;
    for (const each of this.subscriptions) each.dispose();
  }

  private refresh(): void {
    if (this.view) this.requests.ask();
  }

  private restsOn(uri: Uri): boolean {
    return this.shown?.files.some((file) => Uri.parse(file).toString() === uri.toString()) === true;
  }

  private async answer(): Promise<void> {
    const { view } = this;
    if (!view) return;
    await this.session.start();
    const { uri, compare } = view.choice;
    const known = this.shown && (uri === undefined || uri === this.shown.uri) ? this.shown : undefined;
    // Which files it rests on has to be known before they can be compared.
    const about = known ?? (await this.request(view, undefined));
    if (!about) {
      this.shown = undefined;
      this.show(undefined);
      return;
    }
    const { before, ...earlier } = await earlierState(this.git, compare, Uri.parse(about.uri), about.files);
    const picture = before || about === known ? await this.request(view, before) : about;
    this.shown = picture;
    this.earlier = before;
    this.show(picture && { picture, ...earlier, ...(view.trial ? { trial: view.trial } : {}) });
  }

  private async request(
    { choice: { uri }, width, trial }: View,
    before: PictureParams['before'],
  ): Promise<PictureResult | undefined> {
    const params: PictureParams = {
      width,
      ...(uri === undefined ? {} : { uri }),
      ...(before ? { before } : {}),
      ...(trial ? { trial } : {}),
    };
    const answer = await this.session.connection?.sendRequest<PictureResult | null>(PICTURE_REQUEST, params);
    return answer ?? undefined;
  }
}
