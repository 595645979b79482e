/** Stryker's test runner for a room: one process loads the tests, and tries mutant after mutant. */
import { readFileSync, writeFileSync } from 'node:fs';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { RoomModules } from './room-modules.mjs';
import { nameOf, RoomTests } from './room-tests.mjs';
import { TestOrder } from './test-order.mjs';

/** Milliseconds of computing for one mutant. One that nothing has noticed by then counts as one that nothing notices. */
const BUDGET = 5000;
/** In the sandbox: the tests' names, and how long each computes. Only one of the processes measures. */
const TIMES = 'test-times.json';

export class RoomRunner {
  static inject = [commonTokens.options];
  /** What instrumented code reads, and what it counts. */
  state = {};

  constructor({ room }) {
    this.room = room;
    globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] = this.state;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Random cases are the same in every run. What fails is not shrunk: that it fails is all that is asked.
    process.env.ORACLE_SEED = '1';
    fc.configureGlobal({ seed: 1, endOnFailure: true });
    this.modules = await RoomModules.open(
      this.room,
      process.cwd(),
      () => this.state.activeMutant !== undefined,
    );
    this.tests = new RoomTests(this.room, process.cwd(), this.modules);
  }

  /** Runs all tests without a mutant; each file by itself, so that none rests on what another has loaded. */
  async dryRun() {
    const results = [];
    const times = [];
    for (const file of this.tests.files) {
      await this.tests.renew();
      for (const [id, test] of await this.tests.of(file)) {
        const name = nameOf(test, file);
        const begin = process.cpuUsage();
        results.push(await this.judge(id, name));
        times.push([id, { name, time: computing(begin) }]);
      }
    }
    writeFileSync(TIMES, JSON.stringify(times));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.state.mutantCoverage };
  }

  async judge(id, name) {
    this.state.currentTestId = id;
    const begin = performance.now();
    const failure = await this.failureOf(id);
    this.state.currentTestId = undefined;
    const result = { id, name, fileName: this.tests.fileOf(id), timeSpentMs: performance.now() - begin };
    return failure === undefined
      ? { ...result, status: TestStatus.Success }
      : { ...result, status: TestStatus.Failed, failureMessage: failure };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    this.order ??= new TestOrder(new Map(JSON.parse(readFileSync(TIMES, 'utf8'))));
    await this.tests.renew(activeMutant.fileName);
    Object.assign(this.state, { hitCount: 0, hitLimit });
    const begin = process.cpuUsage();
    let nrOfTests = 0;
    for (const id of this.order.sort(testFilter, activeMutant.fileName)) {
      if (computing(begin) > BUDGET) break;
      // Loaded without the mutant.
      await this.tests.of(this.tests.fileOf(id));
      nrOfTests++;
      this.state.activeMutant = activeMutant.id;
      const failureMessage = await this.failureOf(id);
      this.state.activeMutant = undefined;
      const endless = determineHitLimitReached(this.state.hitCount, hitLimit);
      if (endless) return toMutantRunResult(endless);
      if (failureMessage === undefined) continue;
      this.order.notice(id, activeMutant.fileName);
      return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /** What a test fails with; undefined where it passes. */
  async failureOf(id) {
    try {
      await this.tests.run(id);
      return undefined;
    } catch (error) {
      return String(error?.message ?? error);
    }
  }

  dispose() {
    return this.modules?.close();
  }
}

/** Milliseconds of this process since then: on a machine that does other things too, the clock says little. */
function computing(begin) {
  return process.cpuUsage(begin).user / 1000;
}
