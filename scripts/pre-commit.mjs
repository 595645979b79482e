#!/usr/bin/env node
/**
 * The hook `kexec-mint` of .pre-commit-hooks.yaml: checks the folder that it is run in. pre-commit keeps a checkout of this
 * repository for it and runs the file as it is there: the command line is built at the first run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';
import { node } from './lib/run.mjs';

const CLI = join(ROOT, 'dist', 'cli.js');

main(async () => {
  if (!existsSync(CLI)) {
    await ensureDependencies();
    await buildExtension({ minify: true });
  }
  return node(CLI, ['check', ...process.argv.slice(2)], { cwd: process.cwd() });
});
