/** Edits of kexec-mint.json that keep its comments and its form. */
import { applyEdits, type FormattingOptions, type JSONPath, modify } from 'jsonc-parser';
import type { Place } from '../messages';
import type { Allowance, ProjectFile } from './project-file';
import type { NodeJson } from './project-schema';

export interface ProjectEdit {
  readonly place: Place;
  readonly newText: string;
}

/** What a new project file is made from; VS Code's own form for JSON. */
const FORM: FormattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** Adds an allowance. @param text the project file's, `''` for a new one */
export function allowOverlap(
  uri: string,
  text: string,
  { nodes, regions, reason }: Pick<Allowance, 'nodes' | 'regions' | 'reason'>,
): readonly ProjectEdit[] {
  return edit(uri, text, ['allowOverlaps', -1], { nodes, regions, reason });
}

/** Takes an allowance away. */
export function removeAllowance(uri: string, text: string, index: number): readonly ProjectEdit[] {
  return edit(uri, text, ['allowOverlaps', index], undefined);
}

/** Sets a key of a node, which is added where the file does not list it. */
export function setNodeKey<Key extends keyof NodeJson>(
  file: Pick<ProjectFile, 'uri' | 'nodes'>,
  text: string,
  osid: number,
  key: Key,
  value: NonNullable<NodeJson[Key]>,
): readonly ProjectEdit[] {
  const node = file.nodes.find((each) => each.osid === osid);
  return node
    ? edit(file.uri, text, ['nodes', node.index, key], value)
    : edit(file.uri, text, ['nodes', -1], { osid, [key]: value });
}

/** The text of a new project file. */
export function newProjectFile(json: unknown): string {
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** @param path its last part -1: at the end of the list, which is made where it is not there */
function edit(uri: string, text: string, path: JSONPath, value: unknown): readonly ProjectEdit[] {
  const formattingOptions = { ...FORM, ...formOf(text) };
  if (text.trim() === '') {
    const made = applyEdits('{}', modify('{}', path, value, { formattingOptions }));
    return [{ place: { file: uri, start: 0, end: text.length }, newText: `${made}\n` }];
  }
  return modify(text, path, value, { formattingOptions }).map(({ offset, length, content }) => ({
    place: { file: uri, start: offset, end: offset + length },
    newText: content,
  }));
}

/** The form that a file has already. */
function formOf(text: string): FormattingOptions {
  const [, indentation] = /\n([ \t]+)\S/.exec(text) ?? [];
  return {
    ...(text.includes('\r\n') ? { eol: '\r\n' } : {}),
    ...(indentation === undefined
      ? {}
      : { insertSpaces: !indentation.includes('\t'), tabSize: indentation.length }),
  };
}
