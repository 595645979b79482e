/** The display language of the embedded editor. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Registers a language pack that translates nothing, unless there is one: the display language becomes `locale`, in
 * which extensions have texts of their own. An installed pack takes its place, and then the editor speaks it too.
 */
export async function registerLanguage(data, locale) {
  const folder = join(data, 'data');
  const register = join(folder, 'languagepacks.json');
  if (locale === 'en' || existsSync(register)) return;
  const translation = join(folder, `${locale}.i18n.json`);
  const extensions = [{ extensionIdentifier: { id: `kexec-mint.language-${locale}` }, version: '1.0.0' }];
  const pack = { hash: locale, extensions, translations: { vscode: translation }, label: locale };
  await mkdir(folder, { recursive: true });
  await writeFile(translation, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(register, JSON.stringify({ [locale]: pack }));
}
