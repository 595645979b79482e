/**
 * npm's "prepare": builds the command line where somebody installs it from the repository. An installation for all users
 * (`npm install -g`) runs this before any package is there.
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';

main(async () => {
  await ensureDependencies();
  await buildExtension({ minify: true });
});
