import { describe, expect, it } from 'vitest';
import { includeCandidates } from '../../server/src/project/include';

const tree = { root: 'file:///w/os%200' };
const inTree = (from: string, spelled: string, angled = false) =>
  includeCandidates(tree, `${tree.root}/${from}`, spelled, angled).map((uri) =>
    uri.slice(tree.root.length + 1),
  );

describe('files that an #include may name', () => {
  it('"x": beside the including file, then kexec/, include/ and the root', () => {
    expect(inTree('kexec/arch/a.c', 'mint.h')).toEqual([
      'kexec/arch/mint.h',
      'kexec/mint.h',
      'include/mint.h',
      'mint.h',
    ]);
    expect(inTree('kexec/firmware_memmap.c', 'mint.h')).toEqual(['kexec/mint.h', 'include/mint.h', 'mint.h']);
  });

  it('<x>: not beside the including file', () => {
    expect(inTree('kexec/arch/a.c', 'mint.h', true)).toEqual(['kexec/mint.h', 'include/mint.h', 'mint.h']);
  });

  it('goes up and down within the tree', () => {
    expect(inTree('kexec/a.c', '../include/mint.h')).toEqual(['include/mint.h']);
    expect(inTree('kexec/a.c', './x/../mint.h')[0]).toBe('kexec/mint.h');
  });

  it('never leaves the tree', () => {
    expect(inTree('kexec/a.c', '../../os1/kexec/mint.h')).toEqual([]);
    expect(inTree('kexec/a.c', '../../os%200x/mint.h')).toEqual([]);
    expect(inTree('kexec/a.c', '../../../../etc/passwd')).toEqual([]);
    expect(inTree('kexec/a.c', '/etc/passwd')).toEqual([]);
    expect(inTree('kexec/a.c', 'C:/x.h')).toEqual([]);
    expect(inTree('kexec/a.c', '..')).toEqual([]);
    expect(inTree('kexec/a.c', '')).toEqual([]);
  });

  it('writes names as URIs do', () => {
    expect(inTree('kexec/a.c', 'あ b#?%41.h')[0]).toBe('kexec/%E3%81%82%20b%23%3F%2541.h');
  });
});
