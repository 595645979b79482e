/** Requests about the workspace as a whole: lists, pictures and pages. None is of one version of a document. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  RequestType,
  RequestType0,
  ResponseError,
} from 'vscode-languageserver';
import {
  EXPLAIN_REQUEST,
  EXPORT_REQUEST,
  type ExplainParams,
  type ExplainResult,
  type ExportParams,
  type ExportResult,
  FOUND_REQUEST,
  type FoundParams,
  type FoundResult,
  LAYOUT_REQUEST,
  type LayoutResult,
  PICTURE_REQUEST,
  type PictureParams,
  type PictureResult,
} from '../protocol';
import { NoTexts } from '../service/earlier-texts';
import { explainOverlaps } from '../service/features/explain-overlaps';
import { found } from '../service/features/found';
import { layout } from '../service/features/layout';
import { exportPicture, picture } from '../service/features/picture';
import { laidOutProjects, projectFiles, projectName, projectUri } from '../service/projects';
import type { Snapshot, WorkspaceSnapshot } from '../service/snapshot';
import { earlierOf, type States, statesFor } from './earlier';
import type { Lifecycle } from './lifecycle';
import { canonical, type Session } from './session';

const LAYOUT = new RequestType0<LayoutResult, void>(LAYOUT_REQUEST);
const PICTURE = new RequestType<PictureParams, PictureResult | null, void>(PICTURE_REQUEST);
const EXPORT = new RequestType<ExportParams, ExportResult | null, void>(EXPORT_REQUEST);
const FOUND = new RequestType<FoundParams, FoundResult, void>(FOUND_REQUEST);
const EXPLAIN = new RequestType<ExplainParams, ExplainResult, void>(EXPLAIN_REQUEST);

export function registerMapFeatures(connection: Connection, lifecycle: Lifecycle): void {
  connection.onRequest(LAYOUT, (token) =>
    answer(lifecycle, token, { projects: [] }, async ({ service, locale }) => {
      return layout(await service.snapshot(), locale);
    }),
  );
  connection.onRequest(PICTURE, (params, token) =>
    answer(lifecycle, token, null, async (current) => {
      const states = await statesFor(current, params.before);
      return token.isCancellationRequested ? null : pictureOf(states, params, current);
    }),
  );
  connection.onRequest(EXPORT, (params, token) =>
    answer(lifecycle, token, null, async (current) => {
      const states = await statesFor(current, params.before);
      const project = projectOf(states.present, params.uri);
      const before = project && earlierOf(states, project);
      const text = project && exportPicture(project, before, params.format, current.locale);
      return text === undefined ? null : { text };
    }),
  );
  connection.onRequest(EXPLAIN, ({ uri }, token) =>
    answer(lifecycle, token, { markdown: '' }, async ({ service, locale }) => {
      const workspace = await service.snapshot();
      const projects = uri === undefined ? workspace.projects : [workspace.of(canonical(uri))];
      return { markdown: explainOverlaps(projects, locale) };
    }),
  );
  connection.onRequest(FOUND, ({ uri }, token) =>
    answer(lifecycle, token, { markdown: '' }, async ({ service, locale }) => {
      const workspace = await service.snapshot();
      return { markdown: found(workspace, uri === undefined ? undefined : canonical(uri), locale) };
    }),
  );
}

function pictureOf(states: States, params: PictureParams, { locale }: Session): PictureResult | null {
  const project = projectOf(states.present, params.uri);
  const drawn = project && picture(project, earlierOf(states, project), params, locale);
  if (!drawn) return null;
  const projects = laidOutProjects(states.present).map((each) => ({
    uri: projectUri(each),
    name: projectName(each),
  }));
  return { ...drawn, uri: projectUri(project), projects, files: projectFiles(project) };
}

/** The project of a file, or the first one that has OS nodes. */
function projectOf(workspace: WorkspaceSnapshot, uri: string | undefined): Snapshot | undefined {
  return uri === undefined ? laidOutProjects(workspace)[0] : workspace.of(canonical(uri));
}

/** @param nothing the answer where there is no session, or computing one failed; the failure is logged */
async function answer<Result>(
  lifecycle: Lifecycle,
  token: CancellationToken,
  nothing: Result,
  compute: (session: Session) => Promise<Result>,
): Promise<Result | ResponseError> {
  const { session } = lifecycle;
  if (!session) return lifecycle.refusal();
  try {
    const result = await compute(session);
    return token.isCancellationRequested
      ? new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
      : result;
  } catch (error) {
    if (error instanceof NoTexts) return new ResponseError(ErrorCodes.InvalidParams, error.message);
    session.log(error);
    return nothing;
  }
}
