/** A process of a long run: batches in by message, results out. */
import { type BatchRequest, loadEngine, runBatch } from './batch';
import { CompileError, canRun } from './gcc';
import { formatTree } from './tree-text';

const engine = await loadEngine();
process.on('message', (request: BatchRequest | 'can run ILP32') => {
  if (request === 'can run ILP32') {
    process.send?.(canRun('ILP32'));
    return;
  }
  try {
    process.send?.(runBatch(request, engine));
  } catch (error) {
    if (error instanceof CompileError) console.error(formatTree(error.tree));
    throw error;
  }
});
process.send?.('ready');
