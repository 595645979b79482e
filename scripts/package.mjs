/** npm run package: builds the extension and packs it into dist/kexec-mint.vsix. */
import { packExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';

main(async () => {
  console.log(await packExtension());
});
