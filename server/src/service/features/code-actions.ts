/** Code actions: the fixes of findings, and the ways to extend or restore a size where nothing is wrong too. */
import type { CodeAction, CodeActionContext, Command, Range } from 'vscode-languageserver-types';
import type { Span } from '../../c/source';
import type { Finding, Fix } from '../../memmap/finding';
import { fixesAt, regionAt } from '../../memmap/fixes/size-fixes';
import { quantitiesAt, statementOf, touches } from '../../memmap/places';
import { allowedOverlap } from '../../memmap/rules/allowed-overlap';
import { type Message, message, render } from '../../messages';
import {
  ALLOW_COMMAND,
  type AllowArguments,
  EXPLAIN_COMMAND,
  EXTEND_COMMAND,
  type ExplainParams,
  type ExtendArguments,
} from '../../protocol';
import { formatHex } from '../../range';
import { placeText } from '../positions';
import type { Snapshot } from '../snapshot';
import { workspaceEdit } from '../workspace-edit';
import { type DiagnosticOptions, diagnosticOf } from './diagnostics';

/** All are quick fixes: the light bulb shows for them with and without a finding. */
export const CODE_ACTION_KINDS = ['quickfix'] as const;
const [QUICK_FIX] = CODE_ACTION_KINDS;

export interface CodeActionOptions extends DiagnosticOptions {
  /** The client takes edits that name a document's version. */
  readonly versioned: boolean;
  /** The client creates files that an edit names and that are not there. */
  readonly createsFiles: boolean;
}

export function codeActions(
  snapshot: Snapshot,
  file: string,
  range: Range,
  wanted: Pick<CodeActionContext, 'only'>,
  options: CodeActionOptions,
): readonly CodeAction[] {
  // Findings stand in dumps and project files too.
  const document = snapshot.document(file);
  const isWanted = wanted.only?.every((kind) => kind !== '' && kind !== QUICK_FIX) !== true;
  if (!document || !isWanted) return [];
  const place = { file, start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const places = [place, ...statementsAt(snapshot, place)];
  const findings = snapshot.findings.filter((finding) => places.some((one) => touches(finding.place, one)));
  const mending = findings.flatMap((finding) => fixesOf(snapshot, finding, options));
  const always = fixesAt(snapshot.context, place).map((fix) => action(snapshot, fix, options));
  const extending = extendAction(snapshot, place, options);
  const accepting = findings.flatMap((finding) => allowActions(snapshot, finding, options));
  return unique([...mending, ...always, ...(extending ? [extending] : []), ...accepting]);
}

/** The statements that set a region's start or size at the place: their findings are wanted anywhere in them. */
function statementsAt({ layout }: Snapshot, place: Span): readonly Span[] {
  return quantitiesAt(layout, place).flatMap(({ region, part }) => statementOf(region[part]) ?? []);
}

function fixesOf(snapshot: Snapshot, finding: Finding, options: CodeActionOptions): readonly CodeAction[] {
  return finding.fixes
    .filter((fix) => options.createsFiles || fix.edits.every(({ place }) => snapshot.document(place.file)))
    .map((fix) => ({
      ...action(snapshot, fix, options),
      diagnostics: [diagnosticOf(snapshot, finding, options)],
      isPreferred: fix.preferred === true,
    }));
}

/** The client asks for a reason, and the server makes the edit then; or it shows what the overlap means. */
function allowActions(
  snapshot: Snapshot,
  finding: Finding,
  options: CodeActionOptions,
): readonly CodeAction[] {
  const { allowable, place, rule } = finding;
  const [first] = allowable;
  if (!first && rule !== allowedOverlap.name) return [];
  const say = (text: Message) => render(text, options.locale, placeText(snapshot));
  const isWritable = options.createsFiles || snapshot.document(snapshot.context.project.uri) !== undefined;
  const commands: Command[] = [];
  if (first && isWritable) {
    const [a, b] = first.nodes;
    const args: AllowArguments = { uri: place.file, overlaps: allowable };
    const title = say(message('editor.allow-overlap', { a, b }));
    commands.push({ title, command: ALLOW_COMMAND, arguments: [args] });
  }
  const args: ExplainParams = { uri: place.file };
  const title = say(message('editor.explain-overlaps'));
  commands.push({ title, command: EXPLAIN_COMMAND, arguments: [args] });
  return commands.map((command) => ({
    title: command.title,
    kind: QUICK_FIX,
    diagnostics: [diagnosticOf(snapshot, finding, options)],
    command,
  }));
}

function action(snapshot: Snapshot, fix: Fix, { locale, versioned }: CodeActionOptions): CodeAction {
  return {
    title: render(fix.title, locale, placeText(snapshot)),
    kind: QUICK_FIX,
    edit: workspaceEdit(snapshot, fix, versioned),
  };
}

/** The client asks for an address, and the server makes the edit then. */
function extendAction(
  snapshot: Snapshot,
  place: Span,
  { locale }: CodeActionOptions,
): CodeAction | undefined {
  const found = regionAt(snapshot.context, place);
  const start = found?.region.start.value;
  const document = snapshot.document(place.file);
  if (!found || !document || found.part !== 'size' || start === undefined) return undefined;
  const { node, region } = found;
  const title = render(message('editor.extend-to', { osid: node.osid, region: region.name }), locale);
  const args: ExtendArguments = {
    uri: place.file,
    position: document.positionAt(place.start),
    osid: node.osid,
    region: region.name,
    start: formatHex(start),
    suggestion: formatHex(snapshot.layout.window.end),
  };
  return { title, kind: QUICK_FIX, command: { title, command: EXTEND_COMMAND, arguments: [args] } };
}

/** One action for each edit: the first, which mends a finding where one of them does. */
function unique(actions: readonly CodeAction[]): readonly CodeAction[] {
  const seen = new Set<string>();
  return actions.filter(({ edit, command }) => {
    const key = JSON.stringify(edit ?? command);
    return seen.size !== seen.add(key).size;
  });
}
