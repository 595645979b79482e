/** What booting showed, for a terminal, for a page and for programs. */
import { type Locale, type Message, message, render } from '../../messages';
import { alignedRows } from '../../picture/text-table';
import { formatHex, formatRange } from '../../range';
import { codeSpan } from '../../service/markdown';
import type { Folder } from '../folder';
import type { NodeRun } from './boot-node';
import { type Comparison, losesToBios } from './compare';
import { type JsonTypedRange, jsonTyped } from './memory';
import type { OverwriteReport } from './overwrite';
import type { NodePlan } from './plan';
import { BIOS_MARK, HEAD, rowsOf } from './rows';
import type { KernelFile } from './tools';

export interface BootReport {
  readonly folder: Folder;
  readonly kernel: KernelFile;
  readonly nodes: readonly NodeReport[];
}

export interface NodeReport {
  readonly plan: NodePlan;
  readonly run: NodeRun;
  readonly comparison: Comparison;
}

/** Prediction, kexec and kernel say the same. */
export function agrees({ comparison, run }: NodeReport): boolean {
  const { kexec, kernel, text } = comparison.agree;
  return run.failure === undefined && kexec && kernel && text;
}

/** It agrees, and has outlived what was written. */
export function passed(node: NodeReport): boolean {
  return (
    agrees(node) &&
    (node.run.overwrite?.outcome ?? 'lived') === 'lived' &&
    node.run.overwrite?.reads !== false
  );
}

/** Numbers are lower-case hexadecimal, ends exclusive. */
export interface JsonBootReport {
  readonly version: 1;
  readonly kernel: { readonly file: string; readonly version?: string };
  readonly nodes: readonly JsonBootNode[];
}

export interface JsonBootNode {
  readonly osid: number;
  readonly source: string;
  readonly predicted: readonly JsonTypedRange[];
  readonly kexec: readonly JsonTypedRange[];
  readonly kernel: readonly JsonTypedRange[];
  readonly kernelText: { readonly predicted: JsonText | null; readonly real: JsonText | null };
  readonly agree: boolean;
  /** Why the node did not boot. */
  readonly failure?: string;
  readonly overwrite?: JsonOverwrite;
}

interface JsonText {
  readonly start: string;
  readonly end: string | null;
}

interface JsonOverwrite {
  readonly outcome: OverwriteReport['outcome'];
  readonly stages: readonly {
    readonly osid: number;
    readonly what: string;
    readonly ranges: readonly { readonly start: string; readonly end: string }[];
    readonly outcome: OverwriteReport['outcome'];
  }[];
  /** Whether the node read what was written where it watches. */
  readonly reads?: boolean;
}

export function jsonReport({ kernel, nodes }: BootReport, locale: Locale): string {
  const version = kernel.header.kernelVersion;
  const report: JsonBootReport = {
    version: 1,
    kernel: { file: kernel.path, ...(version === undefined ? {} : { version }) },
    nodes: nodes.map((node) => jsonNode(node, locale)),
  };
  return JSON.stringify(report, undefined, 2);
}

function jsonNode(node: NodeReport, locale: Locale): JsonBootNode {
  const { plan, run, comparison } = node;
  const { predicted, kexec, kernel, text } = comparison;
  const { failure, overwrite } = run;
  return {
    osid: plan.prediction.osid,
    source: plan.node.tree.name,
    predicted: predicted.map(jsonTyped),
    kexec: kexec.map(jsonTyped),
    kernel: kernel.map(jsonTyped),
    kernelText: { predicted: jsonText(text.predicted), real: jsonText(text.real) },
    agree: agrees(node),
    ...(failure ? { failure: render(failure, locale) } : {}),
    ...(overwrite ? { overwrite: jsonOverwrite(overwrite) } : {}),
  };
}

function jsonText(
  text: { readonly start: bigint; readonly end: bigint | undefined } | undefined,
): JsonText | null {
  if (!text) return null;
  return { start: formatHex(text.start), end: text.end === undefined ? null : formatHex(text.end) };
}

function jsonOverwrite({ outcome, stages, reads }: OverwriteReport): JsonOverwrite {
  return {
    outcome,
    stages: stages.map((stage) => ({
      osid: stage.osid,
      what: stage.what,
      ranges: stage.ranges.map(({ start, end }) => ({ start: formatHex(start), end: formatHex(end) })),
      outcome: stage.outcome,
    })),
    ...(reads === undefined ? {} : { reads }),
  };
}

/** For each node a heading, the columns side by side, and what is to be said of them. */
export function textReport({ nodes }: BootReport, locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const blocks = nodes.map((node) =>
    [say(verdict(node)), ...alignedRows(tableOf(node, say)).map(indented), ...remarks(node).map(say)].join(
      '\n',
    ),
  );
  return blocks.join('\n\n');
}

/** The same as Markdown. */
export function markdownReport({ nodes, kernel }: BootReport, locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const { kernelVersion: version = kernel.path } = kernel.header;
  const blocks = nodes.map((node) => {
    const [head = [], ...rows] = tableOf(node, say);
    const table = [head, head.map(() => '---'), ...rows].map(
      (cells) => `| ${cells.map(asMarkdown).join(' | ')} |`,
    );
    return [
      `## ${say(verdict(node))}`,
      table.join('\n'),
      ...remarks(node).map((text) => asMarkdown(say(text))),
    ].join('\n\n');
  });
  // The name of a kernel's builder would be made a link.
  const kernelLine = say(message('boot.with-kernel', { version: codeSpan(version) }));
  return [`# ${say(message('boot.title'))}`, kernelLine, ...blocks].join('\n\n');
}

/** Addresses as code, of one width; an asterisk is the mark and no emphasis. */
function asMarkdown(text: string): string {
  return text.replaceAll('*', '\\*').replaceAll(/0x[0-9a-f]+(?:–(?:0x[0-9a-f]+)?)?/g, codeSpan);
}

function tableOf({ comparison }: NodeReport, say: (text: Message) => string): readonly (readonly string[])[] {
  return [
    ['', ...HEAD.map((id) => say(message(id)))],
    ...rowsOf(comparison).map(({ what, predicted, kexec, kernel }) => [say(what), predicted, kexec, kernel]),
  ];
}

/** What came out, in a line: whether all agree, and whether it lived where that was tried. */
export function verdict(node: NodeReport): Message {
  const { plan, run } = node;
  const args = { osid: plan.prediction.osid, tree: plan.node.tree.name };
  if (run.failure) return message('boot.verdict.failed', args);
  const agreement = message(agrees(node) ? 'boot.verdict.agrees' : 'boot.verdict.differs', args);
  if (!run.overwrite) return agreement;
  return message('boot.verdict.tried', {
    agreement,
    outcome: message(`boot.outcome.${run.overwrite.outcome}`),
  });
}

function remarks({ plan, run, comparison }: NodeReport): readonly Message[] {
  const { agree, predicted } = comparison;
  const { overwrite, failure } = run;
  return [
    ...(failure ? [failure] : []),
    ...(agree.kexec ? [] : [message('boot.differs.kexec')]),
    ...(failure || agree.kernel ? [] : [message('boot.differs.kernel')]),
    ...(failure || agree.text ? [] : [message('boot.differs.text')]),
    ...(predicted.some(losesToBios) ? [message('boot.bios', { mark: BIOS_MARK })] : []),
    ...plan.prediction.kexecOptions.map((option) => message('boot.option', { option })),
    ...(overwrite ? overwriteRemarks(overwrite) : []),
  ];
}

function overwriteRemarks({ stages, reads }: OverwriteReport): readonly Message[] {
  return [
    ...stages.map(({ osid, what, ranges, outcome }) =>
      message('boot.overwritten', {
        what: message(`boot.overwritten.${what}`, { osid }),
        ranges: ranges.map(formatRange).join(', '),
        outcome: message(`boot.outcome.${outcome}`),
      }),
    ),
    ...(reads === undefined ? [] : [message(reads ? 'boot.reads' : 'boot.reads-not')]),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}
