/** Features answer in full; this cuts the answers to what the client has declared. */
import {
  type CodeAction,
  type CodeLens,
  type Command,
  type Diagnostic,
  type DocumentLink,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  MarkupContent,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { fileName } from '../messages';
import { APPLY_EDIT_COMMAND } from '../protocol';
import { plainText } from '../service/markdown';
import { appliesByCommand, type ClientFeatures } from './capabilities';

export function hoverFor({ markdown }: ClientFeatures, hover: Hover): Hover {
  const { contents } = hover;
  return markdown || !MarkupContent.is(contents) ? hover : { ...hover, contents: plain(contents) };
}

export function hintFor({ markdown }: ClientFeatures, hint: InlayHint): InlayHint {
  const { tooltip } = hint;
  return markdown || !MarkupContent.is(tooltip) ? hint : { ...hint, tooltip: plain(tooltip) };
}

function plain({ value }: MarkupContent): MarkupContent {
  return { kind: 'plaintext', value: plainText(value) };
}

/** A command that the client has not is only a title: it does nothing. */
export function lensFor({ commands }: ClientFeatures, { range, command }: CodeLens): CodeLens {
  if (!command || commands.has(command.command)) return { range, command };
  return { range, command: { title: command.title, command: '' } };
}

export function actionsFor(
  client: ClientFeatures,
  actions: readonly CodeAction[],
): readonly (CodeAction | Command)[] {
  const possible = actions.filter(({ command }) => !command || client.commands.has(command.command));
  if (client.codeActionLiterals) return possible.map((action) => actionFor(client, action));
  return possible.flatMap(({ title, edit, command }) => {
    if (command) return [command];
    return edit && appliesByCommand(client)
      ? [{ title, command: APPLY_EDIT_COMMAND, arguments: [edit] }]
      : [];
  });
}

function actionFor(client: ClientFeatures, { isPreferred, diagnostics, ...action }: CodeAction): CodeAction {
  return {
    ...action,
    ...(isPreferred && client.preferredActions ? { isPreferred } : {}),
    ...(diagnostics ? { diagnostics: diagnostics.map((one) => diagnosticFor(client, one)) } : {}),
  };
}

export function diagnosticFor(client: ClientFeatures, diagnostic: Diagnostic): Diagnostic {
  const { codeDescription, relatedInformation = [], message, ...rest } = diagnostic;
  const related = relatedInformation.map(
    ({ location: { uri, range }, message: text }) =>
      `${fileName({ file: uri })}:${range.start.line + 1}: ${text}`,
  );
  return {
    ...rest,
    ...(codeDescription && client.codeDescriptions ? { codeDescription } : {}),
    ...(client.relatedInformation
      ? { message, relatedInformation }
      : { message: [message, ...related].join('\n') }),
  };
}

export function symbolsFor(
  client: ClientFeatures,
  uri: string,
  symbols: readonly DocumentSymbol[],
): DocumentSymbol[] | SymbolInformation[] {
  const known = symbols.map((symbol) => (client.objectSymbols ? symbol : withOldKind(symbol)));
  return client.symbolTree ? known : known.flatMap((symbol) => flat(uri, symbol));
}

/** Version 1 of the protocol has no objects. */
function withOldKind(symbol: DocumentSymbol): DocumentSymbol {
  return symbol.kind === SymbolKind.Object ? { ...symbol, kind: SymbolKind.Variable } : symbol;
}

function flat(
  uri: string,
  { name, kind, selectionRange, children = [] }: DocumentSymbol,
): SymbolInformation[] {
  const own = { name, kind, location: { uri, range: selectionRange } };
  const below = children.flatMap((child) => flat(uri, child));
  return [own, ...below.map((child) => ({ ...child, containerName: name }))];
}

export function linkFor({ linkTooltips }: ClientFeatures, { tooltip, ...link }: DocumentLink): DocumentLink {
  return tooltip !== undefined && linkTooltips ? { ...link, tooltip } : link;
}
