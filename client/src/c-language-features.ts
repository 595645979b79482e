/** `kexecMint.cLanguageFeatures: "auto"` is decided here, where it is known what other C language servers there are. */
import { Disposable, extensions, workspace } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { C_SERVER_SETTINGS, type Editor, withCLanguageFeatures } from './c-servers';

const EDITOR: Editor = {
  has: (extension) => extensions.getExtension(extension) !== undefined,
  setting: (name) => workspace.getConfiguration().get(name),
};

/** The settings that the server asks for. */
export const settingsMiddleware: LanguageClientOptions['middleware'] = {
  workspace: {
    configuration: async (params, token, next) => {
      const sections = await next(params, token);
      if (!Array.isArray(sections)) return sections;
      return sections.map((section, index) =>
        params.items[index]?.section === 'kexecMint' ? withCLanguageFeatures(section, EDITOR) : section,
      );
    },
  },
};

/** Told when another server may have come or gone. */
export function onCServersChanged(listener: () => void): Disposable {
  return Disposable.from(
    extensions.onDidChange(listener),
    workspace.onDidChangeConfiguration((change) => {
      if (C_SERVER_SETTINGS.some((name) => change.affectsConfiguration(name))) listener();
    }),
  );
}
