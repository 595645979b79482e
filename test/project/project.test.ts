/** Which trees a project file is about, and what it says in place of settings. */
import { describe, expect, it } from 'vitest';
import { factsOf, projectsOf } from '../../server/src/project/project';
import { readProjectFile } from '../../server/src/project/project-file';
import { DEFAULT_SETTINGS } from '../../server/src/project/settings';
import type { SourceTree } from '../../server/src/project/tree';

const FOLDER = 'file:///w';
const tree = (name: string): SourceTree => ({
  root: `${FOLDER}/${name}`,
  name,
  memmapFile: `${FOLDER}/${name}/kexec/firmware_memmap.c`,
  others: [],
});
const file = (folder: string, text = '{}') => readProjectFile(`${folder}/kexec-mint.json`, text, [FOLDER]);

/** `uri: trees` of each project. */
function shown(
  trees: readonly string[],
  folders: readonly string[],
  workspace = [FOLDER],
): readonly string[] {
  const projects = projectsOf(
    trees.map(tree),
    folders.map((folder) => file(folder)),
    DEFAULT_SETTINGS,
    workspace,
  );
  return projects.map(
    ({ uri, file: own, trees: of }) => `${uri}${own ? '' : ' (none)'}: ${of.map(({ name }) => name)}`,
  );
}

describe('a project', () => {
  it('is all trees where there is no file; one would stand in the workspace folder', () => {
    expect(shown(['a', 'b'], [])).toEqual(['file:///w/kexec-mint.json (none): a,b']);
    expect(shown([], [])).toEqual(['file:///w/kexec-mint.json (none): ']);
    expect(shown(['a'], [], ['file:///v', FOLDER])).toEqual(['file:///w/kexec-mint.json (none): a']);
  });

  it('is the trees below its file, and one more of those below none', () => {
    expect(shown(['a', 'x/b', 'x/c', 'xx/d'], ['file:///w/x'])).toEqual([
      'file:///w/x/kexec-mint.json: x/b,x/c',
      'file:///w/kexec-mint.json (none): a,xx/d',
    ]);
  });

  it('has the trees that its file is the nearest one above, that in their own folder included', () => {
    expect(
      shown(['a', 'x/b', 'x/y/c', 'z'], [FOLDER, 'file:///w/x', 'file:///w/x/y', 'file:///w/z']),
    ).toEqual([
      'file:///w/kexec-mint.json: a',
      'file:///w/x/kexec-mint.json: x/b',
      'file:///w/x/y/kexec-mint.json: x/y/c',
      'file:///w/z/kexec-mint.json: z',
    ]);
  });

  it('without trees comes last', () => {
    expect(shown(['z'], ['file:///w/a', 'file:///w/z'])).toEqual([
      'file:///w/z/kexec-mint.json: z',
      'file:///w/a/kexec-mint.json: ',
    ]);
  });

  it('takes from its file what that says, and the rest from the settings; severities rule by rule', () => {
    const text =
      '{"nodeCount": 2, "window": ["0x10", "0x20"], "rules": {"misaligned": "off", "extra-digit": "hint"}}';
    const settings = {
      ...DEFAULT_SETTINGS,
      nodeCount: 5,
      codeLens: false,
      rules: { misaligned: 'error', 'unknown-value': 'off' },
    } as const;
    const [project] = projectsOf([tree('a')], [file(FOLDER, text)], settings, [FOLDER]);
    expect(project?.settings).toEqual({
      ...settings,
      nodeCount: 2,
      window: { start: 16n, end: 32n },
      rules: { misaligned: 'off', 'unknown-value': 'off', 'extra-digit': 'hint' },
    });
  });

  it('knows the facts of a node by its OSID', () => {
    const own = { file: file(FOLDER, '{"nodes": [{"osid": 3, "name": "c"}]}') };
    expect(factsOf(own, 3)?.name).toBe('c');
    expect(factsOf(own, 0)).toBeUndefined();
    expect(factsOf({ file: undefined }, 3)).toBeUndefined();
  });
});
