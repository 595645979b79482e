/** npm run package: builds the extension and packs it into dist/kexec-mint.vsix. */
import { buildExtension, packExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';

main(async () => {
  await buildExtension({ minify: true });
  console.log(await packExtension());
});
