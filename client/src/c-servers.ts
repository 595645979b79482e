/** Other C language servers in the editor: beside one, `kexecMint.cLanguageFeatures: "auto"` leaves to it what both would say. */

/** What the editor knows. */
export interface Editor {
  /** Whether an extension is installed and enabled: a C file that is opened starts it. */
  has(extension: string): boolean;
  /** A setting's value, by its full name. */
  setting(name: string): unknown;
}

interface CServer {
  readonly extension: string;
  /** What tells it not to be a language server, where it can be told. */
  readonly off?: { readonly setting: string; readonly value: unknown };
}

const C_SERVERS: readonly CServer[] = [
  { extension: 'llvm-vs-code-extensions.vscode-clangd', off: { setting: 'clangd.enable', value: false } },
  { extension: 'ms-vscode.cpptools', off: { setting: 'C_Cpp.intelliSenseEngine', value: 'disabled' } },
  { extension: 'ccls-project.ccls' },
];

/** A change of one of them may be the end of a server, or its beginning. */
export const C_SERVER_SETTINGS: readonly string[] = C_SERVERS.flatMap(({ off }) => off?.setting ?? []);

/** The section `kexecMint` as the server gets it: "auto" is decided here, where it is known what else there is. */
export function withCLanguageFeatures(section: unknown, editor: Editor): unknown {
  if (typeof section !== 'object' || section === null) return section;
  const isAuto = 'cLanguageFeatures' in section && section.cLanguageFeatures === 'auto';
  return isAuto ? { ...section, cLanguageFeatures: isBesideCServer(editor) ? 'off' : 'on' } : section;
}

function isBesideCServer({ has, setting }: Editor): boolean {
  return C_SERVERS.some(
    ({ extension, off }) => has(extension) && !(off && isSame(setting(off.setting), off.value)),
  );
}

function isSame(given: unknown, value: unknown): boolean {
  return (typeof given === 'string' ? given.toLowerCase() : given) === value;
}
