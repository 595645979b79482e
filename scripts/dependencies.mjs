/** Run before what imports packages, so that it works in a fresh checkout: installs those of package-lock.json that are missing. */
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/messages.mjs';

main(ensureDependencies);
