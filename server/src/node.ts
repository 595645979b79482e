/** Entry of the language server in Node: `node server.js --stdio`. */
import { bundledParser } from './lsp/bundled-parser';
import { serveProcess } from './lsp/stdio';

serveProcess(bundledParser);
