/**
 * Evaluations of C, kept from mutant to mutant where the evaluator is not what is changed. One is used again where
 * everything that it asked of its request would be answered the same: texts, paths of headers, names to watch.
 */

/** They take a few kilobytes to a few megabytes each. */
const MOST = 1500;

export class KeptEvaluations {
  /** By the plain parts of the request. */
  byRequest = new Map();
  count = 0;

  /** Stands in for the evaluator's `evaluate`. */
  keeping(evaluate) {
    return (request, engine) => {
      const { file, others, dataModel, pinned, definitions } = request;
      const key = JSON.stringify([file, others, dataModel, [...pinned], [...definitions]]);
      const same = this.byRequest.get(key)?.find(({ asked }) => asked.isAnsweredBy(request));
      if (same) {
        same.asked.current = request;
        return same.evaluation;
      }
      const asked = new Asked(request);
      return this.keep(key, asked, rememberingCalls(evaluate(asked.request(), engine)));
    };
  }

  keep(key, asked, evaluation) {
    if (this.count++ >= MOST) {
      this.byRequest.clear();
      this.count = 0;
    }
    this.byRequest.set(key, [...(this.byRequest.get(key) ?? []), { asked, evaluation }]);
    return evaluation;
  }
}

/** What an evaluation asked of its request, with the answers; what it asks later is asked of the newest such request. */
class Asked {
  answers = new Map();

  constructor(current) {
    this.current = current;
  }

  /** The same request, with a record of what is asked. */
  request() {
    const ask = (name, ...question) => {
      const answer = answerOf(this.current, name, question);
      this.answers.set(JSON.stringify([name, ...question]), answer);
      return answer;
    };
    return {
      ...this.current,
      host: {
        candidates: (...question) => ask('candidates', ...question),
        read: (file) => ask('read', file),
        errorOf: (file) => ask('errorOf', file),
      },
      watch: (name) => ask('watch', name),
    };
  }

  isAnsweredBy(request) {
    for (const [question, answer] of this.answers) {
      const [name, ...words] = JSON.parse(question);
      if (!isSame(answerOf(request, name, words), answer)) return false;
    }
    return true;
  }
}

function answerOf({ host, watch }, name, question) {
  return name === 'watch' ? watch(...question) : host[name]?.(...question);
}

function isSame(one, other) {
  return one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
}

/** The same evaluation, which runs each call from outside once. */
function rememberingCalls(evaluation) {
  const calls = new Map();
  const call = (request) => {
    const key = JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    if (!calls.has(key)) calls.set(key, evaluation.call(request));
    return calls.get(key);
  };
  return new Proxy(evaluation, {
    get: (target, name) => {
      if (name === 'call') return call;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
