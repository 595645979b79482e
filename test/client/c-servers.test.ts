import { expect, it } from 'vitest';
import { withCLanguageFeatures } from '../../client/src/c-servers';

const CLANGD = 'llvm-vs-code-extensions.vscode-clangd';
const CPPTOOLS = 'ms-vscode.cpptools';

function decided(
  given: unknown,
  installed: readonly string[],
  settings: Record<string, unknown> = {},
): unknown {
  return withCLanguageFeatures(given, {
    has: (extension) => installed.includes(extension),
    setting: (name) => settings[name],
  });
}

it.each([
  [[], {}, 'on'],
  [['someone.else'], {}, 'on'],
  [[CLANGD], { 'clangd.enable': true }, 'off'],
  [[CLANGD], { 'clangd.enable': false }, 'on'],
  [[CPPTOOLS], { 'C_Cpp.intelliSenseEngine': 'default' }, 'off'],
  // What clangd's extension asks for beside the C/C++ extension; written either way.
  [[CPPTOOLS], { 'C_Cpp.intelliSenseEngine': 'Disabled' }, 'on'],
  [[CPPTOOLS, CLANGD], { 'C_Cpp.intelliSenseEngine': 'disabled' }, 'off'],
  [['ccls-project.ccls'], {}, 'off'],
] as const)('beside %j with %j, "auto" is decided: %s', (installed, settings, expected) => {
  const section = { cLanguageFeatures: 'auto', nodeCount: 3 };
  expect(decided(section, installed, settings)).toEqual({ ...section, cLanguageFeatures: expected });
});

it.each([{ cLanguageFeatures: 'on' }, { cLanguageFeatures: 'off' }, {}, null, 'text'])(
  'what is set stays: %j',
  (section) => {
    expect(decided(section, [CLANGD])).toEqual(section);
  },
);
