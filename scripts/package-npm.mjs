/** npm run package:npm: builds the command line and packs it, with the language server, for npm. */
import { ensureDependencies } from './lib/dependencies.mjs';
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';
import { packNpm } from './lib/npm-package.mjs';

main(async () => {
  await ensureDependencies();
  await buildExtension({ minify: true });
  console.log(await packNpm());
});
