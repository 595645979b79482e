/** Requests: each is answered from one snapshot, for the version of the document that it was asked of. */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type InlayHint,
  LSPErrorCodes,
  type MarkupContent,
  RequestType,
  ResponseError,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type MessageId, message, render } from '../messages';
import {
  ALLOW_REQUEST,
  type AllowParams,
  APPLY_EDIT_COMMAND,
  CREATE_PROJECT_FILE_REQUEST,
  type CreateProjectFileParams,
  type CreateProjectFileResult,
  type EditResult,
  EXTEND_REQUEST,
  type ExtendParams,
  TARGETS_REQUEST,
  type TargetsParams,
  type TargetsResult,
  WATCH_REQUEST,
  type WatchParams,
} from '../protocol';
import { allowOverlap } from '../service/features/allow-overlap';
import { codeActions } from '../service/features/code-actions';
import { codeLenses } from '../service/features/code-lens';
import { createProjectFile } from '../service/features/create-project-file';
import { definition } from '../service/features/definition';
import { documentSymbols } from '../service/features/document-symbols';
import { extend } from '../service/features/extend';
import { extendTargets } from '../service/features/extend-targets';
import { hover } from '../service/features/hover';
import { type HintSubject, hintTooltip, inlayHints } from '../service/features/inlay-hints';
import { iomemDefinition } from '../service/features/iomem/definition';
import { iomemLinks } from '../service/features/iomem/document-links';
import { foldingRanges } from '../service/features/iomem/folding-ranges';
import { iomemHover } from '../service/features/iomem/hover';
import { watch } from '../service/features/watch';
import { Pace } from '../service/pace';
import type { Snapshot } from '../service/snapshot';
import type { ClientFeatures } from './capabilities';
import { actionsFor, hintFor, hoverFor, lensFor, linkFor, symbolsFor } from './degrade';
import type { Lifecycle } from './lifecycle';
import { canonical, type Session } from './session';

export function registerFeatures(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  lifecycle: Lifecycle,
): void {
  const on = { documents, lifecycle };
  registerByClient(connection, on);
  connection.onHover((params, token) =>
    answer(on, params.textDocument, token, null, (snapshot, file, { locale, client }) => {
      const ask = snapshot.iomem(file) ? iomemHover : hover;
      const found = ask(snapshot, file, params.position, locale);
      return found && hoverFor(client, found);
    }),
  );
  connection.onDefinition((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file) => {
      const ask = snapshot.iomem(file) ? iomemDefinition : definition;
      return [...ask(snapshot, file, params.position)];
    }),
  );
  connection.onDocumentLinks((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file, { locale, client }) =>
      iomemLinks(snapshot, file, locale).map((link) => linkFor(client, link)),
    ),
  );
  connection.onFoldingRanges((params, token) =>
    answer(on, params.textDocument, token, null, (snapshot, file) => foldingRanges(snapshot, file)),
  );
  connection.onDocumentSymbol((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file, { client }) =>
      symbolsFor(client, file, documentSymbols(snapshot, file)),
    ),
  );
  connection.onCodeLens((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file, { locale, client }) =>
      codeLenses(snapshot, file, locale).map((lens) => lensFor(client, lens)),
    ),
  );
  connection.languages.inlayHint.on((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file, { locale, client }) =>
      inlayHints(snapshot, file, params.range, locale).map(({ data, ...hint }) => {
        if (client.resolvesTooltips) return { ...hint, data: { ...data, uri: params.textDocument.uri } };
        return withTooltip(client, hint, hintTooltip(snapshot, file, data, locale));
      }),
    ),
  );
  connection.languages.inlayHint.resolve((hint, token) => {
    const { data } = hint;
    if (!isHintData(data)) return hint;
    return answer(on, data, token, hint, (snapshot, file, { locale, client }) =>
      withTooltip(client, hint, hintTooltip(snapshot, file, data, locale)),
    );
  });
  connection.onCodeAction((params, token) =>
    answer(on, params.textDocument, token, [], (snapshot, file, { locale, documentation, client }) => {
      const { versionedEdits: versioned, createsFiles } = client;
      const options = { locale, documentation, versioned, createsFiles };
      return [...actionsFor(client, codeActions(snapshot, file, params.range, params.context, options))];
    }),
  );
  connection.onRequest(EXTEND, (params, token) =>
    answer(
      on,
      params,
      token,
      failed('editor.failed', lifecycle.session),
      (snapshot, file, { locale, client }) =>
        extend(snapshot, file, params, { locale, versioned: client.versionedEdits }),
    ),
  );
  connection.onRequest(TARGETS, (params, token) =>
    answer(on, params, token, failed('editor.failed', lifecycle.session), (snapshot, _, { locale }) =>
      extendTargets(snapshot, params, locale),
    ),
  );
  connection.onRequest(WATCH, (params, token) =>
    answer(on, params, token, failed('editor.failed', lifecycle.session), (snapshot, _, { locale, client }) =>
      watch(snapshot, params, { locale, versioned: client.versionedEdits }),
    ),
  );
  connection.onRequest(CREATE_PROJECT_FILE, (params, token) =>
    answer(on, params, token, failed('project.new.failed', lifecycle.session), (snapshot, _, { locale }) =>
      createProjectFile(snapshot, locale),
    ),
  );
  connection.onRequest(ALLOW, (params, token) =>
    answer(on, params, token, failed('editor.failed', lifecycle.session), (snapshot, _, { locale, client }) =>
      allowOverlap(snapshot, params.overlaps, params.reason, { locale, versioned: client.versionedEdits }),
    ),
  );
}

function withTooltip(client: ClientFeatures, hint: InlayHint, tooltip: MarkupContent | undefined): InlayHint {
  return hintFor(client, tooltip ? { ...hint, tooltip } : hint);
}

/** What a hint was sent with; a client may send anything back. */
function isHintData(data: unknown): data is HintSubject & { readonly uri: string } {
  const { uri, region, part } = (data ?? {}) as Record<string, unknown>;
  return typeof uri === 'string' && typeof region === 'string' && (part === 'start' || part === 'size');
}

/** What only some clients ask for. */
function registerByClient(connection: Connection, on: Origin): void {
  connection.onExecuteCommand(async ({ command, arguments: [edit] = [] }) => {
    const isOffered = command === APPLY_EDIT_COMMAND && on.lifecycle.session?.client.appliesEdits;
    if (isOffered) await connection.workspace.applyEdit(edit);
    return null;
  });
  connection.languages.diagnostics.on(async ({ textDocument }, token) => {
    const items = await answer<Diagnostic[]>(on, textDocument, token, [], (snapshot, file, current) =>
      current.publisher.diagnosticsOf(snapshot).get(file),
    );
    if (!(items instanceof ResponseError)) return { kind: 'full', items };
    const retriggerRequest = !token.isCancellationRequested;
    return new ResponseError(LSPErrorCodes.ServerCancelled, items.message, { retriggerRequest });
  });
}

/** In milliseconds: a snapshot that is there within it was there before. */
const MOMENT = 1;

const ALLOW = new RequestType<AllowParams, EditResult, void>(ALLOW_REQUEST);
const CREATE_PROJECT_FILE = new RequestType<CreateProjectFileParams, CreateProjectFileResult, void>(
  CREATE_PROJECT_FILE_REQUEST,
);
const TARGETS = new RequestType<TargetsParams, TargetsResult, void>(TARGETS_REQUEST);
const WATCH = new RequestType<WatchParams, EditResult, void>(WATCH_REQUEST);
const EXTEND = new RequestType<ExtendParams, EditResult, void>(EXTEND_REQUEST);

function failed(
  id: MessageId,
  session: Session | undefined,
): { readonly kind: 'error'; readonly message: string } {
  return { kind: 'error', message: render(message(id), session?.locale ?? 'en') };
}

/** What requests are answered from. */
interface Origin {
  readonly documents: TextDocuments<TextDocument>;
  readonly lifecycle: Lifecycle;
}

/**
 * @param nothing the answer where computing one failed; the failure is logged
 * @returns an error of the protocol where the request was cancelled, or the document has changed since it was sent
 */
async function answer<Result>(
  { documents, lifecycle }: Origin,
  { uri }: { readonly uri: string },
  token: CancellationToken,
  nothing: Result,
  compute: (snapshot: Snapshot, file: string, session: Session) => Result | undefined,
): Promise<Result | ResponseError> {
  const current = lifecycle.session;
  if (!current) return lifecycle.refusal();
  const version = documents.get(uri)?.version;
  const file = canonical(uri);
  try {
    // Computing it may take long: what arrived meanwhile, such as a cancellation, is taken in first.
    const pace = new Pace(MOMENT);
    const workspace = await current.service.snapshot();
    await pace.rest();
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    if (workspace.version(file) !== version) {
      return new ResponseError(LSPErrorCodes.ContentModified, 'content modified');
    }
    return compute(workspace.of(file), file, current) ?? nothing;
  } catch (error) {
    current.log(error);
    return nothing;
  }
}
