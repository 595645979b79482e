/** The modules of a room and of its tests, loaded anew for each mutant; all others stay as they are. */
import { join, relative } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';
import { ESModulesEvaluator, ssrExportNameKey } from 'vite/module-runner';
import { KeptAnswers } from './kept-answers.mjs';
import { KeptEvaluations } from './kept-evaluations.mjs';
import { codeOf } from './rooms.mjs';

/** The parser is a program of its own, that no mutant changes unless it is in this module; a process holds one. */
const PARSER = `${codeOf('c')}/parser.ts`;
const EVALUATOR = `${codeOf('c')}/evaluate.ts`;

export class RoomModules {
  /** @param isTrying whether a mutant is active */
  static async open(room, root, isTrying) {
    const server = await createServer({
      configFile: false,
      root,
      plugins: [pages],
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
      optimizeDeps: { noDiscovery: true },
      appType: 'custom',
      logLevel: 'error',
    });
    return new RoomModules(room, root, server, new KeptAnswers(root, isTrying));
  }

  constructor(room, root, server, answers) {
    this.renewed = [join(root, codeOf(room)), join(root, 'test')].map((folder) => `${folder}/`);
    this.server = server;
    this.answers = answers;
    this.evaluations = room === 'c' ? undefined : new KeptEvaluations();
    const evaluator = new StandInEvaluator((file, code) => this.standIns(relative(root, file), code));
    const { ssr } = server.environments;
    this.runner = createServerModuleRunner(ssr, { evaluator, hmr: false, sourcemapInterceptor: false });
  }

  import(file) {
    return this.runner.import(file);
  }

  /** The next import loads the room and its tests anew. */
  renew(mutated) {
    if (mutated?.endsWith(PARSER)) this.parser = undefined;
    const { evaluatedModules } = this.runner;
    for (const module of evaluatedModules.idToModuleMap.values()) {
      if (this.renewed.some((folder) => module.file.startsWith(folder)))
        evaluatedModules.invalidateModule(module);
    }
    this.mutated = mutated;
  }

  close() {
    return this.server.close();
  }

  /** Functions by name that make another of what a module exports under that name. */
  standIns(module, code) {
    if (module === PARSER && !this.mutated?.endsWith(PARSER))
      return { createParser: (create) => (options) => (this.parser ??= create(options)) };
    if (module === EVALUATOR && this.evaluations)
      return { evaluate: (evaluate) => this.evaluations.keeping(evaluate) };
    return this.answers.of(module, code);
  }
}

/** Pages of the manual are text, as in the bundles. */
const pages = {
  name: 'pages',
  transform: (code, id) => (id.endsWith('.md') ? `export default ${JSON.stringify(code)}` : undefined),
};

/** Runs modules, with something else in place of some of their exports. */
class StandInEvaluator extends ESModulesEvaluator {
  constructor(standIns) {
    super();
    this.standIns = standIns;
  }

  runInlinedModule(context, code, module) {
    const standIns = this.standIns(module.file, code);
    const exportAs = (name, getter) => {
      const standIn = standIns[name] && ((...given) => standIns[name](getter())(...given));
      context[ssrExportNameKey](name, standIn ? () => standIn : getter);
    };
    return super.runInlinedModule({ ...context, [ssrExportNameKey]: exportAs }, code);
  }
}
