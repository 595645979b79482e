import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { nodeFiles } from '../../server/src/lsp/node-files';
import { FILE_SIZE_LIMIT, type FileAccess, type ReadOptions } from '../../server/src/project/files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) => join(folder, path);
const uriOf = (path: string) => URI.file(at(path)).toString();

function write(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), content);
}

async function bytes(files: FileAccess, uri: string, options?: ReadOptions): Promise<Buffer | undefined> {
  const content = await files.read(uri, options);
  return content instanceof Uint8Array ? Buffer.from(content) : undefined;
}

async function found(...globs: string[]): Promise<readonly string[]> {
  const uris = await nodeFiles(() => [URI.file(folder).toString()]).find(globs);
  return uris.map((uri) => URI.parse(uri).fsPath.slice(folder.length + 1));
}

describe('find', () => {
  it('finds what a glob matches, at any depth, sorted', async () => {
    for (const path of ['b/kexec/mint.h', 'a/x/kexec/mint.h', 'kexec/mint.h', 'a/mint.h', 'kexec/other.h'])
      write(path);
    expect(await found('**/kexec/mint.h')).toEqual(['a/x/kexec/mint.h', 'b/kexec/mint.h', 'kexec/mint.h']);
    expect(await found('kexec/*.h')).toEqual(['kexec/mint.h', 'kexec/other.h']);
  });

  it('sees the folders above the one that is open', async () => {
    write('tree/kexec/mint.h');
    const files = nodeFiles(() => [uriOf('tree/kexec')]);
    expect(await files.find(['**/kexec/mint.h'])).toEqual([uriOf('tree/kexec/mint.h')]);
  });

  it('passes over packages and repositories', async () => {
    for (const path of ['node_modules/x/kexec/mint.h', '.git/kexec/mint.h', 'kexec/mint.h']) write(path);
    expect(await found('**/kexec/mint.h')).toEqual(['kexec/mint.h']);
  });

  it('follows links once, and keeps the name of what is no link', async () => {
    write('trees/os0/kexec/mint.h');
    symlinkSync(at('trees/os0'), at('a-link'));
    symlinkSync(folder, at('trees/loop'));
    symlinkSync(at('nowhere'), at('dangling'));
    mkdirSync(at('os1/kexec'), { recursive: true });
    symlinkSync(at('trees/os0/kexec/mint.h'), at('os1/kexec/mint.h'));
    expect(await found('**/kexec/mint.h')).toEqual(['os1/kexec/mint.h', 'trees/os0/kexec/mint.h']);
  });

  it('follows a link that leads out of the folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'kexec-mint-outside-'));
    try {
      mkdirSync(join(outside, 'kexec'));
      writeFileSync(join(outside, 'kexec/mint.h'), '');
      symlinkSync(outside, at('os0'));
      expect(await found('**/kexec/mint.h')).toEqual(['os0/kexec/mint.h']);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('finds nothing where there is no folder', async () => {
    const files = nodeFiles(() => [uriOf('nowhere'), 'untitled:Untitled-1', 'vscode-vfs://github/x/y']);
    expect(await files.find(['**'])).toEqual([]);
  });
});

describe('read', () => {
  const files = nodeFiles(() => [URI.file(folder).toString()]);

  it('gives the bytes of a file', async () => {
    write('a b.c', 'int x;');
    expect((await bytes(files, uriOf('a b.c')))?.toString()).toBe('int x;');
  });

  it('gives nothing for what is no file, is too large, or belongs to another world', async () => {
    write('large.c', new Uint8Array(FILE_SIZE_LIMIT + 1));
    write('limit.c', new Uint8Array(FILE_SIZE_LIMIT));
    execFileSync('mkfifo', [at('pipe.c')]);
    for (const path of ['', 'none.c', 'large.c', 'pipe.c'])
      expect(await files.read(uriOf(path))).toBeUndefined();
    expect((await bytes(files, uriOf('limit.c')))?.length).toBe(FILE_SIZE_LIMIT);
    expect(await files.read('untitled:Untitled-1')).toBeUndefined();
  });

  it('says why the system does not hand out what is there', async () => {
    symlinkSync('loop.c', at('loop.c'));
    expect(await files.read(uriOf('loop.c'))).toEqual({ error: 'ELOOP' });
  });

  it('follows no link out of the folders', async () => {
    write('workspace/near.iomem', 'near');
    write('far.iomem', 'far');
    symlinkSync(at('workspace/near.iomem'), at('workspace/link.iomem'));
    symlinkSync(at('far.iomem'), at('workspace/out.iomem'));
    symlinkSync(folder, at('workspace/up'));
    symlinkSync(at('workspace'), at('open'));
    const inWorkspace = nodeFiles(() => [uriOf('nowhere'), uriOf('open')]);
    const text = async (path: string, inside: boolean) => {
      return (await bytes(inWorkspace, uriOf(`open/${path}`), { inside }))?.toString();
    };
    for (const path of ['near.iomem', 'link.iomem', 'up/workspace/near.iomem'])
      expect(await text(path, true)).toBe('near');
    for (const path of ['out.iomem', 'up/far.iomem']) {
      expect(await text(path, true)).toBeUndefined();
      expect(await text(path, false)).toBeUndefined();
    }
  });

  it('reads a tree to which a link leads, and what a link in it leads to only inside of trees', async () => {
    write('far/os0/kexec/firmware_memmap.c', 'c');
    write('far/os0/include/x.h', 'x');
    write('far/secret.h', 'secret');
    write('workspace/os1/firmware', '');
    symlinkSync(at('far/os0'), at('workspace/os0'));
    write('far/os1/kexec/firmware_memmap.c', 'c');
    symlinkSync(at('far/os1/kexec'), at('workspace/os1/kexec'));
    symlinkSync(at('far/secret.h'), at('far/os0/kexec/mint.h'));
    symlinkSync(at('far'), at('workspace/os1/include'));
    const inWorkspace = nodeFiles(() => [uriOf('workspace')]);
    const text = async (path: string) => {
      return (await bytes(inWorkspace, uriOf(`workspace/${path}`)))?.toString();
    };
    await inWorkspace.find(['**/kexec/firmware_memmap.c']);
    expect(await text('os0/kexec/firmware_memmap.c')).toBe('c');
    expect(await text('os1/kexec/firmware_memmap.c')).toBe('c');
    expect(await text('os0/include/x.h')).toBe('x');
    expect(await text('os0/kexec/mint.h')).toBeUndefined();
    expect(await text('os1/include/secret.h')).toBeUndefined();
  });
});
