/** Source trees in memory, evaluated for real: what the service does, without its caches. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEngine, evaluate } from '../../server/src/c/evaluate';
import type { Evaluation } from '../../server/src/c/evaluation';
import { createParser } from '../../server/src/c/parser';
import { readBzImage } from '../../server/src/evidence/bzimage';
import { readFirmwareMemmap } from '../../server/src/evidence/firmware-memmap';
import { readIomem } from '../../server/src/evidence/iomem';
import { readKernelLog } from '../../server/src/evidence/kernel-log';
import { readKexecOutput } from '../../server/src/evidence/kexec-output';
import { readSystemMap } from '../../server/src/evidence/system-map';
import { buildLayout } from '../../server/src/memmap/build-layout';
import { type RuleContext, ruleContext } from '../../server/src/memmap/context';
import { type EvaluateTree, evaluationRequest } from '../../server/src/memmap/evaluator';
import type { Finding, TextEdit } from '../../server/src/memmap/finding';
import { findingsOf } from '../../server/src/memmap/findings';
import type { Layout } from '../../server/src/memmap/layout';
import { osNodes } from '../../server/src/memmap/nodes';
import type { ReadEvidence } from '../../server/src/memmap/observed/evidence';
import { applyEdits } from '../../server/src/memmap/what-if';
import { type Message, type Place, render } from '../../server/src/messages';
import { compileDefinitions } from '../../server/src/project/compile-definitions';
import { discoverTrees } from '../../server/src/project/discover';
import { projectsOf } from '../../server/src/project/project';
import { readProjectFile } from '../../server/src/project/project-file';
import type { EvidenceKey } from '../../server/src/project/project-schema';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/project/settings';
import { formatRange } from '../../server/src/range';

const require = createRequire(import.meta.url);
const engine = createEngine(
  await createParser({ language: require.resolve('tree-sitter-c/tree-sitter-c.wasm') }),
);

/** URI of the workspace folder that all texts are in. */
export const FOLDER = 'file:///workspace';

export interface Workspace {
  readonly layout: Layout;
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  /** Where a piece of text stands in a file, the first time; fails where it does not. */
  find(path: string, text: string): Place;
  /** `os0/kexec/mint.h:3` */
  placeText(place: Place): string;
  text(place: Place): string;
  english(message: Message): string;
  edited(edits: readonly TextEdit[]): Workspace;
  /** With the first occurrence of `from` in the file replaced. */
  replaced(path: string, from: string, to: string): Workspace;
}

const PROJECT = `${FOLDER}/kexec-mint.json`;

/** The readers on dumps that are text; fixtures hold no others. */
function readEvidence(texts: ReadonlyMap<string, string>): ReadEvidence {
  const readers = {
    iomem: readIomem,
    kexecOutput: readKexecOutput,
    kernelLog: readKernelLog,
    systemMap: readSystemMap,
    // A character of the text is a byte.
    bzImage: (text: string) => readBzImage(Buffer.from(text, 'latin1')),
  };
  const folder = (uri: string) => {
    const inside = [...texts].filter(([file]) => file.startsWith(`${uri}/`));
    const entries = inside.map(([file, text]) => [file.slice(uri.length + 1), text] as const);
    return entries.length === 0 ? undefined : readFirmwareMemmap(new Map(entries));
  };
  const read = (key: EvidenceKey, file: string) => {
    if (key === 'firmwareMemmap') return folder(file);
    const text = texts.get(file);
    return text === undefined || !(key in readers) ? undefined : readers[key as keyof typeof readers](text);
  };
  return read as ReadEvidence;
}

/** @param files texts by path in the workspace folder */
export function workspace(files: ReadonlyMap<string, string>, given: Partial<Settings> = {}): Workspace {
  const texts = new Map([...files].map(([path, text]) => [`${FOLDER}/${path}`, text]));
  const trees = discoverTrees([...texts.keys()], [FOLDER], { ...DEFAULT_SETTINGS, ...given });
  const projectText = texts.get(PROJECT);
  const file = projectText === undefined ? [] : [readProjectFile(PROJECT, projectText, [FOLDER])];
  const [project] = projectsOf(trees, file, { ...DEFAULT_SETTINGS, ...given }, [FOLDER]);
  if (!project) throw new Error('a workspace has a project');
  const { settings } = project;
  const facts = project.file?.nodes ?? [];
  const evaluated = new Map<string, Evaluation>();
  const evaluateTree: EvaluateTree = (tree, osid, overlay) => {
    const run = () => {
      const read = (file: string) => overlay?.get(file) ?? texts.get(file) ?? null;
      const definitions = compileDefinitions(tree, (file) => read(file) ?? undefined);
      return evaluate(evaluationRequest(tree, osid, project, definitions, { read }), engine);
    };
    if (overlay) return run();
    const key = `${tree.memmapFile} ${osid}`;
    const known = evaluated.get(key) ?? run();
    evaluated.set(key, known);
    return known;
  };
  const layout = buildLayout(
    osNodes(trees, settings, evaluateTree, facts),
    settings,
    facts,
    readEvidence(texts),
  );
  const text = (file: string) => texts.get(file);
  const context = ruleContext({
    layout,
    project,
    evaluate: evaluateTree,
    text,
  });
  const pathOf = (file: string) => file.slice(FOLDER.length + 1);
  const placeText = ({ file, start }: Place) =>
    `${pathOf(file)}:${(texts.get(file) ?? '').slice(0, start).split('\n').length}`;
  const edited = (edits: readonly TextEdit[]) => {
    const made = [...new Set(edits.map(({ place }) => place.file))].map((uri) => {
      const own = edits.filter(({ place }) => place.file === uri);
      return [pathOf(uri), applyEdits(texts.get(uri) ?? '', own)] as const;
    });
    return workspace(new Map([...files, ...made]), given);
  };
  const find = (path: string, wanted: string) => {
    const start = files.get(path)?.indexOf(wanted) ?? -1;
    if (start < 0) throw new Error(`${path} does not hold ${wanted}`);
    return { file: `${FOLDER}/${path}`, start, end: start + wanted.length };
  };
  return {
    layout,
    context,
    findings: findingsOf(context),
    settings,
    find,
    placeText,
    text: ({ file, start, end }) => (texts.get(file) ?? '').slice(start, end),
    english: (message) => render(message, 'en', placeText),
    edited,
    replaced: (path, from, to) => edited([{ place: find(path, from), newText: to }]),
  };
}

const SOURCES = /(?:\.[ch]|Makefile|compile_commands\.json)$/;

/** The files below a folder of the repository, by path: C files and Makefiles, or what `wanted` says. */
export function filesBelow(
  folder: string,
  wanted = (path: string) => SOURCES.test(path),
): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    .filter(wanted)
    .sort();
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** A folder of the repository, `samples/three-nodes`. */
export function repositoryFolder(path: string): string {
  const folder = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  if (!existsSync(folder)) throw new Error(`there is no ${pathToFileURL(folder)}`);
  return folder;
}

/** `{ 0: { region1: '0x0–0x20000' } }`; `unknown` and why where a region has no range. */
export function rangesOf({ layout, english }: Workspace): Record<number, Record<string, string>> {
  return Object.fromEntries(
    layout.nodes.map(({ osid, regions }) => [
      osid,
      Object.fromEntries(
        regions.map(({ name, range, unknown }) => [
          name,
          range ? formatRange(range) : unknown ? english(unknown) : 'empty',
        ]),
      ),
    ]),
  );
}
