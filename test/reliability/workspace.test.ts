/** Files come, go, move and change, on disk and in the editor, in any order: what is shown is what a fresh start shows. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { FOLDER, MemoryFiles, realParser, uriOf } from '../service/memory-files';
import { damaged, type Mutation, mutation } from './mutations';
import { holds, TIMEOUT_MS } from './runs';
import { shown } from './shown';
import { languageOf, sampleFiles, strictService } from './workspaces';

const SAMPLE = sampleFiles('three-nodes');
const OTHER = sampleFiles('one-tree');
/** Folders of the workspace, each with trees in it. */
const FOLDERS = ['a', 'b'];
/** What files hold, and the names that they have in turn. */
const TEXTS = [...SAMPLE.values(), ...OTHER.values()];
const PATHS = [...SAMPLE.keys(), ...OTHER.keys()].filter((path) => !path.endsWith('.md'));
const NAMES = FOLDERS.flatMap((folder) => PATHS.map((path) => `${folder}/${path}`));
const PLACES = [...NAMES, ...new Set(NAMES.flatMap(foldersAbove))];

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
}

/** The world that the service is told of. */
class Model {
  readonly disk: Map<string, string>;
  readonly opened = new Map<string, { readonly version: number; readonly text: string }>();
  folders: readonly string[] = FOLDERS;

  constructor() {
    this.disk = new Map([...SAMPLE].map(([path, text]) => [`a/${path}`, text]));
  }

  uris(): readonly string[] {
    return this.folders.map((folder) => `${FOLDER}/${folder}`);
  }

  below(path: string): readonly string[] {
    return [...this.disk.keys()].filter((file) => file === path || file.startsWith(`${path}/`));
  }
}

type Step =
  | { readonly kind: 'write'; readonly file: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'change' | 'type'; readonly file: string; readonly mutation: Mutation }
  | { readonly kind: 'open' | 'save' | 'close'; readonly file: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'ask' };

const file = fc.constantFrom(...NAMES);
const place = fc.constantFrom(...PLACES);
/** What makes the service look at everything anew is rarer than what it follows step by step. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('change' as const, 'type' as const), file, mutation }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'save' as const, 'close' as const), file }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'ask' as const }) },
  fc.record({ kind: fc.constant('write' as const), file, text: fc.constantFrom(...TEXTS) }),
  fc.record({ kind: fc.constant('remove' as const), path: place }),
  fc.record({ kind: fc.constant('rename' as const), path: place, to: place }),
  fc.record({ kind: fc.constant('folder' as const), folder: fc.constantFrom(...FOLDERS) }),
);

let parser: CParser;

beforeAll(async () => {
  parser = await realParser();
});

type Told = ReturnType<typeof strictService>['service'];

/** Does the step to the world, and tells of it what an editor tells. */
async function take(model: Model, files: MemoryFiles, service: Told, step: Step): Promise<void> {
  const write = (path: string, text: string) => {
    const isNew = !model.disk.has(path);
    model.disk.set(path, text);
    files.write(path, text);
    service.changed(uriOf(path), isNew ? 'created' : 'changed');
  };
  const remove = (path: string) => {
    for (const below of model.below(path)) model.disk.delete(below);
    files.remove(path);
    // Of a folder, editors tell that it is gone, and nothing of what was in it.
    service.changed(uriOf(path), 'deleted');
  };
  const show = (path: string, text: string) => {
    const version = (model.opened.get(path)?.version ?? 0) + 1;
    model.opened.set(path, { version, text });
    service.open(uriOf(path), version, text, languageOf(path));
  };
  switch (step.kind) {
    case 'write':
      return write(step.file, step.text);
    case 'change': {
      const text = model.disk.get(step.file);
      return text === undefined ? undefined : write(step.file, damaged(text, [step.mutation]));
    }
    case 'remove':
      return remove(step.path);
    case 'rename': {
      const moved = model.below(step.path).map((path) => [path, model.disk.get(path) ?? ''] as const);
      remove(step.path);
      for (const [path, text] of moved) write(step.to + path.slice(step.path.length), text);
      return;
    }
    case 'open':
      return show(step.file, model.disk.get(step.file) ?? '');
    case 'type': {
      const { text } = model.opened.get(step.file) ?? {};
      return text === undefined ? undefined : show(step.file, damaged(text, [step.mutation]));
    }
    case 'save': {
      const { text } = model.opened.get(step.file) ?? {};
      return text === undefined ? undefined : write(step.file, text);
    }
    case 'close':
      if (model.opened.delete(step.file)) service.close(uriOf(step.file));
      return;
    case 'folder':
      model.folders = model.folders.includes(step.folder)
        ? model.folders.filter((folder) => folder !== step.folder)
        : [...model.folders, step.folder];
      service.rediscover();
      return;
    case 'ask':
      await service.snapshot();
  }
}

it(
  'a workspace after any changes',
  () =>
    holds(
      'workspaces that change',
      40,
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const model = new Model();
        const files = new MemoryFiles(model.disk, () => model.uris());
        const { service, survived } = strictService(files, parser, () => model.uris());
        for (const each of steps) await take(model, files, service, each);

        const fresh = strictService(new MemoryFiles(model.disk, () => model.uris()), parser, () =>
          model.uris(),
        );
        for (const [path, { version, text }] of model.opened) {
          fresh.service.open(uriOf(path), version, text, languageOf(path));
        }
        expect(shown(await service.snapshot(), 2000)).toEqual(shown(await fresh.service.snapshot(), 2000));
        expect([...survived, ...fresh.survived]).toEqual([]);
      }),
    ),
  TIMEOUT_MS,
);
