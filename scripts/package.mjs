/** npm run package: builds the extension and packs it into dist/kexec-mint.vsix. */
import { ensureDependencies } from './lib/dependencies.mjs';
import { packExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';

main(async () => {
  await ensureDependencies();
  console.log(await packExtension());
});
